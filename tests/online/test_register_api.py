"""What another system of the force sends: a referral, once, whatever is sent twice; and never an image."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from access.roles import Can
from cases.workflow.cases import restrict
from tests.access.an_api import System, errors_of, let_in
from tests.online.register_scenes import every_case, said_of
from tests.online.scenes import received
from tests.stories import clock_of

pytestmark = pytest.mark.django_db
REFERRALS = "/api/v1/online-referrals/"
NEEDED = {
    "sender": "nca",
    "sender_ref": "NCA-2026-0117",
    "received_at": "2026-03-02T08:15:00Z",
    "what": "Twelve indecent images uploaded to a chat service",
}
EVERYTHING = {
    **NEEDED,
    "sender_named": "Referrals bureau",
    "uploaded_at": "2026-02-27T23:40:00Z",
    "category_a": 2,
    "category_b": 0,
    "category_c": 6,
    "identifiers": [
        {"kind": "ip", "value": "203.0.113.7", "seen_from": "2026-02-27T23:40:12Z", "seen_to": "2026-02-27T23:58:00Z"},
        {"kind": "username", "value": "blue.kestrel.41"},
    ],
}


@pytest.fixture
def system(clock: Any, sue: Any) -> System:
    return let_in(sue, [Can.REGISTER_ONLINE, Can.SEE_ONLINE], "Referrals bureau feed")


def test_a_referral_that_is_sent_is_a_case_with_its_clocks_from_when_it_was_received(
    clock: Any, system: System
) -> None:
    answer = system.post(REFERRALS, EVERYTHING)
    (case,) = every_case()
    assert (answer.status_code, answer["Content-Type"]) == (201, "application/json")
    assert answer.json() == {
        "reference": case.reference,
        "sender": "nca",
        "sender_ref": "NCA-2026-0117",
        "state": "received",
        "received_at": "2026-03-02T08:15:00Z",
        "received_again_at": None,
        "records_system_ref": None,
        "part_of": None,
    }
    assert (case.channel, case.recorded_by, case.category_b) == ("system", None, 0)
    assert clock_of(case, "OC1").due_at == clock.at + timedelta(hours=8, minutes=-45)
    assert said_of(case) == [("ip", "203.0.113.7"), ("username", "blue.kestrel.41")]


def test_the_same_request_twice_is_done_once(system: System) -> None:
    first, second = (system.post(REFERRALS, NEEDED, key="one-and-the-same") for _ in range(2))
    assert (first.status_code, second.status_code, second["Idempotent-Replayed"]) == (201, 201, "true")
    assert first.json() == second.json()
    assert len(every_case()) == 1


def test_the_same_number_under_another_key_is_the_first_case_received_again(clock: Any, system: System) -> None:
    first = system.post(REFERRALS, NEEDED)
    second = system.post(REFERRALS, {**NEEDED, "sender_ref": "nca-2026-0117"})
    assert (second.status_code, second.json()["reference"]) == (200, first.json()["reference"])
    assert second.json()["received_again_at"] is not None
    assert len(every_case()) == 1


def test_a_first_one_that_the_system_may_not_see_is_no_second_case_either(
    system: System, rory: Any, delia: Any
) -> None:
    case = received(rory, sender_ref="NCA-2026-0117")
    restrict(case.case, by=delia, people=[delia], because="A member of staff")
    assert system.post(REFERRALS, NEEDED).status_code == 200
    assert system.get(f"{REFERRALS}{case.reference}/").status_code == 404
    assert len(every_case()) == 1


def test_how_one_stands_is_answered_by_our_reference(system: System, rory: Any) -> None:
    case = received(rory)
    answer = system.get(f"{REFERRALS}{case.reference}/")
    assert (answer.status_code, answer.json()["state"]) == (200, "received")
    for absent in ("OSC-999999", "a%00b", "x"):
        assert system.get(f"{REFERRALS}{absent}/").status_code == 404


@pytest.mark.parametrize("field", NEEDED)
def test_what_is_needed_and_not_there_is_named_and_nothing_is_stored(system: System, field: str) -> None:
    answer = system.post(REFERRALS, {name: said for name, said in NEEDED.items() if name != field})
    assert (answer.status_code, errors_of(answer)) == (422, [(field, "required")])
    assert every_case() == []


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"sender": "somebody"}, "sender", "invalid_choice"),
    ({"sender": "other_force"}, "sender_named", "required"),
    ({"sender_ref": "NCA/1"}, "sender_ref", "invalid"),
    ({"sender_ref": "A" * 81}, "sender_ref", "max_length"),
    ({"received_at": "2026-03-02T08:15:00"}, "received_at", "no_zone"),
    ({"received_at": "2026-03-02T09:00:01Z"}, "received_at", "future"),
    ({"uploaded_at": "2026-03-02T08:15:01Z"}, "uploaded_at", "too_late"),
    ({"what": " "}, "what", "blank"),
    ({"what": "A " * 10_001}, "what", "max_length"),
    ({"category_a": -1}, "category_a", "min_value"),
    ({"category_a": "some"}, "category_a", "invalid"),
    ({"colour": "red"}, "colour", "unknown"),
    ({"image": "iVBORw0KGgo="}, "image", "no_image"),
    ({"images_base64": []}, "images_base64", "no_image"),
    ({"identifiers": [{"kind": "ip"}]}, "identifiers.0.value", "required"),
    ({"identifiers": [{"kind": "shoe", "value": "44"}]}, "identifiers.0.kind", "invalid_choice"),
    ({"identifiers": [{"kind": "hash", "value": "f00d", "content": "x"}]}, "identifiers.0.content", "no_image"),
    ({"identifiers": [{"kind": "name", "value": "Pell"}] * 41}, "identifiers", "too_many"),
    (
        {"identifiers": [{"kind": "ip", "value": "203.0.113.7", "seen_from": "2026-02-27T23:40"}]},
        "identifiers.0.seen_from",
        "no_zone",
    ),
]


@pytest.mark.parametrize(("said", "field", "code"), WRONG, ids=[f"{field} {code}" for _, field, code in WRONG])
def test_what_is_wrong_is_named_and_nothing_is_stored(
    system: System, said: dict[str, Any], field: str, code: str
) -> None:
    answer = system.post(REFERRALS, {**NEEDED, **said})
    assert (answer.status_code, errors_of(answer)) == (422, [(field, code)])
    assert every_case() == []


def test_an_image_is_refused_in_words_and_one_written_as_text_too(system: System) -> None:
    (error,) = system.post(REFERRALS, {**NEEDED, "image": "iVBORw0KGgo="}).json()["errors"]
    assert "No image, video or file is taken in here, ever" in error["message"]
    hidden = system.post(REFERRALS, {**NEEDED, "what": f"See data:image/png;base64,{'A' * 60}"})
    assert (hidden.status_code, "No image is ever stored here" in hidden.json()["detail"]) == (409, True)
    assert every_case() == []


def test_log_times_that_end_before_they_begin_are_named(system: System) -> None:
    backwards = {**EVERYTHING["identifiers"][0], "seen_to": "2026-02-27T23:40:11Z"}  # type: ignore[index]
    answer = system.post(REFERRALS, {**NEEDED, "identifiers": [backwards]})
    assert errors_of(answer) == [("identifiers.0.seen_to", "too_early")]


def test_a_system_that_may_only_register_reads_nothing_and_one_that_may_only_read_registers_nothing(
    clock: Any, sue: Any, rory: Any
) -> None:
    writes, reads = let_in(sue, [Can.REGISTER_ONLINE], "Writes"), let_in(sue, [Can.SEE_ONLINE], "Reads")
    reference = writes.post(REFERRALS, NEEDED).json()["reference"]
    assert writes.get(f"{REFERRALS}{reference}/").status_code == 403
    assert reads.post(REFERRALS, NEEDED).status_code == 403
    assert reads.get(f"{REFERRALS}{reference}/").status_code == 200


def test_without_a_key_nothing_is_done(system: System) -> None:
    answer = system.post(REFERRALS, NEEDED, **{"Idempotency-Key": ""})
    assert errors_of(answer) == [("Idempotency-Key", "required")]
    assert every_case() == []

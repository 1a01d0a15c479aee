"""The pages of what follows enforcement: what they say, whom they let in, and what they keep when something is
missing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from access.actor import System, acting
from access.time import now
from cases.workflow.people import declare_conflict
from online.after_urls import urlpatterns
from online.case_parts import parts_of
from online.models import Device, Suspect
from online.workflow import bail, suspects
from tests.households import on_record
from tests.online.after_scenes import (
    of_each,
    on_bail,
    plan_of,
    referral_of,
    searched,
    the_lado,
    with_a_linked_child,
    works_at_a_nursery,
)
from tests.online.scenes import as_it_is, lives_there
from tests.strategy.test_pages import moment, text

pytestmark = pytest.mark.django_db
TEST = System("test")
WITHOUT_A_RECORD = [each.name for each in urlpatterns if "<uuid" not in str(each.pattern)]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in WITHOUT_A_RECORD]

ABOUT_A_SUSPECT = ("suspect", "bail", "safetyplan")


def page(client: Any, user: Any, name: str, /, *keys: Any, **query: Any) -> Any:
    client.force_login(user)
    return client.get(reverse(name, args=keys), query)


def sends(client: Any, user: Any, name: str, /, *keys: Any, **said: Any) -> Any:
    client.force_login(user)
    return client.post(reverse(name, args=keys), said)


def words(response: Any) -> str:
    """What somebody reads, without the marks between."""
    return " ".join(re.sub("<[^>]*>", " ", text(response)).split()).replace(" .", ".").replace(" :", ":")


def every(cast: Any) -> dict[str, Any]:
    made = of_each(cast)
    return {**made, "onlinecase": as_it_is(made["suspect"]).online_case}


def key_of(made: dict[str, Any], name: str) -> list[Any]:
    return [] if name in WITHOUT_A_RECORD else [made[name.split("-")[0]].pk]


# Whom they let in


def test_nobody_is_let_in_whose_work_it_is_not(client: Any, cast: Any) -> None:
    made = every(cast)
    for each in urlpatterns:
        name = str(each.name)
        assert page(client, cast["olly"], name, *key_of(made, name)).status_code == 403, name
        assert page(client, cast["delia"], name, *key_of(made, name)).status_code == 200, name


def test_a_suspect_whom_somebody_may_not_see_is_not_there_for_them(client: Any, cast: Any) -> None:
    made = every(cast)
    person = on_record(cast["rory"], "Gordon Pell")
    suspects.suspect_is(made["suspect"], by=cast["rory"], person=person)
    declare_conflict(person, by=cast["chidi"], user=cast["delia"], because="Her brother")
    for name in ABOUT_A_RECORD:
        if name.split("-")[0] in ABOUT_A_SUSPECT:
            assert page(client, cast["delia"], name, *key_of(made, name)).status_code == 404, name


@pytest.mark.parametrize("name", ["online-bail", "online-suspects"])
def test_nor_in_a_list(client: Any, cast: Any, name: str) -> None:
    made = every(cast)
    assert "Gordon Pell" in text(page(client, cast["delia"], name))
    person = on_record(cast["rory"], "Gordon Pell")
    suspects.suspect_is(made["suspect"], by=cast["rory"], person=person)
    declare_conflict(person, by=cast["chidi"], user=cast["delia"], because="Her brother")
    assert "Gordon Pell" not in text(page(client, cast["delia"], name))


STEPS = [
    ("onlinecase-suspect", "rory", True),
    ("suspect-arrested", "rory", False),
    ("suspect-arrested", "iris", True),
    ("suspect-nfa", "iris", False),
    ("suspect-nfa", "dina", True),
    ("bail-breach-decided", "iris", False),
    ("bail-lapse", "iris", False),
    ("safetyplan-file", "iris", True),
    ("safetyplan-not-needed", "iris", False),
    ("ladoreferral-refer", "rory", False),
    ("ladoreferral-not-needed", "iris", False),
    ("device-returned", "iris", False),
    ("onlinecase-close", "iris", False),
    ("onlinecase-close", "dina", True),
    ("onlinecase-close", "sam", False),
    ("bail", "sam", True),
    ("online-bail", "dmitri", True),
]
"""(page, who asks, whether they may)."""


def test_each_step_is_for_those_whose_step_it_is(client: Any, cast: Any) -> None:
    made = every(cast)
    for name, who, may in STEPS:
        answered = page(client, cast[who], name, *key_of(made, name))
        assert answered.status_code == (200 if may else 403), (name, who)


def test_a_refused_step_says_whose_it_is(client: Any, cast: Any) -> None:
    made = every(cast)
    shown = words(page(client, cast["rory"], "suspect", made["suspect"].pk))
    assert "Charged or summonsed: for a Internet child abuse investigator," in shown


# Suspects and bail


def test_an_occupant_is_named_arrested_and_bailed_and_what_was_typed_stays(client: Any, cast: Any, clock: Any) -> None:
    case = with_a_linked_child(cast)
    occupant = lives_there(case, cast["rory"], "Gordon Pell")
    shown = page(client, cast["iris"], "onlinecase-suspect", case.pk, occupant=occupant.reference)
    assert "Gordon Pell" in text(shown)
    said = {"occupant": occupant.pk, "name_said": "Gordon Pell", "person": "", "key": shown.context["key"]}
    refused = sends(client, cast["iris"], "onlinecase-suspect", case.pk, **{**said, "person": "PER-9"})
    assert (refused.status_code, "Nobody on record has this reference" in text(refused)) == (422, True)
    made = sends(client, cast["iris"], "onlinecase-suspect", case.pk, **said, **moment("suspected_at", clock.at))
    assert made.status_code == 302, text(made)
    with acting(TEST):
        suspect = Suspect.objects.get(occupant=occupant)
    assert "Record the arrest" in text(client.get(made.url))
    assert sends(client, cast["iris"], "suspect-arrested", suspect.pk, **moment("at", clock.at)).status_code == 302
    shown = page(client, cast["iris"], "suspect-bail", suspect.pk)
    assert "At most until 2 June 2026 (s.47ZB(1)(b)" in text(shown)
    _bails_on_a_page(client, cast, clock, suspect, shown.context["key"])


def _bails_on_a_page(client: Any, cast: Any, clock: Any, suspect: Suspect, key: Any) -> None:
    said = {
        "key": key,
        "custody_officer": "Una Vellmarsh",
        "contact": "None with Maisie",
        "address": "To live at 9 Beck Lane",
        "devices": "",
        "plan": "",
        "agreed_with": "",
        "why_no_plan": "",
        **moment("released_at", clock.at),
        **moment("expires_at", clock.at + timedelta(days=30)),
    }
    refused = sends(client, cast["iris"], "suspect-bail", suspect.pk, **said)
    assert (refused.status_code, "None with Maisie" in text(refused)) == (422, True)
    no_plan = sends(client, cast["iris"], "suspect-bail", suspect.pk, **{**said, "devices": "None"})
    assert "why no safety plan is there at release" in text(no_plan)
    late = {**said, "devices": "None", "why_no_plan": "Tonight", **moment("expires_at", clock.at + timedelta(days=120))}
    assert "until 2 June 2026 and no longer" in text(sends(client, cast["iris"], "suspect-bail", suspect.pk, **late))
    good = {**said, "devices": "None", "why_no_plan": "Tonight"}
    made = sends(client, cast["iris"], "suspect-bail", suspect.pk, **good)
    assert made.status_code == 302, text(made)
    shown = words(client.get(made.url))
    for said_there in ("None with Maisie", "Maisie Pell", "Custody officer", "Extend it", "Record a breach"):
        assert said_there in shown, said_there


def test_bail_is_extended_on_a_page_that_names_the_next_authority_and_its_last_day(client: Any, cast: Any) -> None:
    given = on_bail(cast)
    shown = text(page(client, cast["iris"], "bail-extend", given.pk))
    assert "s.47ZD: 6 months, inspector or above: until 2 September 2026 at the latest" in shown
    said = {"rule": "inspector", "authorised_by": "Inspector Marrow", "because": ""}
    until = moment("until", now() + timedelta(days=100))
    refused = sends(client, cast["iris"], "bail-extend", given.pk, **said, **until)
    assert (refused.status_code, "Inspector Marrow" in text(refused)) == (422, True)
    said["because"] = "The laptop"
    assert sends(client, cast["iris"], "bail-extend", given.pk, **said, **until).status_code == 302
    assert "Inspector Marrow" in text(page(client, cast["iris"], "bail", given.pk))


def test_bail_that_ran_out_says_so_from_the_moment_itself_and_offers_no_extension(
    client: Any, cast: Any, clock: Any
) -> None:
    given = on_bail(cast)
    clock.set(given.expires_at + timedelta(minutes=1))
    shown = words(page(client, cast["dina"], "bail", given.pk))
    assert "the conditions that protected Maisie Pell are gone" in shown
    assert "Extend it" not in shown
    assert "Run out" in words(page(client, cast["dina"], "online-bail", show="lapsed"))
    bail.lapse_all()
    assert "Answer for it that bail ran out" in words(page(client, cast["dina"], "bail", given.pk))
    said = {"said": "Nobody asked an inspector", "protects": ""}
    refused = sends(client, cast["dina"], "bail-lapse", given.pk, **said)
    assert (refused.status_code, "how the child is protected now" in text(refused)) == (422, True)
    said["protects"] = "He is abroad"
    assert sends(client, cast["dina"], "bail-lapse", given.pk, **said).status_code == 302


# Safety plans, the designated officer, devices


def test_a_plan_is_filed_and_changed_on_a_page(client: Any, cast: Any) -> None:
    plan = plan_of(on_bail(cast).suspect)
    assert "no safety plan is filed" in text(page(client, cast["iris"], "safetyplan", plan.pk))
    refused = sends(client, cast["iris"], "safetyplan-file", plan.pk, plan="With her aunt", agreed_with="")
    assert (refused.status_code, "With her aunt" in text(refused)) == (422, True)
    said = {"plan": "With her aunt", "agreed_with": "Sol Worker"}
    assert sends(client, cast["iris"], "safetyplan-file", plan.pk, **said).status_code == 302
    changed = {**said, "plan": "With her grandmother", "because": "Her aunt is ill"}
    assert sends(client, cast["iris"], "safetyplan-change", plan.pk, **changed).status_code == 302
    assert "With her grandmother" in text(page(client, cast["iris"], "safetyplan", plan.pk))


def test_the_designated_officer_is_told_on_a_page_that_shows_exactly_what_they_read(client: Any, cast: Any) -> None:
    referral = referral_of(works_at_a_nursery(searched(cast), cast["rory"]))
    said = {
        "agency": the_lado().pk,
        "said": "Carol Pell works at Vale Nursery",
        "basis": "public_task",
        "why_needed": "She sees children daily",
        "informed": "no_risk",
        "not_informed_because": "",
    }
    refused = sends(client, cast["iris"], "ladoreferral-refer", referral.pk, **said)
    assert (refused.status_code, "Carol Pell works at Vale Nursery" in text(refused)) == (422, True)
    said["not_informed_because"] = "He would hide the telephone"
    assert sends(client, cast["iris"], "ladoreferral-refer", referral.pk, **said).status_code == 302
    shown = words(page(client, cast["iris"], "ladoreferral", referral.pk))
    for there in ("Exactly what the designated officer reads", "Carol Pell works at Vale Nursery", "Record the answer"):
        assert there in shown, there
    answer = {"reply": "Suspended", "who": "Lena", "transfer_of_risk": "Suspended", **moment("at", now())}
    assert sends(client, cast["iris"], "ladoreferral-answer", referral.pk, **answer).status_code == 302
    assert as_it_is(referral).state == "answered"


def test_a_device_goes_its_way_on_pages(client: Any, cast: Any) -> None:
    case = searched(cast)
    shown = page(client, cast["iris"], "onlinecase-device", case.pk)
    said = {"key": shown.context["key"], "exhibit": "IRI/1", "what": "Laptop", **moment("seized_at", now())}
    made = sends(client, cast["iris"], "onlinecase-device", case.pk, **said)
    assert made.status_code == 302, text(made)
    with acting(TEST):
        device = Device.objects.get()
    again = {**said, "key": "", "exhibit": "iri/1"}
    assert "on record already" in text(sends(client, cast["iris"], "onlinecase-device", case.pk, **again))
    about = {"said": "Forty images", **moment("at", now())}
    assert sends(client, cast["iris"], "device-examined", device.pk, **about).status_code == 302
    up = {"caid_ref": "CAID 44-1", **moment("at", now())}
    assert sends(client, cast["iris"], "device-uploaded", device.pk, **up).status_code == 302
    assert "CAID 44-1" in text(page(client, cast["iris"], "device", device.pk))


# The case, home and the wall


def test_the_page_of_a_case_shows_all_of_it_and_what_is_owed(cast: Any, clock: Any) -> None:
    made = every(cast)
    with acting(cast["dina"]):
        parts = {part.heading: part for part in parts_of(made["onlinecase"], cast["dina"])}
    for heading in ("Suspects and bail", "Safety plans", "Adults who work with children", "Devices", "Papers"):
        assert heading in parts, heading
    owed = parts["Before it can be closed"].context["owed"]
    assert f"{plan_of(made['suspect'])}: the safety plan has not been filed." in owed
    assert f"{made['ladoreferral']}: the designated officer (LADO) has not been told." in owed
    assert any("no safety plan is filed" in each for each in parts["Safety plans"].warnings)


def test_a_case_with_something_owed_is_not_closed_and_the_page_names_it(client: Any, cast: Any) -> None:
    made = every(cast)
    case = made["onlinecase"]
    shown = text(page(client, cast["dina"], "onlinecase-safe", case.pk))
    assert f"{made['ladoreferral']}: the designated officer (LADO) has not been told." in shown
    refused = sends(client, cast["dina"], "onlinecase-safe", case.pk, said="With her aunt")
    assert (refused.status_code, "With her aunt" in text(refused)) == (422, True)
    assert "the safety plan has not been filed" in text(refused)
    assert sends(client, cast["dina"], "onlinecase-review", case.pk, said="Iris files it today").status_code == 302

"""The pages of the register take a referral from the first line that is typed to the next step; what they say, whom
they let in, and what they keep when something is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from access.actor import acting
from access.time import now
from cases.picture import timeline, whom_of
from cases.workflow.cases import restrict
from online.models import Occupant
from online.register_urls import urlpatterns
from online.wall import lines_of
from online.workflow import case_transfers, cases
from online.workflow.allocating import allocate_case
from online.workflow.research import OccupantFacts, add_occupant
from tests.households import on_record
from tests.online.register_clocks import NICHE
from tests.online.register_scenes import (
    A_ROW,
    a_file,
    every_case,
    linked,
    of_each,
    offered,
    rows_of,
    said_of,
    taken_in,
    unreadable,
    used,
)
from tests.online.scenes import address_of, as_it_is, assessed, attributed, received, triaged, with_a_child
from tests.strategy.test_pages import moment, text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LISTS = ["online-cases", "online-files", "online-rows", "online-transfers"]
WITHOUT_A_RECORD = [*LISTS, "online-new", "online-upload", "online-sample"]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in WITHOUT_A_RECORD]


def page(client: Any, who: Any, name: str, *keys: Any, **query: str) -> Any:
    client.force_login(who)
    return client.get(reverse(name, args=keys), query)


def sends(client: Any, who: Any, name: str, *keys: Any, **said: Any) -> Any:
    client.force_login(who)
    return client.post(reverse(name, args=keys), said)


def shown_to(client: Any, who: Any, record: Any) -> str:
    client.force_login(who)
    return str(text(client.get(record.get_absolute_url())))


def identifiers(*rows: dict[str, str], more: int = 1) -> dict[str, Any]:
    sent: dict[str, Any] = {"identifiers-TOTAL_FORMS": str(len(rows) + more), "identifiers-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        sent |= {f"identifiers-{number}-{name}": value for name, value in row.items()}
    return sent


def a_referral(clock: Any, *rows: dict[str, str], **said: Any) -> dict[str, Any]:
    usual = {"sender": "nca", "sender_named": "", "sender_ref": "NCA-9", "what": "Twelve images"}
    return {**usual, **moment("received_at", clock.at), **identifiers(*rows), **said}


USERNAME = {"kind": "username", "value": "blue.kestrel.41"}
IP = {"kind": "ip", "value": "203.0.113.7", "seen_from": "27/02/2026 23:40:12", "seen_to": "2026-02-27T23:58:00Z"}


def test_a_referral_is_registered_with_several_identifiers_on_one_page(client: Any, clock: Any, rory: Any) -> None:
    new = page(client, rory, "online-new")
    sent = {"key": new.context["key"], **a_referral(clock, USERNAME, IP, category_a="2")}
    first, second = sends(client, rory, "online-new", **sent), sends(client, rory, "online-new", **sent)
    assert (first.status_code, first.url) == (302, second.url)
    (case,) = every_case()
    assert said_of(case) == [("ip", "203.0.113.7"), ("username", "blue.kestrel.41")]
    whole = text(client.get(first.url))
    for words in (
        case.reference,
        "National Crime Agency",
        "Category A: 2. Category B: not known",
        "27 February 2026, 23:40:12 GMT",
        "Nobody has looked at it yet",
        "there is no number yet",
        "OC1",
        "OC2",
        "OC5",
        "Before you can research it",
    ):
        assert words in whole, words


def test_one_more_identifier_costs_nothing_that_was_typed(client: Any, clock: Any, rory: Any) -> None:
    again = sends(client, rory, "online-new", add_row="1", **a_referral(clock, USERNAME, what=""))
    assert again.status_code == 200
    assert 'value="blue.kestrel.41"' in text(again)
    assert len(again.context["formset"].forms) == 3
    assert "There is a problem" not in text(again)
    assert every_case() == []


def test_before_anything_is_saved_each_case_with_something_in_common_is_shown_with_the_reason(
    client: Any, clock: Any, rory: Any
) -> None:
    first = received(rory, said=used())
    sent = a_referral(clock, USERNAME, what="Nothing may be lost")
    asked = sends(client, rory, "online-new", **sent)
    assert asked.status_code == 200
    for words in ("Do we have it already?", first.reference, "Same username: blue.kestrel.41", "Nothing may be lost"):
        assert words in text(asked), words
    assert every_case() == [first]
    assert sends(client, rory, "online-new", **sent, seen=str(first.pk)).status_code == 302
    assert len(every_case()) == 2


def test_one_that_is_the_same_is_recorded_there_and_makes_no_second_case(client: Any, clock: Any, rory: Any) -> None:
    first = received(rory, said=used())
    phone = {"kind": "phone", "value": "07700 900461"}
    done = sends(client, rory, "online-new", same_as=str(first.pk), **a_referral(clock, USERNAME, phone))
    assert (done.status_code, done.url) == (302, first.get_absolute_url())
    assert every_case() == [first]
    assert "Received again" in text(client.get(done.url))
    assert ("phone", "07700 900461") in said_of(first)


def test_a_case_that_came_meanwhile_is_asked_about_as_well(client: Any, clock: Any, rory: Any) -> None:
    first = received(rory, said=used())
    second = received(rory, said=used())
    asked = sends(client, rory, "online-new", **a_referral(clock, USERNAME), seen=str(first.pk))
    assert second.reference in text(asked)
    assert len(every_case()) == 2


WRONG = [
    ({"sender": ""}, "Who sends it?"),
    ({"what": " "}, "What do they say?"),
    ({"received_at_time": "morning"}, "Enter a time"),
    ({"category_a": "-1"}, "greater than or equal to 0"),
    ({"what": "data:image/png;base64,iVBORw0KGgo="}, "No image is ever stored here"),
    ({"identifiers-0-kind": ""}, "Choose what this identifier is"),
    ({"identifiers-0-seen_from": "27/02/2026"}, "has no time of day"),
    ({"identifiers-0-seen_from": "25/10/2026 01:30"}, "came round twice"),
]


@pytest.mark.parametrize(("said", "says"), WRONG, ids=[says for _, says in WRONG])
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    client: Any, clock: Any, rory: Any, said: dict[str, str], says: str
) -> None:
    answer = sends(client, rory, "online-new", **{**a_referral(clock, USERNAME, sender_named="Garmere bureau"), **said})
    assert answer.status_code == 422
    assert says in text(answer)
    assert 'value="Garmere bureau"' in text(answer)
    assert 'value="blue.kestrel.41"' in text(answer)
    assert every_case() == []


def test_the_researcher_looks_at_it_records_the_number_and_the_page_says_how_far_it_has_come(
    client: Any, clock: Any, rory: Any
) -> None:
    case = received(rory)
    said = {"immediate_risk": "yes", "immediate_because": "A child of two lives there", "duplicates_looked_for": "None"}
    assert sends(client, rory, "onlinecase-triage", case.pk, **said).status_code == 302
    assert "A child is at risk now: A child of two lives there" in shown_to(client, rory, case)
    number = {"system": "Niche", "ref": "44260012345", **moment("at", clock.at)}
    assert sends(client, rory, "onlinecase-seen", case.pk, **number).status_code == 302
    whole = shown_to(client, rory, case)
    assert "Niche 44260012345" in whole
    assert "there is no number yet" not in whole
    assert "It has not been attributed to an address." in whole
    corrected = {**number, "ref": "44260054321", "because": "Two figures changed places"}
    assert sends(client, rory, "onlinecase-correct", case.pk, **corrected).status_code == 302
    assert sends(client, rory, "onlinecase-not-seen", case.pk, because="It is a burglary").status_code == 302
    assert "there is no number yet" in shown_to(client, rory, case)


@pytest.mark.parametrize(
    ("name", "said", "says"),
    [
        (
            "onlinecase-triage",
            {"immediate_risk": "yes", "immediate_because": "", "duplicates_looked_for": "x"},
            "you say so",
        ),
        ("onlinecase-link", {"to": "OSC-999999", "because": "One account"}, "No case has this reference"),
        ("onlinecase-seen", {"system": "Niche", "ref": "", "at_day": "2"}, "Occurrence number there"),
        ("onlinecase-identifier", {"kind": "ip", "value": "203.0.113.9", "seen_from": "noon"}, "is no date and time"),
        ("onlinecase-offer", {"force": "Garmere Constabulary", "because": " "}, "Why is it theirs?"),
        ("onlinecase-allocate", {"because": "Nobody has changed"}, "They have it already"),
        ("onlinecase-apart", {"other": "", "because": "x"}, "Which case is it not?"),
    ],
)
def test_a_step_that_is_refused_says_what_is_missing(
    client: Any, clock: Any, rory: Any, dina: Any, name: str, said: dict[str, str], says: str
) -> None:
    answer = sends(client, dina, name, received(rory).pk, **said)
    assert answer.status_code == 422
    assert says in text(answer)


def test_a_case_is_linked_from_the_list_of_those_with_something_in_common(client: Any, clock: Any, rory: Any) -> None:
    first, second = received(rory, said=used()), received(rory, said=used())
    whole = shown_to(client, rory, second)
    assert "1 other case has something in common" in whole
    assert f"This case is part of {first.reference}" in whole
    asked = page(client, rory, "onlinecase-link", second.pk, to=first.reference)
    assert f'value="{first.reference}"' in text(asked)
    assert "Same username: blue.kestrel.41" in text(asked)
    said = {"to": first.reference, "because": "One account"}
    assert sends(client, rory, "onlinecase-link", second.pk, **said).status_code == 302
    assert "It is part of" in shown_to(client, rory, second)
    assert f"{second.reference}</a> (One account)" in shown_to(client, rory, first)


def test_a_case_that_somebody_has_kept_apart_says_so(client: Any, clock: Any, rory: Any) -> None:
    first, second = received(rory, said=used()), received(rory, said=used())
    said = {"other": first.reference, "because": "Two people of a family"}
    assert sends(client, rory, "onlinecase-apart", second.pk, **said).status_code == 302
    whole = shown_to(client, rory, second)
    assert "Not the same: Two people of a family" in whole
    assert "something in common with this one" not in whole


def test_two_that_were_linked_by_mistake_part_again(client: Any, clock: Any, rory: Any, dina: Any) -> None:
    part, _ = linked(rory)
    assert "The two are not one case:</strong> for a" in shown_to(client, rory, part)
    assert sends(client, dina, "onlinecase-unlink", part.pk, because="Two people").status_code == 302
    assert as_it_is(part).state == "received"


def test_more_of_one_case_is_recorded_on_its_own_page(client: Any, clock: Any, rory: Any) -> None:
    case = received(rory, sender_ref="NCA-9", said=[])
    asked = page(client, rory, "onlinecase-again", case.pk)
    assert 'value="NCA-9"' in text(asked)
    more = sends(client, rory, "onlinecase-again", case.pk, add_row="1", **a_referral(clock, USERNAME))
    assert 'value="blue.kestrel.41"' in text(more)
    assert sends(client, rory, "onlinecase-again", case.pk, **a_referral(clock, USERNAME)).status_code == 302
    assert said_of(case) == [("username", "blue.kestrel.41")]
    wrong = sends(client, rory, "onlinecase-again", case.pk, **a_referral(clock, what="data:image/png;base64,AAAA"))
    assert (wrong.status_code, "No image is ever stored here" in text(wrong)) == (422, True)


def test_the_sergeant_gives_it_to_somebody_and_offers_it_to_another_force(
    client: Any, clock: Any, rory: Any, iris: Any, dina: Any
) -> None:
    case = received(rory)
    assert "Give it to somebody:</strong> for a" in shown_to(client, rory, case)
    given = {"researcher": rory.pk, "investigator": iris.pk, "because": "Iris has two"}
    assert sends(client, dina, "onlinecase-allocate", case.pk, **given).status_code == 302
    assert "Iris Child-Abuse-Investigator" in shown_to(client, dina, case)
    offer = {"force": "Garmere Constabulary", "because": "The address is theirs"}
    made = sends(client, dina, "onlinecase-offer", case.pk, **offer)
    assert made.status_code == 302
    whole = text(client.get(made.url))
    assert "Ours: Iris Child-Abuse-Investigator, Rory Child-Abuse-Researcher" in whole
    assert "Offered to Garmere Constabulary: it stays ours until they accept" in shown_to(client, dina, case)
    pk = made.url.strip("/").split("/")[-1]
    no_number = sends(client, dina, "casetransfer-accepted", pk, answered_by_name="DS Wrenfield", their_ref="")
    assert (no_number.status_code, "What is their number" in text(no_number)) == (422, True)
    back = sends(client, dina, "casetransfer-take-back", pk, because="It is ours")
    assert back.status_code == 302
    second = offered(case, dina, "Sallow Police")
    refused = {"answered_by_name": "DS Marchfold", "answer": "The flat is yours"}
    assert sends(client, dina, "casetransfer-refused", second.pk, **refused).status_code == 302
    third = offered(case, dina, "Vale Police")
    accepted = {"answered_by_name": "DS Wren", "their_ref": "VAL-9"}
    assert sends(client, dina, "casetransfer-accepted", third.pk, **accepted).status_code == 302
    assert "Vale Police, VAL-9" in shown_to(client, dina, third)
    assert as_it_is(case).state == "transferred"


# Files


def upload(client: Any, who: Any, clock: Any, content: bytes, **said: Any) -> Any:
    client.force_login(who)
    file = SimpleUploadedFile("march.csv", content, "text/csv")
    return client.post(reverse("online-upload"), {"file": file, **moment("received_at", clock.at), **said})


def test_a_file_is_taken_in_and_says_what_became_of_each_row(client: Any, clock: Any, rory: Any) -> None:
    asked = text(page(client, rory, "online-upload"))
    for words in ("at most 500 rows and 1 MB", "sender_ref", "BST or GMT", reverse("online-sample")):
        assert words in asked, words
    bad = {**A_ROW, "sender": "somebody", "sender_ref": "NCA-2"}
    made = upload(client, rory, clock, a_file(A_ROW, bad, {**A_ROW, "phone": "07700 900461"}))
    assert made.status_code == 302
    whole = text(client.get(made.url))
    for words in ("3 rows. Became a case: 1. Known already: 1. Could not be read: 1.", "Nobody knows the sender"):
        assert words in whole, words
    again = upload(client, rory, clock, a_file(A_ROW, bad, {**A_ROW, "phone": "07700 900461"}))
    assert (again.status_code, "This very file was taken in already: see RFL-" in text(again)) == (422, True)
    assert "march.csv" in text(page(client, rory, "online-files"))
    assert upload(client, rory, clock, b"sender,what\n" + b"x" * 1_000_001).status_code == 422


def test_the_sample_can_be_taken_in_as_it_is(client: Any, clock: Any, rory: Any) -> None:
    sample = page(client, rory, "online-sample")
    assert sample["Content-Disposition"] == 'attachment; filename="referrals.csv"'
    made = upload(client, rory, clock, sample.content)
    assert "1 row. Became a case: 1." in text(client.get(made.url))


def test_a_row_that_waited_is_typed_in_or_is_a_case_we_have_or_is_nothing(client: Any, clock: Any, rory: Any) -> None:
    one, two, three = (unreadable(rory, f"Row number {number}") for number in (1, 2, 3))
    assert "Nobody knows the sender" in shown_to(client, rory, one)
    asked = text(page(client, rory, "referralrow-type-in", one.pk))
    assert "Row number 1" in asked
    assert sends(client, rory, "referralrow-type-in", one.pk, **a_referral(clock, USERNAME)).status_code == 302
    (case,) = every_case()
    seen = sends(client, rory, "referralrow-type-in", two.pk, **a_referral(clock, USERNAME, sender_ref="NCA-10"))
    assert (seen.status_code, case.reference in text(seen)) == (200, True)
    same = {"same_as": str(case.pk), **a_referral(clock, USERNAME)}
    assert sends(client, rory, "referralrow-type-in", two.pk, **same).status_code == 302
    assert as_it_is(two).online_case == case
    assert sends(client, rory, "referralrow-settle", three.pk, because="").status_code == 422
    assert sends(client, rory, "referralrow-settle", three.pk, because="End of the list").status_code == 302
    assert every_case() == [case]
    assert "Every row has become a case" in text(page(client, rory, "online-rows"))
    assert one.reference in shown_to(client, rory, case)


# Whom they let in


def test_whoever_has_nothing_to_do_with_it_sees_no_page(client: Any, clock: Any, cast: dict[str, Any]) -> None:
    made = of_each(cast)
    for name in ABOUT_A_RECORD:
        for who in ("olly", "cora", "omar", "maya"):
            assert page(client, cast[who], name, made[name.split("-")[0]].pk).status_code == 403, (name, who)
    for name in WITHOUT_A_RECORD:
        assert page(client, cast["olly"], name).status_code == 403, name


def test_those_who_only_look_see_each_record_and_take_no_step(client: Any, clock: Any, cast: dict[str, Any]) -> None:
    made = of_each(cast)
    for who in ("sam", "dmitri"):
        for name in (*made, *LISTS):
            assert page(client, cast[who], name, *([made[name].pk] if name in made else [])).status_code == 200, name
        for name in [each for each in ABOUT_A_RECORD if "-" in each]:
            assert page(client, cast[who], name, made[name.split("-")[0]].pk).status_code == 403, name


def test_a_restricted_case_is_not_there_for_others_nor_its_rows_and_offers(
    client: Any, clock: Any, cast: dict[str, Any]
) -> None:
    rory, dina, delia = cast["rory"], cast["dina"], cast["delia"]
    file = taken_in(rory, A_ROW)
    (case,), (row,) = every_case(), rows_of(file)
    offer = offered(case, dina)
    restrict(case.case, by=delia, people=[delia], because="A member of staff")
    for who, status in ((rory, 404), (dina, 404), (delia, 200)):
        for record in (case, row, offer):
            client.force_login(who)
            assert client.get(record.get_absolute_url()).status_code == status, (who, record)
    assert case.reference not in text(page(client, rory, "online-cases"))
    assert case.reference not in shown_to(client, rory, file)
    assert case.reference in text(page(client, delia, "online-cases"))


def test_a_child_whom_the_reader_may_not_see_is_missed_and_not_named(
    client: Any, clock: Any, rory: Any, dina: Any, iris: Any
) -> None:
    case = with_a_child(rory, dina)
    assert "no notice has been submitted." in shown_to(client, iris, case)


# Lists


def test_each_part_of_the_list_has_what_it_says(client: Any, clock: Any, rory: Any, iris: Any, dina: Any) -> None:
    new = received(rory, sender_ref="NCA-1", said=used())
    seen = cases.seen_elsewhere(triaged(rory, sender_ref="NCA-2"), by=rory, at=now(), **NICHE)
    part, lead = linked(rory)
    allocate_case(lead, by=dina, researcher=None, investigator=iris, because="Iris has two")
    expected = {
        "open": {new, seen, lead},
        "received": {new, lead},
        "mine": {seen},
        "not_visible": {new, lead},
        "late": set(),
        "nobody": set(),
        "month": set(),
        "again": set(),
        "past": {part},
    }
    for show, records in expected.items():
        rows = page(client, rory, "online-cases", show=show).context["rows"]
        assert {row.reference for row in rows} == {each.reference for each in records}, show
    for narrowed, records in (
        ({"find": "nca-2"}, [seen]),
        ({"find": "BLUE.kestrel.41"}, [new]),
        ({"find": "44260012345"}, [seen]),
        ({"researcher": str(rory.pk)}, [seen]),
        ({"investigator": str(iris.pk)}, [lead]),
        ({"state": "researching"}, [seen]),
        ({"sender": "school"}, []),
        ({"kirat": "high"}, []),
    ):
        rows = page(client, rory, "online-cases", **narrowed).context["rows"]
        assert [row.reference for row in rows] == [each.reference for each in records], narrowed
    assert len(page(client, rory, "online-cases", kirat="none").context["rows"]) == 3
    clock.shift(91 * DAY)
    for show in ("late", "month", "two_months", "three_months"):
        assert len(page(client, rory, "online-cases", show=show).context["rows"]) == 3, show


def test_what_is_due_first_comes_first(client: Any, clock: Any, rory: Any) -> None:
    late, soon = received(rory), received(rory, received_at=clock.at - timedelta(hours=7), said=[])
    rows = page(client, rory, "online-cases").context["rows"]
    assert [row.reference for row in rows] == [soon.reference, late.reference]
    assert "7 hours old" in rows[0].why


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_no_more_for_many_than_for_few(
    client: Any, clock: Any, rory: Any, dina: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        offered(triaged(rory), dina)
        unreadable(rory, f"A row {_}")
    client.force_login(rory)
    client.get(reverse(name))
    with django_assert_max_num_queries(16):
        assert client.get(reverse(name)).status_code == 200


def test_the_home_page_says_what_nobody_has_looked_at_what_nobody_can_see_and_what_is_old(
    client: Any, clock: Any, cast: dict[str, Any]
) -> None:
    received(cast["rory"])
    unreadable(cast["rory"])
    offered(received(cast["rory"]), cast["dina"])
    triaged(cast["rory"])
    mine = text(page(client, cast["rory"], "home"))
    for words in ("Referrals nobody has looked at", "Not visible in the records system", "Rows of files to type in"):
        assert words in mine, words
    clock.shift(95 * DAY)
    assert "Nobody in the force finds these while they are with you" in text(page(client, cast["rory"], "home"))
    for who, words in (
        ("dina", "Referrals nobody has looked at in time"),
        ("dina", "Other forces have not answered"),
        ("delia", "Not acted on for a month"),
        ("dmitri", "Online cases not acted on for two months"),
    ):
        assert words in text(page(client, cast[who], "home")), words


def test_the_wall_names_each_kind_with_how_many_and_since_when(clock: Any, rory: Any, dina: Any) -> None:
    first = received(rory)
    clock.shift(timedelta(minutes=1))
    offered(received(rory), dina)
    unreadable(rory)
    clock.shift(61 * DAY)
    with acting(dina):
        lines = {each.code: each for each in lines_of(clock.at) if each.code.startswith("online_")}
    counts = {code: lines[code].count for code in lines}
    assert counts == {**counts, "online_not_visible": 2, "online_not_looked_at": 2, "online_month": 2} | {
        "online_two_months": 2,
        "online_three_months": 0,
        "online_rows": 1,
        "online_transfers": 1,
    }
    assert (lines["online_month"].oldest, lines["online_month"].names[0]) == (first.known_since, str(first))
    assert lines["online_not_visible"].url == "/online/?show=not_visible"


# On the page of a person


def test_the_page_of_somebody_who_lives_there_shows_the_case_to_those_whose_work_it_is_and_to_nobody_else(
    client: Any, clock: Any, cast: dict[str, Any]
) -> None:
    rory = cast["rory"]
    person = on_record(rory, "Graham Pell")
    case = attributed(rory)
    facts = OccupantFacts(name_said="Graham Pell", age="adult", person=person)
    add_occupant(Occupant(), by=rory, at=address_of(case), facts=facts)
    for who, sees in (("rory", True), ("dina", True), ("sam", True), ("cora", False), ("olly", False), ("omar", False)):
        with acting(cast[who]):
            found = [event for event in timeline(whom_of([person])) if event.what == "Online abuse"]
        assert [event.record for event in found] == ([case.pk] if sees else []), who
        assert (case.reference in shown_to(client, cast[who], person)) == sees, who


def test_what_is_missing_is_said_at_each_step(client: Any, clock: Any, rory: Any) -> None:
    assert "Nobody has said who lives at 4 Larch Rise, Vale." in shown_to(client, rory, attributed(rory))
    assert "No sergeant has ratified the KIRAT level." in shown_to(client, rory, assessed(rory))


def test_a_case_that_is_over_offers_nothing_and_warns_of_nothing(client: Any, clock: Any, rory: Any, dina: Any) -> None:
    offer = offered(received(rory), dina)
    case_transfers.case_accepted(offer, by=dina, answered_by_name="DS Wren", their_ref="9", answer="")
    whole = shown_to(client, dina, offer.online_case)
    assert "Taken by another force" in whole
    assert "there is no number yet" not in whole
    assert "Ask another force" not in whole

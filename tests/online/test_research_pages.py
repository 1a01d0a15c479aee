"""The pages of research and levels: what they say, whom they let in, and what they keep when something is missing."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.actor import acting
from access.time import now
from cases.workflow.cases import restrict
from cases.workflow.people import declare_conflict
from online.case_parts import parts_of
from online.models import CandidateAddress, KiratAssessment, NewInformation, Occupant
from online.research_urls import urlpatterns
from online.wall import lines_of
from online.workflow.kirat import ratify
from online.workflow.research import OccupantFacts, add_occupant, rule_out
from sla.work import HOME
from tests.households import is_a_sex_offender
from tests.offenders.scenes import managed
from tests.online.research_scenes import a_family, at_an_end, heard, named, of_each, researched, run_again, waiting
from tests.online.scenes import (
    address_of,
    as_it_is,
    assessed,
    attributed,
    candidate_of,
    executed,
    level,
    level_of,
    lives_there,
    triaged,
)
from tests.strategy.test_pages import moment, text

pytestmark = pytest.mark.django_db
WITHOUT_A_RECORD = [each.name for each in urlpatterns if "<uuid" not in str(each.pattern)]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in WITHOUT_A_RECORD]
LISTS = ["online-levels", "online-stalled", "online-not-asked"]


def page(client, user, name, /, *keys, **query):
    client.force_login(user)
    return client.get(reverse(name, args=keys), query)


def sends(client, user, name, /, *keys, **said):
    client.force_login(user)
    return client.post(reverse(name, args=keys), said)


def words(response):
    """What somebody reads, without the marks between."""
    return " ".join(re.sub("<[^>]*>", " ", text(response)).split()).replace(" .", ".").replace(" :", ":")


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


# Whom they let in


@pytest.mark.parametrize("name", [each.name for each in urlpatterns])
def test_nobody_is_let_in_whose_work_it_is_not(client, cast, name):
    made = of_each(cast)
    keys = [] if name in WITHOUT_A_RECORD else [made[name.split("-")[0]].pk]
    assert page(client, cast["olly"], name, *keys).status_code == 403
    assert page(client, cast["dina"], name, *keys).status_code == 200


@pytest.mark.parametrize("name", ABOUT_A_RECORD)
def test_of_a_restricted_case_no_page_is_there_for_others(client, cast, name):
    made = of_each(cast)
    restrict(made["onlinecase"].case, by=cast["dina"], people=[cast["dina"], cast["delia"]], because="A colleague")
    key = made[name.split("-")[0]].pk
    assert page(client, cast["sue"], name, key).status_code == 404
    assert page(client, cast["delia"], name, key).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_nor_does_any_list_name_it(client, cast, rory, iris, name):
    case = triaged(rory)
    candidate = candidate_of(case, rory)
    add_occupant(Occupant(), by=rory, at=candidate, facts=OccupantFacts("Nora Pell", "adult"))
    if name == "online-levels":
        case = assessed(rory)
    show = {"show": "all"} if name == "online-stalled" else {}
    assert case.reference in text(page(client, iris, name, **show))
    restrict(as_it_is(case).case, by=cast["dina"], people=[rory, cast["dina"]], because="A colleague")
    assert case.reference not in text(page(client, iris, name, **show))


@pytest.mark.parametrize(
    ("name", "who", "may"),
    [
        ("onlinecase-research", "rory", True),
        ("onlinecase-research", "dmitri", False),
        ("onlinecase-no-research", "rory", False),
        ("onlinecase-no-research", "dina", True),
        ("onlinecase-news", "sam", True),
        ("onlinecase-kirat", "sam", False),
        ("candidateaddress-attribute", "sam", False),
        ("occupant-work", "iris", True),
        ("kiratassessment", "sam", True),
        ("kiratassessment-ratify", "iris", False),
        ("kiratassessment-return", "dina", True),
    ],
)
def test_each_step_is_for_those_whose_step_it_is(client, cast, name, who, may):
    made = of_each(cast)
    assert page(client, cast[who], name, made[name.split("-")[0]].pk).status_code == (200 if may else 403)


# From research to a level


def test_research_is_recorded_and_what_was_typed_is_kept(client, clock, rory):
    case = triaged(rory)
    said = {"kind": "subscriber", "what": "Asked the provider", "asked_ref": "CD-77", **moment("at", clock.at)}
    refused = sends(client, rory, "onlinecase-research", case.pk, **{**said, "what": " "})
    assert (refused.status_code, "CD-77" in text(refused)) == (422, True)
    later = sends(
        client, rory, "onlinecase-research", case.pk, **{**said, **moment("at", clock.at + timedelta(hours=1))}
    )
    assert "between when the referral was received and now" in text(later)
    assert sends(client, rory, "onlinecase-research", case.pk, **said).status_code == 302
    shown = words(page(client, rory, "onlinecase", case.pk))
    assert "Subscriber details asked for, CD-77 Asked the provider. No answer yet." in shown


def test_a_sergeant_says_that_nothing_more_can_be_found_and_until_when(client, clock, rory, dina):
    case = triaged(rory)
    why = {"because": "The provider keeps no logs"}
    refused = sends(client, dina, "onlinecase-no-research", case.pk, **why, **day("recheck_on", clock.at.date()))
    assert (refused.status_code, "keeps no logs" in text(refused)) == (422, True)
    on = clock.at.date() + timedelta(days=9)
    assert sends(client, dina, "onlinecase-no-research", case.pk, **why, **day("recheck_on", on)).status_code == 302
    shown = words(page(client, rory, "onlinecase", case.pk))
    assert "No further research for now: The provider keeps no logs Looked at again on 11 March 2026." in shown
    assert sends(client, rory, "onlinecase-research-again", case.pk, because="A new log came").status_code == 302
    assert as_it_is(case).state == "researching"


def test_from_an_address_to_a_level_by_its_pages(client, clock, cast, rory, dina, sam):
    family = a_family(rory, sam)
    is_a_sex_offender(family["man"], cast["stella"])
    case = triaged(rory)
    shown = page(client, rory, "onlinecase-address", case.pk)
    said = {
        "key": shown.context["key"], "written": "12 Example Street", "postcode": "nonsense", "confidence": "likely",
        "how": "The provider names this subscriber",
    }  # fmt: skip
    refused = sends(client, rory, "onlinecase-address", case.pk, **said)
    assert "This is not a UK postcode" in text(refused)
    assert "The provider names this subscriber" in text(refused)
    made = sends(client, rory, "onlinecase-address", case.pk, **{**said, "postcode": "ZV1 1AA"})
    twice = sends(client, rory, "onlinecase-address", case.pk, **{**said, "postcode": "ZV1 1AA"})
    assert (made.status_code, made.url) == (302, twice.url)
    shown = words(client.get(made.url))
    for each in ("Graham Pell", "Nora Pell", "Maisie Pell", "Registered sex offender", "Nobody has said who lives"):
        assert each in shown
    with acting(rory):
        candidate = CandidateAddress.objects.get(online_case=case)
    assert sends(client, rory, "candidateaddress-attribute", candidate.pk, because="He pays it").status_code == 302
    taken = page(client, rory, "candidateaddress-occupant", candidate.pk, person=family["man"].reference)
    assert taken.context["form"].initial == {
        "name_said": "Graham Pell",
        "person": family["man"].reference,
        "age": "adult",
    }
    there = {**taken.context["form"].initial, "is_suspect": "yes", "works_with_children": "yes", "relation": "Father"}
    refused = sends(client, rory, "candidateaddress-occupant", candidate.pk, **there, works_how="His page", post="")
    assert (refused.status_code, "what they do with children" in text(refused)) == (422, True)
    assert "Father" in text(refused)
    there |= {"post": "Football coach", "works_how": "His page"}
    made = sends(client, rory, "candidateaddress-occupant", candidate.pk, **there)
    assert made.status_code == 302, text(made)
    with acting(rory):
        man = Occupant.objects.get(online_case=case)
    lacks = words(page(client, rory, "onlinecase-kirat", case.pk))
    assert "Graham Pell has not been checked in: Police National Computer" in lacks
    empty = sends(client, rory, "occupant-checks", man.pk, **moment("at", clock.at))
    assert (empty.status_code, "at least one system" in text(empty)) == (422, True)
    found = {f"said_{each}": "Nothing" for each in ("pnc", "pnd", "records", "visor")}
    assert sends(client, rory, "occupant-checks", man.pk, **found, **moment("at", clock.at)).status_code == 302
    assert "Checked in 4 of 5 systems, not in: Longstop" in words(page(client, rory, "onlinecase", case.pk))
    sends(client, rory, "occupant-checks", man.pk, said_longstop="One notice", **moment("at", clock.at))
    facts = {**vars(level("high")), "override_because": ""}
    refused = sends(client, rory, "onlinecase-kirat", case.pk, **{**facts, "tool_level": "low"})
    assert (refused.status_code, "why another level" in text(refused)) == (422, True)
    assert "Uploads within the last month" in text(refused)
    made = sends(client, rory, "onlinecase-kirat", case.pk, **facts)
    assert made.status_code == 302, text(made)
    assert "Ratify it: for a" in words(client.get(made.url))
    with acting(rory):
        assessment = KiratAssessment.objects.get()
    assert "Ratify it" in text(page(client, dina, "kiratassessment", assessment.pk))
    assert sends(client, dina, "kiratassessment-ratify", assessment.pk, said="").status_code == 302
    assert as_it_is(assessment).decided_by == dina


def test_whoever_set_a_level_reads_that_somebody_else_decides(client, dina, delia):
    own = level_of(assessed(dina))
    assert "Ratify it: for somebody who did not set it" in words(page(client, dina, "kiratassessment", own.pk))
    refused = sends(client, dina, "kiratassessment-ratify", own.pk, said="")
    assert (refused.status_code, "Nobody ratifies their own level" in text(refused)) == (422, True)
    assert "for somebody who did not set it" not in words(page(client, delia, "kiratassessment", own.pk))


def test_a_level_is_returned_and_run_again(client, rory, dina, sam):
    case = assessed(rory)
    back = level_of(case)
    refused = sends(client, dina, "kiratassessment-return", back.pk, said=" ")
    assert refused.status_code == 422
    assert sends(client, dina, "kiratassessment-return", back.pk, said="Where is the niece?").status_code == 302
    shown = words(page(client, rory, "onlinecase-kirat", case.pk))
    assert "The level medium was returned: Where is the niece?" in shown
    (info,) = waiting(case)
    assert "Run KIRAT again" in text(page(client, rory, "newinformation", info.pk))
    assert "Run KIRAT again: for a" in words(page(client, sam, "newinformation", info.pk))
    run_again(case, rory, "high")
    assert "KIRAT high" in text(page(client, rory, "kiratassessment", level_of(case).pk))
    assert "Where is the niece?" in text(page(client, rory, "kiratassessment", level_of(case).pk))


def test_what_is_new_is_told_by_whoever_sees_the_case(client, clock, rory, sam):
    case = assessed(rory)
    said = {"what": "A nurse saw bruises", "source": "", **moment("received_at", clock.at)}
    refused = sends(client, sam, "onlinecase-news", case.pk, **said)
    assert (refused.status_code, "A nurse saw bruises" in text(refused)) == (422, True)
    made = sends(client, sam, "onlinecase-news", case.pk, **{**said, "source": "A nurse"})
    assert made.status_code == 302
    assert "KIRAT has not been run again with INF-" in words(page(client, sam, "onlinecase", case.pk))


def test_who_somebody_is_on_record_is_said_and_a_managed_offender_stands_out(client, cast, rory):
    nominal = managed(cast["stella"], cast["omar"], "Graham Pell")
    occupant = lives_there(attributed(rory), rory, "Graham")
    wrong = sends(client, rory, "occupant-is", occupant.pk, person="PER-9", because="His photograph")
    assert (wrong.status_code, "His photograph" in text(wrong)) == (422, True)
    person = nominal.person.reference
    assert sends(client, rory, "occupant-is", occupant.pk, person=person, because="His photograph").status_code == 302
    shown = words(page(client, rory, "occupant", occupant.pk))
    assert f"Graham is a managed offender ({nominal.reference})" in shown
    case = as_it_is(occupant).online_case
    assert f"Graham is a managed offender ({nominal.reference})" in words(page(client, rory, "onlinecase", case.pk))


@pytest.mark.parametrize(
    ("name", "said", "after"),
    [
        ("occupant-work", {"works_with_children": "not_known", "how": "Asked her landlord"}, "Asked her landlord"),
        (
            "occupant-correct",
            {"name_said": "Nora Pelling", "age": "adult", "is_suspect": "no", "because": "Electoral roll"},
            "Nora Pelling",
        ),
        ("occupant-gone", {"because": "Moved to Leeds"}, "Moved to Leeds"),
        ("candidateaddress-rule-out", {"because": "Another provider"}, "Another provider"),
    ],
)
def test_each_step_is_taken_on_its_page_and_needs_its_reason(client, cast, rory, name, said, after):
    record = of_each(cast)[name.split("-")[0]]
    last = list(said)[-1]
    refused = sends(client, rory, name, record.pk, **{**said, last: " "})
    assert refused.status_code == 422
    assert sends(client, rory, name, record.pk, **said).status_code == 302
    assert after in text(client.get(record.get_absolute_url()))


def test_what_somebody_may_not_see_is_not_on_the_page_of_an_address(client, cast, rory, iris, chidi, sam):
    family = a_family(rory, sam)
    other = attributed(rory)
    rule_out(candidate_of(other, rory, "12 Example Street", postcode="ZV1 1AA"), by=rory, because="Not it")
    case = attributed(rory)
    candidate = candidate_of(case, rory, "12 Example Street", postcode="ZV1 1AA")
    shown = text(page(client, iris, "candidateaddress", candidate.pk))
    assert "Nora Pell" in shown
    assert other.reference in shown
    declare_conflict(family["wife"], by=chidi, user=iris, because="Her sister")
    restrict(other.case, by=cast["dina"], people=[rory, cast["dina"]], because="A colleague")
    shown = text(page(client, iris, "candidateaddress", candidate.pk))
    assert "Nora Pell" not in shown
    assert other.reference not in shown


def test_an_address_with_many_people_costs_what_one_with_few_costs(client, rory, sam):
    from tests.households import HERE, on_record

    a_family(rory, sam)
    candidate = candidate_of(triaged(rory), rory, "12 Example Street", postcode="ZV1 1AA")

    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert page(client, rory, "candidateaddress", candidate.pk).status_code == 200
        return len(asked)

    lives_there_at(candidate, rory, "Graham Pell")
    statements()
    few = statements()
    for number in range(6):
        person = on_record(rory, f"Person Number{number}", born=date(1990, 1, 1 + number), home=HERE)
        lives_there_at(candidate, rory, person.name, person=person)
    assert statements() == few


def lives_there_at(candidate, by, name, **said):
    return add_occupant(Occupant(), by=by, at=candidate, facts=OccupantFacts(name, "adult", **said))


# Lists


@pytest.mark.parametrize(
    ("show", "who", "found"),
    [
        ("open", "dina", {"low", "high", "no_level", "named", "late"}),
        ("mine", "iris", set()),
        ("mine", "rory", {"low", "high", "no_level", "late"}),
        ("overdue", "dina", {"late"}),
        ("soon", "dina", {"high"}),
        ("not_ratified", "dina", {"high", "late"}),
        ("news", "dina", {"low"}),
        ("no_level", "dina", {"no_level", "named"}),
        ("done", "dina", {"done"}),
    ],
)
def test_what_each_chip_of_the_levels_shows(client, clock, cast, rory, dina, show, who, found):
    made = {"high": assessed(rory, "high")}
    clock.shift(timedelta(days=4))
    made |= {"late": assessed(rory, "very_high")}
    clock.shift(timedelta(days=2, hours=1))
    made |= {
        "low": assessed(rory, "low"),
        "no_level": attributed(rory),
        "named": named(rory),
        "research": triaged(rory),
        "done": executed(rory, dina, cast["iris"]),
    }
    ratify(level_of(made["low"]), by=dina, said="")
    heard(made["low"], rory)
    listed = text(page(client, cast[who], "online-levels", show=show))
    assert {name for name, each in made.items() if each.reference in listed} == found


def test_the_levels_stand_in_the_order_in_which_to_act_and_can_be_narrowed(client, clock, rory, dina):
    made = [assessed(rory, each) for each in ("low", "very_high", "medium", "high")]
    rows = page(client, dina, "online-levels").context["rows"]
    assert [row.reference for row in rows] == [made[n].reference for n in (1, 3, 2, 0)]
    assert [row.due for row in rows] == sorted(row.due for row in rows)
    assert "KIRAT very high, not ratified" in rows[0].why
    rows = page(client, dina, "online-levels", kirat="medium").context["rows"]
    assert [row.reference for row in rows] == [made[2].reference]


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("stalled", {"old"}),
        ("mine", {"old", "new", "ended"}),
        ("soon", {"near"}),
        ("all", {"old", "new", "near"}),
        ("recheck", {"ended"}),
    ],
)
def test_what_each_chip_of_stalled_research_shows(client, clock, rory, dina, iris, show, found):
    made = {"old": triaged(rory)}
    clock.shift(timedelta(hours=20))
    made |= {"near": triaged(iris)}
    clock.shift(timedelta(hours=52, microseconds=1))
    made |= {"new": researched(triaged(rory), rory), "ended": at_an_end(triaged(rory), dina)}
    assessed(rory)
    listed = text(page(client, rory, "online-stalled", show=show))
    assert {name for name, each in made.items() if each.reference in listed} == found


def test_the_list_of_whom_nobody_has_asked_about_leaves_out_children_and_those_asked(client, rory):
    case = attributed(rory)
    at = address_of(case)
    people = {
        "adult": OccupantFacts("Ann Asked-Not", "adult"),
        "unknown": OccupantFacts("Una Known-Not", "not_known"),
        "child": OccupantFacts("Chris Child", "child"),
        "asked": OccupantFacts("Ada Asked", "adult", works_how="Asked her landlord"),
        "no": OccupantFacts("Nick None", "adult", works_with_children="no", works_how="Employer"),
    }
    for facts in people.values():
        add_occupant(Occupant(), by=rory, at=at, facts=facts)
    listed = text(page(client, rory, "online-not-asked"))
    assert {name for name, each in people.items() if each.name_said in listed} == {"adult", "unknown"}


def test_a_list_of_many_costs_what_a_list_of_few_costs(client, rory, dina):
    def statements(name):
        client.force_login(dina)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name), {"show": "all"}).status_code == 200
        return len(asked)

    def more(number):
        for _ in range(number):
            case = attributed(rory)
            add_occupant(Occupant(), by=rory, at=address_of(case), facts=OccupantFacts("Ann", "adult"))
            assessed(rory)
            triaged(rory)

    more(2)
    for name in LISTS:
        statements(name)
    few = [statements(name) for name in LISTS]
    more(6)
    assert [statements(name) for name in LISTS] == few


# The case, the home page and the wall


def test_the_page_of_a_case_shows_each_part_with_what_nobody_may_overlook(clock, rory):
    case = attributed(rory)
    lives_there(case, rory, "Nora Pell", works_with_children="yes", post="Nursery nurse")
    add_occupant(Occupant(), by=rory, at=address_of(case), facts=OccupantFacts("Graham Pell", "adult"))
    with acting(rory):
        parts = {part.heading: part for part in parts_of(as_it_is(case), rory)}
    assert parts["Addresses and who lives there"].warnings == [
        "Nora Pell works with children: Nursery nurse",
        "Nobody has asked whether Graham Pell works with children",
    ]
    assert len(parts["KIRAT levels"].context["lacks"]) == 2
    lacks_nothing = assessed(rory)
    info = heard(lacks_nothing, rory)
    with acting(rory):
        parts = {part.heading: part for part in parts_of(lacks_nothing, rory)}
    assert list(parts["KIRAT levels"].warnings) == [
        f"No sergeant has ratified the level medium ({level_of(lacks_nothing)})"
    ]
    assert list(parts["New information"].warnings) == [f"KIRAT has not been run again with {info}"]
    assert parts["New information"].records == [info]


def test_the_home_page_says_what_waits_for_whom(clock, cast, rory, iris, dina, delia):
    stalled = triaged(rory)
    clock.shift(timedelta(hours=72, microseconds=1))
    case, first = assessed(rory), attributed(rory)
    info, waits = heard(case, rory), level_of(case)
    own = level_of(assessed(dina))

    def waits_for(user, heading):
        with acting(user):
            shares = [share for give in HOME.needs_me for share in give(user, user.acts(), now())]
        return {row.reference for share in shares if share.heading == heading for row in share.rows}

    assert waits_for(rory, "Set the first KIRAT level") == {first.reference}
    assert waits_for(rory, "Run KIRAT again: something new is known") == {info.reference}
    assert waits_for(rory, "Your research has stalled") == {stalled.reference}
    assert waits_for(rory, "Your cases by when to act") == {case.reference}
    assert waits_for(iris, "Your cases by when to act") == set()
    assert waits_for(dina, "KIRAT levels for you to ratify") == {waits.reference}
    assert waits_for(delia, "KIRAT levels for you to ratify") == {waits.reference, own.reference}
    clock.shift(timedelta(hours=25))
    with acting(dina):
        late = [share for give in HOME.holds_up for share in give(dina, dina.acts(), now())]
    assert waits.reference in {row.reference for share in late for row in share.rows}


def test_the_wall_counts_each_kind_with_the_oldest(clock, rory, dina):
    ours = ("kirat", "kirat_first", "kirat_again", "kirat_ratify", "work", "stalled", "recheck")

    def wall():
        with acting(dina):
            return {line.code: line for line in lines_of(now()) if line.code in ours}

    assert {code: line.count for code, line in wall().items()} == dict.fromkeys(ours, 0)
    began = clock.at
    case = assessed(rory, "very_high")
    info = heard(case, rory)
    first = attributed(rory)
    asked = add_occupant(Occupant(), by=rory, at=address_of(first), facts=OccupantFacts("Ann", "adult"))
    at_an_end(triaged(rory), dina, days=3)
    triaged(rory)
    clock.shift(timedelta(days=5))
    found = wall()
    assert {code: line.count for code, line in found.items()} == {
        "kirat": 1,
        "kirat_first": 1,
        "kirat_again": 1,
        "kirat_ratify": 1,
        "work": 1,
        "stalled": 2,
        "recheck": 1,
    }
    assert found["kirat"].oldest == began + timedelta(days=1)
    assert found["kirat_again"].names == (str(info),)
    assert found["work"].names == (str(asked),)
    assert found["kirat"].url == f"{reverse('online-levels')}?show=overdue"


def test_every_record_of_ours_has_its_page(cast):
    made = of_each(cast)
    kinds = {type(each) for name, each in made.items() if name != "onlinecase"}
    assert kinds == {CandidateAddress, Occupant, KiratAssessment, NewInformation}

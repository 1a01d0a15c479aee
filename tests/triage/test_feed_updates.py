"""What becomes of an incident that was sent, told by the system it came from; and the units that there are."""

from datetime import datetime

import pytest

from access.actor import System as Software
from access.actor import acting, signed
from access.roles import Can
from cases.models import Case
from cases.workflow.cases import restrict
from tests.access.an_api import errors_of, let_in
from tests.access.entries import alterations, consultations
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import called_in, clock_of, swept
from tests.triage.feed import ACTS, FAR_TOO_LONG, INCIDENTS, NEEDED, NUMBER, THRIVE, put_unit, the_incident, thrives
from tests.triage.feed import update as said
from tests.triage.scenes import fresh, running
from triage.api.views import KINDS
from triage.models import ContactAttempt, Unit
from triage.units import suggest
from workflow.models import Step

pytestmark = pytest.mark.django_db

REGRADED = {"grade": "G1", "because": "He has a knife", "caller_told": "yes", "thrive": THRIVE}
REASSESSED = {"trigger": "target_missed", "thrive": THRIVE}
CALLED_AGAIN = {"what_they_say": "He is back", "child": "yes"}
CONTACTED = {"route": "07700 900462", "result": "reached", "said": "He has gone"}
ENDED = {
    "because": "No trace",
    "child_safe_because": "Seen at school",
    "no_ppn_because": "Covered",
    "caller_told": "yes",
}
SAID = {
    "assigned": {"unit": "AB12"},
    "stood-down": {"because": "Needed elsewhere"},
    "arrived": {},
    "called-again": CALLED_AGAIN,
    "regraded": REGRADED,
    "reassessed": REASSESSED,
    "caller-contacted": CONTACTED,
    "child-found": {"how_we_know": "She rang herself"},
    "ended": ENDED,
}


@pytest.fixture
def cad(clock, fin):
    return let_in(fin, [*ACTS, Can.DOWNGRADE, Can.END_WITHOUT_ATTENDANCE])


@pytest.fixture
def sent(cad):
    assert cad.post(INCIDENTS, NEEDED).status_code == 201
    return the_incident()


def at(minute):
    """So many minutes after the call of 08:53, as the feed writes it."""
    return (MONDAY + minutes(minute - 7)).isoformat()


def moment(text):
    return datetime.fromisoformat(text)


# What becomes of it


def test_there_is_something_to_send_for_every_kind():
    assert set(SAID) == set(KINDS)


def test_the_life_of_an_incident_as_it_is_told_with_the_moments_it_was_told_with(cad, sent, clock, olly):
    clock.shift(hours(3))
    life = [
        (10, "assigned", "assigned"),
        (20, "stood-down", "awaiting_resource"),
        (30, "called-again", "awaiting_resource"),
        (40, "regraded", "awaiting_resource"),
        (50, "caller-contacted", "awaiting_resource"),
        (70, "reassessed", "awaiting_resource"),
        (75, "assigned", "assigned"),
        (90, "arrived", "attended"),
    ]
    for minute, kind, state in life:
        answer = said(cad, kind, at=at(minute), **SAID[kind])
        assert (answer.status_code, answer.json()["state"]) == (200, state), (kind, answer.json())
    incident = the_incident()
    assert (incident.attended_at, incident.reassessed_at) == (moment(at(90)), moment(at(70)))
    assert (incident.called_again_at, incident.last_contact_at) == (moment(at(30)), moment(at(50)))
    assert (clock_of(incident, "K2").stopped_at, clock_of(incident, "K2").stopped_by) == (
        moment(at(90)),
        "triage.attend",
    )
    assert (clock_of(incident, "K6").started_at, clock_of(incident, "K6").stopped_at) == (
        moment(at(30)),
        moment(at(40)),
    )
    assert cad.get(f"{INCIDENTS}{NUMBER}/").json() == answer.json()


def test_arriving_in_time_is_in_time_however_late_it_is_told(cad, sent, clock):
    clock.shift(hours(5))
    said(cad, "arrived", at=at(60))
    assert [level for _, level, *_ in raised(sent.pk, "K2")] == [1, 2]
    assert clock_of(sent, "K2").stopped_at == clock_of(sent, "K2").due_at


def test_a_microsecond_later_is_late(cad, sent, clock):
    clock.shift(hours(5))
    said(cad, "arrived", at=(moment(at(60)) + MOMENT).isoformat())
    assert [level for _, level, *_ in raised(sent.pk, "K2")] == [1, 2, 3]


def test_without_a_moment_it_is_now(cad, sent, clock):
    clock.shift(minutes(5))
    assert said(cad, "arrived").json()["attended_at"] == "2026-03-02T09:05:00Z"


def test_ended_with_nobody_going_there_and_the_caller_told(cad, sent):
    assert said(cad, "ended", **ENDED).json()["state"] == "no_deployment"
    assert running(sent) == set()


def test_a_child_that_is_found_is_known_of_from_then(cad, sent):
    assert said(cad, "child-found", how_we_know="She rang herself").json()["child"] == "yes"
    assert {"K7", "K8"} <= running(sent)


def test_each_thrive_is_kept(cad, sent, clock):
    for kind, facts in (("reassessed", REASSESSED), ("regraded", REGRADED)):
        clock.shift(minutes(1))
        said(cad, kind, **facts)
    assert [each.trigger for each in thrives(sent)] == ["initial", "target_missed", "regrade"]
    assert {each.by for each in thrives(sent)} == {None}


def test_an_attempt_to_reach_the_caller_is_kept(cad, sent):
    said(cad, "caller-contacted", **CONTACTED)
    with acting(Software("test")):
        kept = ContactAttempt.objects.get(incident=sent)
    assert (kept.route, kept.result, kept.said) == tuple(CONTACTED.values())


# What is refused


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind, facts in SAID.items() for field in facts if field not in
     ("said", "child_safe_because", "no_ppn_because")],
)  # fmt: skip
def test_what_is_missing_is_named_and_nothing_is_done(cad, sent, kind, field):
    answer = said(cad, kind, **{name: each for name, each in SAID[kind].items() if name != field})
    assert (answer.status_code, errors_of(answer)) == (422, [(field, "required")])
    assert Step.objects.filter(record=sent.pk).count() == 1


@pytest.mark.parametrize(
    ("kind", "wrong", "field", "code"),
    [
        ("arrived", {"at": at(60)}, "at", "future"),
        ("arrived", {"at": at(-1)}, "at", "too_early"),
        ("arrived", {"at": "2026-03-02T08:55:00"}, "at", "no_zone"),
        ("arrived", {"unit": "AB12"}, "unit", "unknown"),
        ("assigned", {"unit": "A" * 81}, "unit", "max_length"),
        ("called-again", {"child": ""}, "child", "invalid_choice"),
        ("called-again", {"what_they_say": "A" * 20_001}, "what_they_say", "max_length"),
        ("regraded", {"grade": "P1"}, "grade", "invalid_choice"),
        ("regraded", {"caller_told": "perhaps"}, "caller_told", "invalid_choice"),
        ("regraded", {"thrive": {**THRIVE, "overall": ""}}, "thrive.overall", "invalid_choice"),
        ("reassessed", {"trigger": "bored"}, "trigger", "invalid_choice"),
        ("caller-contacted", {"result": "engaged"}, "result", "invalid_choice"),
        ("child-found", {"how_we_know": "A" * 501}, "how_we_know", "max_length"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_done(cad, sent, kind, wrong, field, code):
    answer = said(cad, kind, **{**SAID[kind], **wrong})
    assert (answer.status_code, errors_of(answer)) == (422, [(field, code)])
    assert Step.objects.filter(record=sent.pk).count() == 1


@pytest.mark.parametrize("minute", [0, 7])
def test_from_the_moment_of_the_call_until_now_any_moment_is_taken(cad, sent, minute):
    assert said(cad, "arrived", at=at(minute)).status_code == 200


def test_a_megabyte_is_not_read(cad, sent):
    assert said(cad, "called-again", what_they_say=FAR_TOO_LONG, child="yes").status_code == 413
    assert fresh(sent).called_again_at is None


@pytest.mark.parametrize("number", ["CAD-0", "INC-000001", "%27%20OR%201=1", "x" * 500])
def test_a_number_that_was_never_sent_is_not_there(cad, sent, number):
    for answer in (cad.get(f"{INCIDENTS}{number}/"), said(cad, "arrived", number)):
        assert (answer.status_code, errors_of(answer)) == (404, [])


def test_a_kind_that_does_not_exist_is_answered_with_those_that_do(cad, sent):
    answer = said(cad, "resolved")
    assert answer.status_code == 404
    assert "assigned, stood-down, arrived" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("before", "kind", "why"),
    [
        (["arrived"], "assigned", "it is attended"),
        ([], "stood-down", "it is awaiting resource"),
        (["ended"], "called-again", "it is no deployment"),
        (["arrived"], "arrived", "it is attended"),
    ],
)
def test_what_is_not_possible_now_is_a_conflict_and_says_why(cad, sent, before, kind, why):
    for each in before:
        said(cad, each, **SAID[each])
    steps = Step.objects.filter(record=sent.pk).count()
    answer = said(cad, kind, **SAID[kind])
    assert (answer.status_code, errors_of(answer)) == (409, [])
    assert why in answer.json()["detail"]
    assert Step.objects.filter(record=sent.pk).count() == steps


@pytest.mark.parametrize("missing", ["child_safe_because", "no_ppn_because"])
def test_what_the_verb_asks_for_with_a_child_is_asked_of_the_feed_as_well(cad, sent, missing):
    answer = said(cad, "ended", **{**ENDED, missing: ""})
    assert answer.status_code == 409
    assert "A child is, or may be, involved" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("assigned", Can.DISPATCH),
        ("arrived", Can.ATTEND),
        ("called-again", Can.TAKE_CALL),
        ("regraded", Can.REGRADE),
        ("reassessed", Can.REASSESS),
        ("caller-contacted", Can.CONTACT_CALLER),
        ("child-found", Can.REASSESS),
        ("ended", Can.END_WITHOUT_ATTENDANCE),
    ],
)
def test_without_the_act_it_is_refused(sent, fin, kind, act):
    other = let_in(fin, [each for each in ACTS if each != act], "Another system")
    answer = said(other, kind, **SAID[kind])
    assert (answer.status_code, answer.json()["detail"]) == (403, f"You may not {act.label}.")
    assert Step.objects.filter(record=sent.pk).count() == 1


def test_a_lower_grade_needs_the_act_of_a_supervisor(cad, sent, fin):
    lower = {**REGRADED, "grade": "G3"}
    answer = said(let_in(fin, ACTS, "Another system"), "regraded", **lower)
    assert (answer.status_code, fresh(sent).grade) == (403, "G2")
    assert said(cad, "regraded", **lower).json()["grade"] == "G3"
    assert clock_of(sent, "K2").stopped_at is None


def test_one_that_is_restricted_is_not_there_and_its_number_is_taken_all_the_same(cad, sent, sam):
    hide(sent, sam)
    for answer in (cad.get(f"{INCIDENTS}{NUMBER}/"), said(cad, "arrived")):
        assert answer.status_code == 404
    assert cad.post(INCIDENTS, NEEDED).status_code == 409


def hide(incident, by):
    with signed(Software("test")):
        case = Case.objects.create(reference="CASE-900001")
        type(incident).objects.filter(pk=incident.pk).update(case=case)
    restrict(case, by=by, people=[by], because="A colleague's child")


def test_an_incident_that_was_not_sent_has_no_number_here(cad, callie):
    incident = called_in(callie)
    assert cad.get(f"{INCIDENTS}{incident.reference}/").status_code == 404


def test_sent_again_with_its_key_an_update_is_done_once(cad, sent):
    answers = [cad.post(f"{INCIDENTS}{NUMBER}/called-again/", CALLED_AGAIN, key="called-again-1") for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert Step.objects.filter(record=sent.pk, transition="triage.rang_again").count() == 1


# In whose name


def test_what_it_does_is_recorded_in_its_name_and_not_in_a_persons(cad, sent):
    said(cad, "assigned", unit="AB12")
    assert (
        list(Step.objects.filter(record=sent.pk).order_by("at", "pk").values_list("by", "by_system"))
        == [(None, "Command and control")] * 2
    )


@pytest.mark.django_db(transaction=True)
def test_and_in_the_ledger_with_what_it_was_shown(cad):
    cad.post(INCIDENTS, NEEDED)
    said(cad, "arrived")
    incident, me = the_incident(), f"service: {cad.account.pk}"
    assert {actor for actor, *_ in alterations("triage_incident", incident.pk)} == {me}
    assert (me, "api-incident-update", "triage.incident", [incident.pk]) in consultations()


# Units


def test_a_unit_that_is_told_of_is_proposed_and_changes_with_what_is_told(cad, sent, clock):
    answer = put_unit(cad)
    assert (answer.status_code, answer.json()) == (200, {"call_sign": "AB12", "area": "Response team A",
                                                        "on_duty_until": "2026-03-02T19:00:00Z"})  # fmt: skip
    assert [each.unit.call_sign for each in suggest(sent, clock.at)] == ["AB12"]
    put_unit(cad, key="a-unit-0002", on_duty_until="2026-03-02T09:00:00Z", crew=1)
    assert (Unit.objects.get().crew, suggest(sent, clock.at)) == (1, [])


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"area": "Elsewhere"}, "area", "unknown"),
        ({"on_duty_until": "2026-03-02T19:00:00"}, "on_duty_until", "no_zone"),
        ({"crew": 0}, "crew", "min_value"),
        ({"crew": 21}, "crew", "max_value"),
        ({"colour": "red"}, "colour", "unknown"),
    ],
)
def test_what_is_wrong_with_a_unit_is_named(cad, wrong, field, code):
    answer = put_unit(cad, **wrong)
    assert (answer.status_code, errors_of(answer)) == (422, [(field, code)])
    assert not Unit.objects.exists()


def test_a_call_sign_that_is_too_long_is_named(cad):
    answer = put_unit(cad, "A" * 21)
    assert (answer.status_code, errors_of(answer)) == (422, [("call_sign", "max_length")])
    assert put_unit(cad, "A" * 20).status_code == 200


def test_an_address_that_the_database_could_not_be_asked_for_is_not_there(cad):
    for answer in (cad.get(f"{INCIDENTS}%00/"), said(cad, "arrived", "A%00"), put_unit(cad, "%00")):
        assert answer.status_code == 404


def test_only_a_system_that_dispatches_tells_of_units(clock, fin):
    assert put_unit(let_in(fin, [Can.SEE_INCIDENTS])).status_code == 403


def test_a_unit_put_twice_is_one_unit(cad):
    assert put_unit(cad).content == put_unit(cad).content
    assert Unit.objects.count() == 1


def test_a_late_incident_climbs_whoever_sent_it(cad, sent, clock):
    swept(clock, minutes(53) + MOMENT)
    assert [who for *_, who in raised(sent.pk, "K2")] == [["dev"], ["connie"], ["connie"]]

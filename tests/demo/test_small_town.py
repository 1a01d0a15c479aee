"""A small demo: never seeded twice, its stories, who is told and who may see what, signing in, moving the clock."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connections
from django.db.models import F

from access.actor import acting
from access.checks import our_models
from access.models import LedgerRow
from access.time import freeze, now
from accounts.models import Absence, Posting, User
from cases.models import PlaceMarker
from demo import agency_people, password
from demo.offender_staff import STAFF
from demo.online_staff import STAFF as ONLINE_STAFF
from demo.people import CAST, COLLEAGUES
from demo.seed import seed
from history.replay import as_it_stood
from insight.models import EvidencePack
from online.models import (
    Bail,
    Device,
    Enforcement,
    LadoReferral,
    LinkedChild,
    OnlineCase,
    SafetyPlan,
    SocialWorkerContact,
)
from online.models.case import OfAnOnlineCase
from partners.models import Agency, Delivery
from partners.portal.words import asked_of
from ppn.models import Ppn
from sla.engine import sweep
from sla.models import Clock, Escalation, Notification
from sla.policy import DEADLINES
from strategy.models import Minutes
from tests.conftest import MONDAY
from tests.demo.conftest import QUICK_HASHES
from triage.models import AbuseQuestions, ChildVoice, Incident, Thrive, Unit
from triage.units import suggest
from workflow.models import Step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_town", "seeing_all")]
DAY, SWEEPS, SWEEPS_LONG_AGO = timedelta(days=1), timedelta(minutes=10), timedelta(hours=1)


def test_seeding_again_changes_nothing_and_says_so_in_one_line():
    before, said = counts(), []
    assert not seed(said.append)
    assert (counts(), said) == (before, ["The invented people and their work are here already; nothing was changed."])


def test_seeding_tells_its_progress_in_short_lines(small_town):
    assert any("notices waiting" in line for line in small_town.said)
    assert [line for line in small_town.said if len(line) >= 120] == []


# Who acts, who stands in, who may see


def test_everybody_who_acted_had_a_post_in_a_team_of_the_demo():
    teams = {player.team for player in [*CAST, *COLLEAGUES, *STAFF, *ONLINE_STAFF]}
    posted = {post.person_id: post for post in Posting.objects.select_related("team")}
    steps = list(Step.objects.exclude(by=None))
    assert steps
    assert set(Step.objects.filter(by=None).values_list("by_system", flat=True)) <= {
        "links between people",
        "a second contact about it",
        "a new notice about the child",
        "strategy triggers",
        "mail",
        "what was sent has to arrive",
        "Operation Encompass",
        "Operation Encompass: what became of it",
        "Operation Encompass tells the school",
        "a child was reported missing",
        "children who go missing again",
        "reminders of return interviews",
        "is everything done that a return asks for?",
        "the missing team's records",
        "who is told of a missing child",
        "a plan was decided on",
        "a superintendent decided on an indefinite requirement",
        "a visit was written down",
        "accepted by the other force",
        "an assessment was decided on",
        "an offender's contact with a child",
        "comparing a list with our records",
        "criteria of reactive management",
        "custody, hospital or time abroad",
        "how many each offender manager has",
        "peer scrutiny every fortnight",
        "reminders of a decision on a child",
        "social care's answer on an offender's contact with a child",
        "somebody is taken on",
        "something new about an offender",
        "the register of managed offenders",
        "waits for a supervisor",
        "what ViSOR has to know",
        "what an offender has to notify",
        "whether two plans say the same",
        "a child is linked with a suspect who is free",
        "a managed offender in an investigation into online abuse",
        "a partner agency's reply",
        "a report of images of a child that were shared",
        "a suspect was arrested in an investigation into online abuse",
        "an address was attributed",
        "an adult works with children",
        "an incident about images of a child that were shared",
        "an investigation into online abuse",
        "bail",
        "reading a file of referrals",
        "social care's answer on a child whom an online case concerns",
        "the designated officer's answer on an adult who works with children",
        "Stella Offender-Sergeant",  # says for herself that something is done
        "samples of work",
        "feedback on a review",
        "sampling that goes on",
        "themes of all sources",
        "re-test of a learning action",
        "scrutiny group each quarter",
        "training that posts require",
        "what was proposed and is taken",
        "reading a list of who attended",
        "measures kept each month",
        "daily management meeting each day",
        "daily management meeting",
        "agenda of the daily meeting",
        "end of the daily meeting",
        "who is here",
        "figures kept each month",
        "evidence packs put together",
    }
    for step in steps:
        assert posted[step.by_id].team.name in teams
        assert posted[step.by_id].starts < step.at
    assert {ppn.team.name for ppn in Ppn.objects.select_related("team")} == {"Vale MASH"}
    assert {incident.team.name for incident in Incident.objects.select_related("team")} == {"Control room"}


def test_pages_as_they_stood_a_month_ago_know_the_agencies_and_the_pack_for_the_inspector_is_released():
    agencies = set(Agency.objects.all())
    with as_it_stood(now() - 30 * DAY):
        assert set(Agency.objects.all()) == agencies
    assert [(pack.state, pack.trouble) for pack in EvidencePack.objects.all()] == [("released", "")]


def test_while_sam_is_on_leave_ines_is_told_in_his_place_and_before_that_he_was():
    leave = Absence.objects.get(person__username="sam")
    assert (leave.person.username, leave.cover.username) == ("sam", "ines")
    assert leave.starts == now() - 2 * DAY
    assert leave.ends - leave.starts == 12 * DAY
    told = Notification.objects.filter(escalation__percent=75, escalation__clock__deadline="P2")
    since = told.filter(escalation__raised_at__gt=leave.starts)
    before = told.filter(escalation__raised_at__lt=leave.starts)
    assert {each.person.username for each in since} == {"ines"}
    assert {each.person.username for each in before} == {"sam"}


def test_levels_were_raised_when_they_were_reached_and_nobody_has_acknowledged_any():
    for each in Escalation.objects.select_related("clock"):
        sweeps = SWEEPS if each.due_at > now() - 4 * DAY else SWEEPS_LONG_AGO
        if each.raised_at - each.due_at > sweeps:  # its clock began when it was due already, in a step just before
            began = Step.objects.filter(record=each.clock.record, at__lte=each.raised_at).order_by("-at").first()
            assert each.raised_at - began.at <= sweeps
    assert not Notification.objects.exclude(acknowledged_at=None).exists()


def test_the_restricted_case_is_there_for_ines_and_sue_and_for_nobody_else():
    ppn = Ppn.objects.get(case__restricted=True)
    assert ppn.state == "shared"
    seen_by = set()
    for person in User.objects.all():
        with acting(person):
            seen_by |= {person.username} & ({person.username} if Ppn.objects.filter(pk=ppn.pk).exists() else set())
    assert seen_by == {"ines", "sue"}
    told = Notification.objects.filter(escalation__clock__record=ppn.pk)
    assert {each.person.username for each in told} <= {"ines", "sue"}


# The stories


def test_a_boy_of_whom_police_have_known_for_two_days_and_nobody_has_seen():
    boy = Incident.objects.get(what_happened__contains="Ellis, 16")
    assert now() - boy.reported_at > 2 * DAY
    assert (boy.child, boy.child_seen) == ("yes", "no")
    assert not Ppn.objects.filter(arises_from=boy.pk).exists()
    told = Notification.objects.filter(escalation__clock__record=boy.pk, escalation__clock__deadline="K8")
    assert [each.person.username for each in told.order_by("pk")] == ["rosa", "rashid", "ines"]


def test_grandchildren_in_contact_with_a_sex_offender_five_days_unsubmitted_and_five_unread():
    ppn = Ppn.objects.get(narrative__contains="registered sex offender")
    assert (ppn.first_known_at, ppn.submitted_at, ppn.state) == (now() - 10 * DAY, now() - 5 * DAY, "submitted")
    assert Counter(subject.part for subject in ppn.subjects.all()) == {"child": 2, "parent": 1, "poses_risk": 1}
    of_the_review = Notification.objects.filter(escalation__clock__record=ppn.pk, escalation__clock__deadline="P2")
    told = of_the_review.order_by("escalation__level", "pk")
    assert [each.person.username for each in told][2:] == ["sam", "ines", "chidi", "sue"]
    assert {each.person.username for each in told[:2]} == {"cora", "cole"}


def test_an_online_case_done_well_day_by_day_with_no_deadline_missed():
    case = OnlineCase.objects.get(what__contains="Gareth Linmarsh")
    child, first = LinkedChild.objects.get(online_case=case), case.received_at.date()
    assert (child.name_said, child.age_said, case.kirat) == ("Nell Yarrowfold", "2", "medium")
    assert [moment.date() for moment in (case.kirat_at, child.notice_at)] == [first + 2 * DAY, first]
    assert (child.ppn.state, child.ppn.strategy_decision) == ("filed", "held")
    assert child.discussed_at.date() == first + DAY
    assert Minutes.objects.filter(meeting=child.strategy).exists()
    search = Enforcement.objects.get(online_case=case)
    assert (search.done_at.date(), search.children_seen) == (first + 2 * DAY, "yes")
    assert search.social_worker.startswith("Bethan Colewick")
    assert Bail.objects.get(online_case=case).about_contact
    assert SafetyPlan.objects.get(online_case=case).state == "filed"
    assert LadoReferral.objects.get(online_case=case).state == "answered"
    assert SocialWorkerContact.objects.filter(child=child).count() == 3
    assert {device.state for device in Device.objects.filter(online_case=case)} == {"uploaded"}
    assert list(missed(case, child)) == []


def missed(case: OnlineCase, child: LinkedChild) -> Any:
    """Deadlines of the case, and of the notice and the discussion about its child, whose time went by."""
    models = {each.model for each in DEADLINES.values() if issubclass(each.model, OfAnOnlineCase)}
    records = [row.pk for model in models for row in model.objects.filter(online_case=case)]
    sent = Delivery.objects.filter(disclosure__record__in=[child.ppn_id, child.strategy_id, *records])
    about = [case.pk, child.ppn_id, child.strategy_id, *records, *sent.figures().values_list("pk", flat=True)]
    late = Escalation.objects.filter(clock__record__in=about, due_at__gte=F("clock__due_at"))
    return late.values_list("clock__deadline", "due_at")


# One of each thing that people of initial contact will want to see, in a town of any size


def running(code: str) -> Any:
    """Incidents on which this clock runs."""
    return Incident.objects.filter(pk__in=Clock.running().filter(deadline=code).values("record"))


def test_late_with_a_child_and_nobody_has_assessed_the_risk_again():
    late = Incident.objects.filter(attend_by__lt=now(), child="yes", grade="G2", state="awaiting_resource")
    assert late.filter(reassessed_at=None, pk__in=running("K4").figures().values("pk")).count() >= 3
    assert late.filter(last_contact_at=None, pk__in=running("K5").figures().values("pk")).exists()


def test_a_silent_call_is_immediate_for_what_is_known_of_the_number():
    silent = Incident.objects.get(channel="silent_999")
    marker = PlaceMarker.objects.get(number=silent.caller_number)
    assert (silent.grade, marker.kind) == ("G1", "high_risk_da")
    assert "high-risk domestic abuse" in silent.urgent_because


def test_officers_are_warned_of_the_house_they_are_called_to():
    marker = PlaceMarker.objects.get(kind="weapons")
    assert running("FIM").filter(address=marker.address).exists()


def test_a_caller_who_rang_again_and_one_who_is_not_reached_ask_for_a_new_look():
    again = running("K6").get(caller_number__endswith="900456")
    assert Incident.objects.filter(repeat_of=again).exists()
    assert running("K5R").filter(grade="G2", failed_attempts=3).exists()


def test_of_the_decisions_on_resources_one_waits_one_stands_and_one_has_run_out():
    assert running("FIM").filter(resources_decided_at=None).exists()
    assert running("FIMX").filter(resources_until__gt=now()).exists()
    assert running("FIMX").filter(resources_until__lt=now()).exists()


def test_one_handover_waits_too_long_and_one_was_accepted():
    offered = Incident.objects.filter(offered_to__username="tess")
    assert (offered.count(), running("HO").filter(pk__in=offered.figures().values("pk")).count()) == (3, 3)
    assert Clock.running().filter(deadline="HO", due_at__lt=now()).count() == 1
    assert Step.objects.filter(transition="triage.accept_handover").count() == 1


def test_the_hub_has_second_looks_a_silent_picture_and_what_was_sent_back_twice():
    assert Incident.objects.filter(state="second_look", owner__username="tess").count() == 3
    images = Incident.objects.get(what_happened__contains="picture of her is being passed round")
    assert (images.state, images.specialist_note, images.child) == ("in_triage", "", "yes")
    assert Incident.objects.filter(bounces__gte=2, state="in_triage").exists()
    assert Incident.objects.exclude(reopened_at=None).get().state == "in_triage"
    assert Incident.objects.get(state="duplicate_linked").repeat_of.state == "awaiting_resource"


def test_callers_not_reached_three_times_wait_for_a_supervisors_decision():
    assert running("K14").filter(failed_attempts=3, first_contact_at=None, state="accepted").count() >= 2


def test_other_teams_have_work_that_nobody_has_taken_on():
    others = Incident.objects.filter(state="allocated").exclude(destination="resolution")
    assert Counter(each.owner.username for each in others) == {"noor": 2, "dina": 1}


def test_a_child_was_heard_a_brother_was_not_seen_and_there_is_no_notice():
    incident = running("K8").get(what_happened__contains="a bruise and a story that changed", attended_by__isnull=False)
    heard = {voice.seen: voice for voice in ChildVoice.objects.filter(incident=incident)}
    assert all([heard["yes"].own_words, heard["yes"].wants, heard["no"].who_will])
    assert incident.child_seen_at is None
    assert Clock.running().get(deadline="K8", record=incident.pk).due_at < now()


def test_domestic_abuse_was_asked_about_and_each_line_of_a_thrive_has_a_level():
    assert AbuseQuestions.objects.exclude(abuse_before="not_known").exists()
    first = Thrive.objects.filter(trigger="initial")
    assert sum(line != "Not known" for each in first for _, line, _ in each.lines()) > 3 * first.count()


def test_the_units_belong_to_two_teams_and_some_are_free():
    assert {unit.team.name for unit in Unit.objects.select_related("team")} == {"Response team A", "Response team B"}
    late = Incident.objects.filter(state="awaiting_resource", grade="G2").first()
    assert suggest(late, now())


def test_everybody_of_the_cast_finds_work_on_their_first_page(client):
    shares = {}
    for player in CAST:
        client.force_login(User.objects.get(username=player.username))
        page = client.get("/").context
        shares[player.username] = [share.total for share in [*page["needs_me"], *page["holds_up"]]]
    assert [name for name, totals in shares.items() if not sum(totals)] == []


# Signing in


def test_the_cast_can_sign_in_with_the_password_that_was_made_and_nobody_else_can(small_town, settings):
    settings.PASSWORD_HASHERS = QUICK_HASHES
    words = (small_town.run / "demo-password").read_text()
    assert {player.username for player in CAST if authenticate(username=player.username, password=words)} == {
        player.username for player in CAST
    }
    assert authenticate(username="cora", password="cora") is None
    assert not any(User.objects.get(username=each.username).has_usable_password() for each in COLLEAGUES)


def test_the_first_line_says_whom_to_sign_in_as(small_town, capsys, monkeypatch):
    monkeypatch.setenv("LONGSTOP_RUN", str(small_town.run))
    call_command("demo_people")
    first, *everybody = capsys.readouterr().out.splitlines()
    assert first.startswith("cora (MASH co-ordinator), sam (MASH sergeant, away: ines covers), ")
    assert first.endswith(f" - password {password.kept()}")
    assert len(first) < 250
    assert len(everybody) == len(CAST) + len(agency_people.PEOPLE)
    assert any("Designated safeguarding lead" in line for line in everybody)


def test_something_waits_for_the_people_of_agencies_who_can_sign_in(small_town, settings):
    settings.PASSWORD_HASHERS = QUICK_HASHES
    words = (small_town.run / "demo-password").read_text()
    for username, *_ in agency_people.PEOPLE:
        person = authenticate(username=username, password=words)
        with acting(person):
            assert [each for each in Delivery.objects.all() if asked_of(each)], username


# The clock


@pytest.fixture
def moved_back() -> Iterator[None]:
    yield
    freeze(MONDAY)


@pytest.mark.usefixtures("moved_back")
def test_a_day_later_the_next_sweep_tells_more_people(capsys):
    before = Escalation.objects.count()
    assert sweep() == 0
    call_command("move_clock", "--hours", "24")
    assert capsys.readouterr().out == "For Longstop it is now Tuesday 3 March 2026, 09:00.\n"
    assert sweep() > 0
    assert Escalation.objects.count() > before


@pytest.mark.usefixtures("moved_back")
def test_days_hours_and_minutes_add_up_and_it_can_go_back_to_the_time_of_day():
    call_command("move_clock", "--days", "1", "--hours", "1.5", "--minutes", "30")
    assert now() == MONDAY + timedelta(hours=26)
    call_command("move_clock", "--back-to-now")
    assert abs(now() - real_now()) < timedelta(minutes=1)


def counts() -> dict[str, int]:
    models = [model for model in our_models() if not issubclass(model, LedgerRow)]
    return {model._meta.label: model._default_manager.count() for model in models}


def real_now() -> Any:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]

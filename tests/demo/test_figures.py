"""The whole demo, once: what the inspectors counted in June 2022, and words they could have read.

Seeding all of it takes ten minutes; `tests/demo/test_small_town.py` seeds by the same code in one. The whole:
LONGSTOP_LONG=1 make test PYTEST_ARGS="-n 0 THIS_FILE"
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, EmailField, JSONField, TextField

from access.guarded import Guarded
from access.time import now
from accounts.models import Absence
from demo.figures import KIRAT_LEVELS
from offenders.board import lines_of
from offenders.models import (
    OURS,
    Approval,
    ChildContact,
    HubTask,
    Nominal,
    OffenderDisclosure,
    Spell,
    Travel,
)
from online.models import LadoReferral, LinkedChild, Occupant, OnlineCase, SharedImage, Suspect
from online.wall import lines_of as lines_of_online
from partners.models import Agency
from ppn import backlog
from ppn.models import WAITING_FOR_REVIEW, Ppn, Subject
from quality.models import Recommendation, Sample, ScrutinyPaper
from sla.models import Clock
from triage.backlog import queues
from triage.models import ChildVoice, Incident, Thrive, Unit
from workflow.models import Step

# Seeding all of it would be a large share of every run; test_small_town.py seeds a smaller force by the same code.
pytestmark = [
    pytest.mark.skipif(not os.environ.get("LONGSTOP_LONG"), reason="the whole demo takes ten minutes: LONGSTOP_LONG=1"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("whole_town", "seeing_all"),
]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_694_notices_wait_for_review_and_14_of_them_have_been_taken():
    assert Counter(ppn.state for ppn in waiting()) == {"submitted": 680, "under_research": 14}
    assert {ppn.taken_by.username for ppn in waiting() if ppn.taken_by} == {"cora", "cole"}


def test_the_oldest_has_waited_almost_eleven_days():
    assert timedelta(days=10) < now() - min(ppn.submitted_at for ppn in waiting()) < timedelta(days=11)


def test_the_further_back_the_fewer_still_wait():
    ages = Counter((now() - ppn.submitted_at).days for ppn in waiting())
    assert max(ages) == 10
    assert 90 < ages[0] < 150
    assert sum(ages[day] for day in range(4)) > sum(ages[day] for day in range(4, 11))


def test_six_in_ten_concern_a_child_and_of_one_in_seven_nobody_knows():
    share = {child: number / 694 for child, number in Counter(ppn.child for ppn in waiting()).items()}
    assert share["yes"] == pytest.approx(0.60, abs=0.05)
    assert share["not_known"] == pytest.approx(0.15, abs=0.04)


def test_kinds_and_grades_are_those_of_a_year():
    assert sum("domestic_abuse" in ppn.types for ppn in waiting()) / 694 == pytest.approx(0.45, abs=0.05)
    assert sum(ppn.grade == "red" for ppn in waiting()) / 694 == pytest.approx(0.25, abs=0.05)
    late = [ppn for ppn in waiting() if ppn.submitted_at - ppn.first_known_at > timedelta(hours=24)]
    assert len(late) / 694 == pytest.approx(0.125, abs=0.05)


def test_some_notices_have_got_further():
    of_online_cases = [*LinkedChild.objects.figures().values("ppn"), *SharedImage.objects.figures().values("ppn")]
    others = Ppn.objects.exclude(pk__in=[each["ppn"] for each in of_online_cases if each["ppn"]])
    assert others.filter(state="risk_assessed").count() == 25
    filed, shared = others.filter(state="filed"), others.filter(state="shared")
    opened_again = shared.exclude(reopened_at=None).count()  # by a new notice about the child
    assert shared.count() - opened_again == 21  # one of them restricted
    assert filed.count() + opened_again == 30
    assert {ppn.strategy_decision for ppn in Ppn.objects.filter(state="filed")} == {"requested", "held", "not_needed"}


def test_every_notice_that_says_a_child_is_involved_names_the_child():
    for ppn in Ppn.objects.prefetch_related("subjects"):
        children = [subject for subject in ppn.subjects.all() if subject.is_child]
        assert bool(children) == (ppn.child == "yes")


def test_400_incidents_are_in_the_triage_hub_and_a_few_concern_a_child():
    hub = list(Incident.objects.filter(state="in_triage"))
    assert len(hub) == 400
    assert {incident.grade for incident in hub} == {"G3", "G4"}
    children = Counter(incident.child for incident in hub)
    assert 20 < children["yes"] < 60
    assert children["not_known"] > 20


def test_696_are_in_the_resolution_centre_and_the_oldest_has_had_nobodys_name_on_it_for_23_days():
    by_phone = list(Incident.objects.filter(state__in=["allocated", "accepted"], destination="resolution"))
    nobodys = [incident for incident in by_phone if incident.state == "allocated"]
    assert (len(by_phone), len(nobodys)) == (696, 310)
    assert (now() - min(incident.reported_at for incident in nobodys)).days == 23
    assert {incident.grade for incident in by_phone} == {"G4"}
    assert all(incident.owner_id for incident in by_phone)


def test_callers_wait_about_five_days_for_a_first_contact_and_less_where_there_is_a_child():
    reached = Incident.objects.filter(state="accepted").exclude(first_contact_at=None)
    waited = {
        child: [each.first_contact_at - each.reported_at for each in reached if each.child == child]
        for child in ("yes", "no")
    }
    assert 4 * DAY < median(waited["no"]) < 6 * DAY
    assert median(waited["yes"]) < 2 * DAY
    assert min(len(each) for each in waited.values()) > 10


def test_what_risk_sits_in_each_queue_can_be_said():
    said = {queue.line.name: {part.name: part.total for part in queue.parts} for queue in queues(now())}
    hub, phone = said["Triage hub"], said["Resolution centre, nobody has it"]
    assert min(*hub.values(), phone["Child"], phone["Not known"], phone["No child"]) > 0
    assert sum(hub.values()) == 400 + Incident.objects.filter(state="second_look").count()
    assert sum(phone.values()) == 310


def test_there_is_one_of_each_thing_that_somebody_will_want_to_try():
    running = Counter(Clock.running().values_list("deadline", flat=True))
    assert {
        "FIM",
        "FIMX",
        "HO",
        "K4",
        "K5",
        "K5R",
        "K6",
        "K7",
        "K8",
        "K11",
        "K12",
        "K13",
        "K14",
        "K15",
    } <= running.keys()
    silent = Incident.objects.get(channel="silent_999")
    assert (silent.grade, silent.grade_initial, silent.owner is not None) == ("G1", "G1", True)
    assert Incident.objects.filter(state="second_look").count() == 3
    assert Incident.objects.filter(bounces=2).exists()
    assert Incident.objects.exclude(reopened_at=None).exists()
    assert Incident.objects.filter(state="duplicate_linked").exists()
    assert ChildVoice.objects.filter(seen="yes").exists()
    assert ChildVoice.objects.filter(seen="no").exists()
    assert Unit.objects.filter(on_duty_until__gt=now()).count() == 14


def test_sixty_priority_calls_wait_and_25_of_them_are_late_some_never_assessed_again():
    calls = list(Incident.objects.filter(grade__in=["G1", "G2"], state__in=["awaiting_resource", "assigned"]))
    late = [call for call in calls if call.attend_by < now()]
    assert (len(calls), len(late)) == (60, 25)
    never = sum(call.reassessed_at is None for call in late)
    assert 5 <= never <= 20
    assert any(call.state == "assigned" for call in calls)


def test_of_the_g2_calls_attended_in_the_last_day_54_per_cent_were_in_the_hour():
    attended = Incident.objects.filter(grade="G2", attended_at__gt=now() - 24 * HOUR)
    in_time = [call for call in attended if call.attended_at - call.reported_at <= HOUR]
    assert round(100 * len(in_time) / len(attended)) == 54
    assert all(call.reported_at > now() - 24 * HOUR for call in attended)


def test_some_children_at_risk_were_seen_and_still_have_no_notice():
    running = Clock.running().filter(deadline="K8")
    assert any(clock.due_at > now() for clock in running)
    assert any(clock.due_at < now() for clock in running)
    assert Ppn.objects.exclude(arises_from=None).exists()


def test_2346_registered_sex_offenders_and_784_others_are_managed_about_80_by_each_manager():
    managed = list(Nominal.objects.filter(state__in=OURS))
    assert sum(each.is_registered for each in managed) == 2346
    assert sum(not each.is_registered for each in managed) == 784
    loads = Counter(each.manager_id for each in managed)
    assert len(loads) == 39
    assert 79 <= min(loads.values()) <= max(loads.values()) <= 83
    risks = Counter(each.risk for each in managed)
    assert risks["low"] / len(managed) == pytest.approx(0.50, abs=0.04)
    assert risks["very_high"] / len(managed) == pytest.approx(0.02, abs=0.01)


def test_993_approvals_wait_for_sergeants_two_of_whom_are_on_leave():
    waiting = list(Approval.objects.filter(state="waiting"))
    assert Counter(each.what for each in waiting) == {"visit": 620, "assessment": 280, "plan": 93}
    assert 20 * DAY < now() - min(each.submitted_at for each in waiting) < 25 * DAY
    away = {absence.person.username for absence in Absence.at(now()).select_related("person")}
    assert {"stella", "offendersgt1"} <= away


def test_195_tasks_wait_in_the_visor_hub():
    waiting = list(HubTask.objects.exclude(state="closed"))
    assert len(waiting) == 195
    assert {"annual", "travel_out", "transfer_in", "release", "weekly"} <= {each.kind for each in waiting}
    assert sum(each.due_at < now() for each in waiting) > 60
    assert min(each.received_at for each in waiting) > now() - 25 * DAY


def test_each_way_in_which_an_offender_was_lost_sight_of_is_there_once():
    found = {line.code: line.count for line in lines_of(now())}
    for code in ("approver_away", "approval_late"):
        assert found[code] > 0
    assert Spell.objects.filter(state="going_on", release_due_at__lt=now()).count() == 1
    assert ChildContact.objects.filter(state="learned", discovered_at__lt=now() - 4 * DAY).exists()
    assert Travel.objects.filter(state="notified", departs_at__lt=now() + DAY).count() == 1
    assert OffenderDisclosure.objects.get().state == "proposed"


MONTH = timedelta(days=24)
"""As far back as the demo goes."""


def test_50_online_referrals_a_month_at_the_levels_of_a_year_most_of_them_in_time():
    recent = list(OnlineCase.objects.filter(received_at__gt=now() - MONTH))
    assert len(recent) == 40
    senders = Counter(case.sender for case in recent)
    assert senders["nca"] > 20
    assert {"nca", "other_force", "peer_to_peer", "public"} <= senders.keys()
    levels = Counter(case.kirat for case in recent if case.kirat)
    for level, share in KIRAT_LEVELS.items():
        assert levels[level] / levels.total() == pytest.approx(share / 100, abs=0.1)
    late = Clock.running().filter(deadline__startswith="OC", due_at__lt=now(), record__in=[case.pk for case in recent])
    assert late.values("record").distinct().count() <= 5


def test_of_those_suspected_online_15_in_100_work_with_children_and_10_are_managed_offenders():
    suspects = Occupant.objects.filter(is_suspect="yes")
    works, managed = suspects.filter(works_with_children="yes"), suspects.exclude(known_offender="")
    assert works.count() / suspects.count() == pytest.approx(0.15, abs=0.05)
    assert managed.count() / suspects.count() == pytest.approx(0.10, abs=0.05)
    told = LadoReferral.objects.filter(occupant__in=works.figures().values("pk"))
    assert told.count() == works.count()


def test_for_each_online_arrest_there_are_1_2_to_1_6_children():
    arrests = Suspect.objects.exclude(arrested_at=None)
    children = LinkedChild.objects.filter(online_case__in=arrests.figures().values("online_case"))
    assert 1.1 < children.count() / arrests.count() < 1.7


def test_of_25_reports_a_month_of_images_shared_online_nine_in_ten_end_without_a_court():
    reports = list(SharedImage.objects.filter(reported_at__gt=now() - MONTH))
    assert len(reports) == 20
    ended = Counter(report.outcome for report in reports if report.state == "resolved")
    assert ended.keys() == {"21", "22"}
    assert ended["21"] / ended.total() == pytest.approx(0.9, abs=0.06)
    assert all(report.seen_at for report in reports if report.state == "resolved")


def test_each_way_of_losing_sight_of_a_child_in_an_online_case_is_there_once():
    found = {line.code: line.count for line in lines_of_online(now())}
    once = ("stalled", "kirat", "kirat_first", "work", "shut", "owed", "lado_due", "bail_soon", "bail_lapsed")
    once += ("plan_missing", "online_rows", "online_transfers", "image_phone", "image_wider")
    assert {code: found[code] for code in once} == dict.fromkeys(once, 1)
    ages = ["online_month", "online_two_months", "online_three_months"]
    assert [found[age] for age in ages] == [3, 2, 1]
    assert found["upload_late"] == 2  # devices of one case
    for code in ("online_not_visible", "kirat_again", "no_notice", "no_discussion", "image_unseen"):
        assert found[code] >= 1
    twice = OnlineCase.objects.filter(identifiers__plain="brown.hare.72")
    assert Counter((case.sender, case.state) for case in twice) == {
        ("nca", "researching"): 1,
        ("other_force", "researching"): 1,
    }


def test_nothing_happened_after_now_and_every_level_reached_has_been_raised():
    assert not Step.objects.filter(at__gt=now()).exists()
    assert not Clock.running().filter(next_at__lt=now()).exists()


# What is written

PAGE = 25
AVOIDED = [
    r"juveniles?",
    r"youths?",
    r"minors?",
    r"put (them|him|her)sel(f|ves) at risk",
    r"poor relationship choices",
    r"trouble-?makers?",
    r"money mules?",
    r"promiscu\w+",
    r"lifestyle choices?",
    r"(child )?prostitut\w+",
    r"associat(es|ed|ing) with",
    r"spending time with",
    r"in a relationship with",
    r"refus(es|ed|ing) to (engage|say|talk|speak)",
    r"non-?complian\w+",
    r"(not|never) disclos\w+",
    r"schedule one",
    r"perpetrators?",
    r"child porn\w*",
    r"selfies?",
    r"alleged victims?",
    r"complainants?",
    r"witness to",
    r"exposed to",
    r"(did not|didn't|failed to) attend",
    r"case conferences?",
    r"registers?",
    r"backlog items?",
    r"ageing assets?",
    r"attention.seeking",
    r"streetwise",
]
MAIL = re.compile(r"\S+@\S+")
DIGITS = re.compile(r"\+?\d[\d ]{8,}\d")
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of a record, in an address: may be all figures
# Ofcom's numbers for drama, as they are written and as they are compared: they ring nowhere.
DRAMA = re.compile(r"07700 900\d{3}|7700900\d{3}|01632 960\d{3}")


def test_no_word_to_avoid_is_used():
    avoided = re.compile(rf"\b({'|'.join(AVOIDED)})\b", re.IGNORECASE)
    assert [text for text in everything_written() if avoided.search(text)] == []


def test_no_telephone_number_rings_and_no_mail_arrives():
    written = list(everything_written())
    numbers = [number for text in written for number in DIGITS.findall(KEY.sub("", text))]
    assert [number for number in numbers if not DRAMA.fullmatch(number)] == []
    assert any(DRAMA.search(text) for text in written)
    assert all(re.search(r"\.example\b", mail) for text in written for mail in MAIL.findall(text))
    assert all(agency.mailbox.endswith(".example") for agency in Agency.objects.all())
    assert Agency.objects.filter(kind="social_care").count() == 4


def test_a_sergeant_does_not_read_the_same_sentence_again_and_again():
    notices = sorted(waiting(), key=lambda ppn: (ppn.due_at, ppn.pk))
    for first in range(0, len(notices), PAGE):
        page = [ppn.narrative for ppn in notices[first : first + PAGE]]
        assert len(set(page)) == len(page)
        sentences = Counter(sentence for text in page for sentence in re.split(r"(?<=[.?!”]) ", text))
        assert max(sentences.values()) <= 5, sentences.most_common(1)


def test_every_gap_in_a_text_was_filled():
    assert [text for text in everything_written() if "{" in text or "}" in text] == []


def waiting() -> list[Ppn]:
    return list(Ppn.objects.filter(state__in=WAITING_FOR_REVIEW).select_related("taken_by"))


def everything_written() -> Iterator[str]:
    """Every text of every record about somebody."""
    models = [model for model in apps.get_models() if issubclass(model, Guarded)]
    assert {Ppn, Subject, Incident, Thrive} <= set(models)
    for model in models:
        names = [
            field.name
            for field in model._meta.fields
            if isinstance(field, CharField | TextField | EmailField | JSONField)
        ]
        for record in model._default_manager.all():
            yield from (text for name in names for text in texts_in(getattr(record, name)))


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in texts_in(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in texts_in(each))


def test_what_waits_decomposes_by_grade_age_children_and_what_nobody_has_opened():
    everything, *grades = backlog.lines(now())
    rows = waiting()
    assert (everything.total, everything.never_opened) == (694, 680)
    assert sum(grade.total for grade in grades) == 694
    assert sum(count for _, count in everything.by_age) == 694
    assert everything.oldest == min(ppn.submitted_at for ppn in rows)
    assert everything.children == Subject.objects.filter(part="child", ppn__in=[ppn.pk for ppn in rows]).count()
    assert 0 < everything.high_risk_never_opened <= everything.high_risk < 694
    for grade in grades:
        assert sum(count for _, count in grade.by_age) == grade.total


def test_half_as_many_notices_were_drawn_as_are_meant_to_be_because_so_many_wait():
    drawn = Sample.objects.filter(kind="dip_sample")
    assert {(each.whose.username, each.size_asked) for each in drawn} == {("cora", 3), ("cole", 3)}
    assert all("notices waited for review, more than 300" in each.halved_because for each in drawn)


def test_six_recommendations_one_red_and_a_meeting_with_two_findings():
    assert Counter(each.rag for each in Recommendation.objects.all()) == {"green": 3, "amber": 2, "red": 1}
    assert ScrutinyPaper.objects.filter(state="found").count() == 2

"""Strategy meetings of the period and their minutes; audits; training; recommendations; who had how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from access.actor import acting
from accounts.models import User
from insight.evidence import Span, section
from insight.evidence_chronology import Posts
from insight.evidence_kinds import COUNTS
from insight.evidence_tables import Holds, Journey, Table, columns
from offenders.models import OURS, Nominal
from online.models import OPEN as ONLINE_OPEN
from online.models import OnlineCase
from ppn.models import Ppn
from quality.models import (
    EvidenceItem,
    ImprovementAction,
    LearningAction,
    Recommendation,
    Review,
    Sample,
    TrainingDue,
)
from strategy.models import StrategyMeeting
from strategy.views.paper import paper_of
from triage.codes import OPEN as INCIDENT_OPEN
from triage.models import Incident


@section("strategy-minutes", "Strategy meetings and their minutes", lists_records=True)
def minutes(span: Span) -> Iterator[Table]:
    said = columns(
        "Meeting", "Asked for", "Held", "State", "Without", "Part", "Who or what", "Said",
        who_or_what=Holds.WORDS, said=Holds.WORDS,
    )  # fmt: skip
    held = span.may_be_seen(
        "Strategy meetings of the period",
        lambda: StrategyMeeting.objects.filter(requested_at__gte=span.begins, requested_at__lt=span.ends),
    )
    rows = [row for meeting in held.select_related("authority").order_by("requested_at", "pk") for row in _of(meeting)]
    lead = "Every meeting that was asked for in the period and may be seen by whoever prepared this."
    yield Table("sections/strategy-minutes", "Strategy meetings and their minutes", said, rows, Journey.DECIDING, lead)


def _of(meeting: StrategyMeeting) -> Iterator[list[Any]]:
    first = [
        meeting.reference, meeting.requested_at, meeting.held_at or "Not held", meeting.get_state_display(),
        meeting.without or "Nobody",
    ]  # fmt: skip
    paper = paper_of(meeting)
    yield [*first, "Why it was asked for", "", meeting.why]
    for each in paper.attendees:
        was = "was there" if each.was_there else "sent apologies"
        yield [*first, "Who was there", f"{each.name}, {each.role}, {each.agency}", was]
    for decided in paper.decisions:
        yield [*first, "Decided", decided.what, decided.because]
    for action in paper.actions:
        yield [*first, "To be done", action.who, f"{action.what}, by {action.by_when}. {action.done}"]
    if paper.notes:
        yield [*first, "Minutes", "", paper.notes]


@section("audits", "Audits, and what was learned", lists_records=True)
def audits(span: Span) -> Iterator[Table]:
    said = columns("Sample", "Of", "Drawn", "From", "Size", "Seed", "State", "Reviewed", "Graded")
    rows = []
    samples = span.may_be_seen(
        "Samples drawn in the period",
        lambda: Sample.objects.filter(drawn_at__gte=span.begins, drawn_at__lt=span.ends),
    )
    for drawn in samples.order_by("drawn_at", "pk"):
        reviews = list(Review.objects.filter(sample=drawn.pk))
        done = [each for each in reviews if each.reviewed_at and each.reviewed_at <= span.at]
        grades = Counter(each.get_grade_display() for each in done if each.grade)
        graded = "; ".join(f"{grade}: {many}" for grade, many in sorted(grades.items())) or "None yet"
        rows.append([
            drawn.reference, f"{drawn.get_kind_display()}, {drawn.get_of_display()}", drawn.drawn_at,
            len(drawn.drawn_from), drawn.size_drawn, drawn.seed, drawn.get_state_display(),
            f"{len(done)} of {len(reviews)}", graded,
        ])  # fmt: skip
    yield Table("sections/audits", "Samples that were drawn and reviewed", said, rows, lead="Reviews of the period.")
    said = columns("Found in", "Theme", "What", "Owner", "Opened", "Done", "State", what=Holds.WORDS, owner=Holds.STAFF)
    opened = span.may_be_seen(
        "What was to change because of what was found", lambda: LearningAction.objects.filter(opened_at__lt=span.ends)
    )
    rows = [
        [each.found_in or "The theme itself", str(each.theme), each.what, str(each.owner), each.opened_at,
         each.done_at or "Not done", each.get_state_display()]
        for each in opened.select_related("theme", "owner").order_by("opened_at", "pk")
    ]  # fmt: skip
    yield Table("sections/learning", "What was to change because of what was found", said, rows)


@section("training", "Training")
def training(span: Span) -> Iterator[Table]:
    said = columns("Course", "Post", "Required of", "Up to date", "Overdue", "Never taken")
    posts, counted = Posts(), Counter[tuple[str, str, str]]()
    dues = span.may_be_seen(
        "Training that somebody has to take", lambda: TrainingDue.objects.exclude(state=TrainingDue.State.OFF)
    )
    for due in dues.select_related("course"):
        late = due.due_at is not None and due.due_at < span.at
        held = "never" if due.taken_on is None else "late" if late else "current"
        counted[(str(due.course), posts.of(due.person_id, span.at), held)] += 1
    keys = sorted({(course, post) for course, post, _ in counted})
    rows = [
        [course, post, sum(counted[(course, post, held)] for held in ("current", "late", "never")),
         *(counted[(course, post, held)] for held in ("current", "late", "never"))]
        for course, post in keys
    ]  # fmt: skip
    lead = "Of everybody whose training whoever prepared this may see."
    yield Table("sections/training", "Required training by post", said, rows, lead=lead)


@section("recommendations", "Recommendations and the evidence for them")
def recommendations(span: Span) -> Iterator[Table]:
    said = columns(
        "Recommendation", "Report", "Number", "Title", "State", "Due", "Rating", "Responsible", "Evidence",
        "Where it is", "Dated", responsible=Holds.STAFF,
    )  # fmt: skip
    rows: list[list[Any]] = []
    known = span.may_be_seen("Recommendations", Recommendation.objects.all)
    for each in known.select_related("sro").order_by("published_on", "number", "pk"):
        sro = str(each.sro) if each.sro else "Nobody yet"
        first = [
            each.reference, each.source, each.number, each.title, each.get_state_display(), each.due_on,
            each.get_rag_display() or "Not rated yet", sro,
        ]  # fmt: skip
        shown = list(EvidenceItem.objects.filter(recommendation=each.pk).order_by("dated_on", "pk"))
        rows += [[*first, item.what, item.where_it_is, item.dated_on] for item in shown]
        rows += [] if shown else [[*first, "No evidence yet", "", ""]]
    yield Table("sections/recommendations", "Recommendations and the evidence for them", said, rows)
    said = columns("Action", "For", "What", "Whose", "Given", "Due", "State", what=Holds.WORDS, whose=Holds.STAFF)
    given = span.may_be_seen("What is done to get better", ImprovementAction.objects.all)
    actions = given.select_related("recommendation", "owner", "agency").order_by("given_at", "pk")
    rows = [
        [each.reference, str(each.recommendation or "The scrutiny group"), each.what, each.whose, each.given_at,
         each.due_on, each.get_state_display()]
        for each in actions
    ]  # fmt: skip
    yield Table("sections/improvement", "What is done to get better", said, rows)


@section("workload", "Who had how much")
def workload(span: Span) -> Iterator[Table]:
    said = columns("Who", "Their post then", "Work", "How much", who=Holds.STAFF)
    posts, names = Posts(), {user.pk: str(user) for user in User.objects.all()}
    with acting(COUNTS, apart=True):
        counted = {
            "Managed offenders": Counter(_keys(Nominal.objects.filter(state__in=OURS), "manager")),
            "Notices under review": Counter(_keys(Ppn.objects.filter(state="under_research"), "taken_by")),
            "Open incidents": Counter(_keys(Incident.objects.filter(state__in=INCIDENT_OPEN), "owner")),
            "Open cases of online abuse, to research": Counter(
                _keys(OnlineCase.objects.filter(state__in=ONLINE_OPEN), "researcher")
            ),
            "Open cases of online abuse, to investigate": Counter(
                _keys(OnlineCase.objects.filter(state__in=ONLINE_OPEN), "investigator")
            ),
        }
    rows = [
        [names[person], posts.of(person, span.at), work, many]
        for work, people in counted.items()
        for person, many in sorted(people.items(), key=lambda each: (-each[1], each[0]))
        if person is not None
    ]
    lead = "At the moment of the pack, of all records, also those that whoever prepared this may not see."
    yield Table("sections/workload", "Who had how much", said, rows, lead=lead)


def _keys(rows: Any, field: str) -> list[int]:
    return list(rows.figures().values_list(field, flat=True))

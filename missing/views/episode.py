"""One missing child: what runs out, who thought what of the risk, what was done, what is still owed."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import RecordPage
from missing import workflow
from missing.codes import CHECKS, MISSING, Harm, NeedsMeeting, State
from missing.models import (
    DailyDecision,
    Enquiry,
    Episode,
    PlanAction,
    PreventionInterview,
    Reassessment,
    Review,
    RiskAnswer,
    RiskDecision,
    SystemCheck,
)
from missing.needs import after_a_day, may_need_a_meeting
from missing.rows import KINDS, risk_in_words, warnings
from missing.showing import interview_of, notices_of
from missing.views.report import known_of
from ppn.models import Ppn
from ppn.origins import origin_of
from sla.work import clocks_of, timeline_of
from strategy.showing import meetings_about
from workflow.transitions import Transition
from workflow.views import actions_for

Offered = list[tuple[Transition[Any, Any], str, str]]
FIRST: Offered = [
    (workflow.log_enquiry, "Log an enquiry", "episode-enquiry"),
    (workflow.grade, "Grade it", "episode-grade"),
    (workflow.reassess, "Re-assess the risk", "episode-reassess"),
    (workflow.attend, "An officer is there", "episode-attend"),
    (workflow.assess, "Assess the risk", "episode-assess"),
    (workflow.ratify, "Ratify, and set the plan", "episode-ratify"),
    (workflow.review, "Review", "episode-review"),
    (workflow.found, "The child is found", "episode-found"),
    (workflow.interview, "Prevention interview", "episode-interview"),
    (workflow.close, "Close", "episode-close"),
]
MORE: Offered = [
    (workflow.raise_risk, "Raise the risk", "episode-raise"),
    (workflow.lower_risk, "Lower the risk", "episode-lower"),
    (workflow.know_more, "Something more is known", "episode-know-more"),
    (workflow.inspector_review, "Inspector's review", "episode-inspector-review"),
    (workflow.long_review, "Superintendent's review", "episode-long-review"),
    (workflow.missing_for_long, "Missing for long", "episode-long-term"),
    (workflow.tell_ukmpu, "UK Missing Persons Unit told", "episode-ukmpu"),
    (workflow.decide_daily, "Daily management meeting", "episode-daily"),
    (workflow.pass_on, "Hand on", "episode-pass-on"),
    (workflow.no_meeting, "No strategy meeting is needed", "episode-no-meeting"),
    (workflow.offer_transfer, "Offer to another force", "episode-offer"),
    (workflow.transfer_accepted, "The other force accepts", "episode-accepted"),
    (workflow.transfer_refused, "The other force refuses", "episode-refused"),
    (workflow.let_nobody_see, "No officer sees the child", "episode-nobody-sees"),
    (workflow.recorded_in_error, "Recorded in error", "episode-in-error"),
]


class EpisodePage(RecordPage):
    """Everything about one episode, and everything that can be done with it now."""

    may = Can.SEE_MISSING
    template_name = "missing/episode.html"

    def get_queryset(self) -> QuerySet[Episode]:
        people = ("owner", "graded_by", "attended_by", "assessed_by", "ratified_by", "found_recorded_by", "reported_by")
        return Episode.objects.select_related("person", "case", "team", "host", "responsible", *people)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        episode: Episode = self.object
        user: Any = self.request.user
        acts, at = user.acts(), now()
        return super().get_context_data(
            now=at,
            heading=str(episode.person),
            reference=episode.reference,
            child="yes",
            grade=None,
            state=State(episode.state).label,
            state_kind=KINDS[State(episode.state)],
            risk=risk_in_words(episode),
            alerts=warnings(episode, at),
            actions=offered(episode, user, FIRST),
            more=offered(episode, user, MORE),
            origin=origin_of(episode.arises_from),
            harm=[str(Harm(each).label) for each in episode.harm],
            **written(episode),
            **self._known(episode),
            **interview_of(episode),
            **notices_of(episode),
            **meetings_about(episode),
            meeting_needs=needs_in_words(episode, at),
            may_give=Can.SEARCH_FOR_MISSING in acts and episode.is_missing,
            notice_url=notice_url(episode) if Can.SUBMIT_PPN in acts else "",
            clocks=clocks_of(episode),
            missing=missing(episode),
            missing_step="close this episode",
            timeline=timeline_of(episode),
            **context,
        )

    def _known(self, episode: Episode) -> dict[str, Any]:
        known = known_of(episode.person, but_not=episode.pk)
        # That the child is missing now is what the page is about.
        known["markers"] = [each for each in known["markers"] if each.url != episode.get_absolute_url()]
        return {name: fact for name, fact in known.items() if name != "household"}


def offered(episode: Episode, user: Any, steps: Offered) -> list[dict[str, str]]:
    """What this person can do with it now, without what makes no sense yet."""
    left = senseless(episode)
    return [each for each in actions_for(episode, user, [s for s in steps if s[2] not in left]) if not each["why_not"]]


def senseless(episode: Episode) -> set[str]:
    found = set()
    if not episode.transfer_offered_at:
        found |= {"episode-accepted", "episode-refused"}
    else:
        found |= {"episode-offer"}
    if episode.assessed_at is None:
        found |= {"episode-ratify"}
    if episode.ukmpu_told_at:
        found |= {"episode-ukmpu"}
    else:
        found |= {"episode-long-term"}
    if episode.risk == "high":
        found |= {"episode-raise"}
    if episode.risk in ("very_low", "not_known"):
        found |= {"episode-lower"}
    asks, answered = episode.needs_meeting_at, episode.no_meeting_at
    if not asks or asks > now() or (answered and answered >= asks):
        found |= {"episode-no-meeting"}
    return found


def notice_url(episode: Episode) -> str:
    return f"{reverse('ppn-new')}?from={episode.pk}"


def written(episode: Episode) -> dict[str, Any]:
    """Every row beside it, the newest first; of the questions the last answer of each."""

    def rows(model: Any, *paths: str) -> list[Any]:
        found = model.objects.filter(episode=episode).select_related("by", *paths)
        return list(found.order_by("-at", "-recorded_at", "-pk"))

    actions = PlanAction.objects.filter(episode=episode).select_related("owner", "ended_by")
    return {
        "answers": last_answers(rows(RiskAnswer)),
        "checks": rows(SystemCheck),
        "judgements": rows(RiskDecision),
        "reassessments": rows(Reassessment),
        "enquiries": rows(Enquiry),
        "reviews": rows(Review),
        "daily": rows(DailyDecision),
        "interviews": rows(PreventionInterview),
        "plan": sorted(actions, key=lambda each: (each.state != PlanAction.State.OPEN, each.due_at)),
        "ppns": list(Ppn.objects.filter(arises_from=episode.pk).order_by("submitted_at")),
    }


def last_answers(rows: list[RiskAnswer]) -> list[RiskAnswer]:
    """The last answer to each question, those answered yes first. Earlier ones stay in the timeline of the record."""
    last: dict[str, RiskAnswer] = {}
    for row in rows:
        last.setdefault(row.question, row)
    order = {"yes": 0, "not_known": 1, "no": 2}
    return sorted(last.values(), key=lambda row: order[row.answer])


def needs_in_words(episode: Episode, at: Any) -> dict[str, Any] | None:
    """What asks for a strategy meeting, where nobody has answered it yet."""
    if not episode.needs_meeting_at or not may_need_a_meeting(episode):
        return None
    a_day_is_over = episode.is_missing and after_a_day(episode) <= at
    so_far = set(episode.needs_meeting) - (set() if a_day_is_over else {NeedsMeeting.A_DAY.value})
    return {
        "reasons": [str(NeedsMeeting(code).label) for code in episode.needs_meeting if code in so_far],
        "is_now": episode.needs_meeting_at <= at,
    }


def missing(episode: Episode) -> list[dict[str, Any]]:
    """What still stands between this child and the closing of the episode."""
    if episode.state not in [*MISSING, *CHECKS]:
        return []
    heard = reverse("episode-interview", args=[episode.pk]) if episode.state == State.FOUND else ""
    return [
        _step("An officer has been there", bool(episode.attended_at), ""),
        _step("The risk is ratified", bool(episode.ratified_at), "By a supervisor who did not assess it"),
        _step("The child is found", bool(episode.found_at), ""),
        _step("The child has been seen and heard", bool(episode.interviewed_at), "", heard),
        _step("PPN", workflow.has_a_ppn(episode), "Or a sergeant says why not", notice_url(episode)),
        *[_step(words, False, "") for words in (workflow.still_needed(episode) if episode.found_at else [])],
    ]


def _step(label: str, done: bool, why: str, url: str = "") -> dict[str, Any]:
    return {"label": label, "done": done, "why": why, "url": "" if done else url}

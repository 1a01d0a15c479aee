"""A notice that a child is missing, or found: sent, or not sent for a reason. Its delivery says whether it arrived."""

from __future__ import annotations

from django.utils import timezone

from access.actor import NotYours, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from encompass.schooling import addressee, is_open
from missing.models import Episode, MissingNotice
from missing.workflow.raising import (
    NOT_SENT,
    OVERTAKEN,
    SENT,
    TO_SEND,
    add_scheme,
    before_the_bell,
    is_live,
    overtaken,
    raise_notice,
    raise_notices,
)
from missing.workflow.telling import notice_in_words
from partners.content import what_may_not_go
from partners.disclose import Grounds, disclose, must_stand
from partners.models import Agency, Basis, Informed
from places.models import School
from workflow.transitions import NotNow, must_say, transition

Whom = MissingNotice.Whom
WHY_NEEDED = {
    Whom.AUTHORITY.value: "To help to find the child, and to be there for the child on the return",
    Whom.SCHOOL.value: "To know it before the child comes to school, and to be there for them (Operation Endeavour)",
}
NOT_TOLD_BECAUSE = "They are told at once: nobody waits until the family has been told"


def usual_grounds(whom: str) -> Grounds:
    """What the page is filled in with. Whoever sends it can say otherwise."""
    return Grounds(Basis.PUBLIC_TASK.value, WHY_NEEDED[whom], Informed.NO_OTHER.value, NOT_TOLD_BECAUSE)


@transition(source=TO_SEND, target=SENT, may=Can.SEARCH_FOR_MISSING)
def send_notice(notice: MissingNotice, *, by: User, grounds: Grounds) -> None:
    """It goes to the authority or the school."""
    if notice.agency is None:
        raise NotNow(f"Nobody has said which {'school' if notice.whom == Whom.SCHOOL else 'authority'} it is for.")
    if notice.agency.closed_at:
        raise NotNow(f"Nothing is sent to {notice.agency} any more: say who is told in its place.")
    must_stand(grounds)
    notice.episode = Episode.objects.select_related("person", "host", "responsible").get(pk=notice.episode_id)
    content = notice_in_words(notice)
    if wrong := what_may_not_go(content):
        raise NotNow(" ".join(wrong))
    notice.sent_at, notice.sent_by, notice.late = now(), by, now() > notice.due_at
    disclose(notice, to=[notice.agency], content=content, grounds=grounds, by=by, expects=())


@transition(source=[TO_SEND, NOT_SENT], target=TO_SEND, may=Can.SEARCH_FOR_MISSING)
def say_school(notice: MissingNotice, *, by: User, school: School) -> None:
    """Somebody knows which school the child goes to. It is told, also where the scheme is not live."""
    if notice.whom != Whom.SCHOOL:
        raise NotNow("This notice is for an authority.")
    if not is_open(school, timezone.localdate(now())):
        raise NotNow(f"{school} is not open: nobody is there to tell.")
    _take(notice, addressee(school, None))
    notice.school = school
    notice.due_at = min(notice.due_at, before_the_bell(school, None, notice.known_at))


@transition(source=[TO_SEND, NOT_SENT], target=TO_SEND, may=Can.SEARCH_FOR_MISSING)
def say_authority(notice: MissingNotice, *, by: User, agency: Agency) -> None:
    """Somebody knows which local authority answers for the child."""
    if notice.whom != Whom.AUTHORITY:
        raise NotNow("This notice is for a school.")
    if agency.kind != Agency.Kind.SOCIAL_CARE or agency.closed_at:
        raise NotNow("Choose children's social care of an authority that something can be sent to.")
    _take(notice, agency)


def _take(notice: MissingNotice, agency: Agency) -> None:
    same = MissingNotice.objects.filter(episode=notice.episode_id, about=notice.about, whom=notice.whom, agency=agency)
    if other := same.exclude(pk=notice.pk).first():
        raise NotNow(f"{agency} has a notice of this already: {other}. Say that this one is not sent.")
    notice.agency, notice.not_sent_because = agency, ""


@transition(source=TO_SEND, target=NOT_SENT, may=Can.SEARCH_FOR_MISSING)
def not_sent(notice: MissingNotice, *, by: User, because: str) -> None:
    """It is not sent, and somebody answers for that."""
    must_say(because, "why they are not told")
    notice.not_sent_because = because.strip()


def send_all(*, by: User, grounds: dict[str, Grounds]) -> tuple[list[MissingNotice], list[tuple[MissingNotice, str]]]:
    """Send everything that is complete, each by itself: what went, and what did not and why. Raises NotYours."""
    if not by.can(Can.SEARCH_FOR_MISSING):
        raise NotYours(f"You may not {Can.SEARCH_FOR_MISSING.label}.")
    sent, refused = [], []
    with acting(by):
        ready = MissingNotice.objects.filter(state=TO_SEND, agency__isnull=False, agency__closed_at=None)
        for notice in list(ready.order_by("due_at", "pk")):
            try:
                sent.append(send_notice(notice, by=by, grounds=grounds[notice.whom]))
            except NotNow as refusal:
                refused.append((notice, str(refusal)))
    return sent, refused


__all__ = [
    "NOT_SENT", "OVERTAKEN", "SENT", "TO_SEND", "add_scheme", "is_live", "not_sent", "overtaken", "raise_notice",
    "raise_notices", "say_authority", "say_school", "send_all", "send_notice", "usual_grounds",
]  # fmt: skip

"""How somebody is managed besides visits: the end of their notification period, MAPPA, how they live, and where they
are when nobody knows."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from access.actor import System
from access.roles import Can
from access.time import now, today
from accounts.models import User
from cases.models import next_reference
from govuk.fields import YesNoNotKnown as Answer
from offenders.codes import Category, LeadAgency, Level, OrderKind, TaskKind, Whereabouts
from offenders.models import OURS, CivilOrder, IndefiniteReview, Nominal, Requirement
from offenders.statutory import may_apply_from
from offenders.workflow.hub_tasks import ask_hub
from offenders.workflow.nominals import OUTSIDE_CUSTODY
from offenders.workflow.notifications import begin_periodic, nothing_is_owed
from workflow.transitions import NotNow, must_say, transition

State = IndefiniteReview.State
DECIDED = System("a superintendent decided on an indefinite requirement")


@transition(source=OURS, may=Can.MANAGE_OFFENDERS)
def set_mappa(nominal: Nominal, *, by: User, category: str, level: str, lead_agency: str, because: str) -> None:
    """Another MAPPA category, level or lead agency. A higher level is reviewed sooner."""
    must_say(because, "who decided it, and when")
    if category not in Category.values or level not in Level.values or lead_agency not in LeadAgency.values:
        raise NotNow("Choose the category, the level and the lead agency.")
    if nominal.is_registered and category == Category.NONE:
        raise NotNow("A registered sex offender is in category 1 at least.")
    nominal.category, nominal.level, nominal.lead_agency = category, level, lead_agency


@transition(source=OURS, may=Can.MANAGE_OFFENDERS)
def mappa_reviewed(nominal: Nominal, *, by: User, reviewed_at: datetime, said: str) -> None:
    """The agencies have reviewed how the risk is managed. The minutes go on ViSOR."""
    must_say(said, "what was decided")
    if reviewed_at > now():
        raise NotNow("It cannot have been in the future. Check the date and time.")
    if nominal.category == Category.NONE:
        raise NotNow("They are not managed under MAPPA.")
    if nominal.reviewed_at and reviewed_at < nominal.reviewed_at:
        raise NotNow("A later review is on record already.")
    nominal.reviewed_at = reviewed_at
    words = f"Minutes of the MAPPA review of {localdate(reviewed_at):%-d %B %Y}"
    ask_hub(TaskKind.MINUTES, nominal, words, arises_from=nominal, since=now())


@transition(source=OURS, may=Can.RECORD_OFFENDERS)
def set_no_fixed_abode(nominal: Nominal, *, by: User, no_fixed_abode: bool, because: str) -> None:
    """They have no fixed abode and notify each week from now on; or they have a home again."""
    must_say(because, "how we know, and where they are found")
    if nominal.no_fixed_abode == no_fixed_abode:
        raise NotNow("This is on record already.")
    nominal.no_fixed_abode = no_fixed_abode
    if nominal.is_registered:
        begin_periodic(nominal)


@transition(source=OURS, may=Can.RECORD_OFFENDERS)
def set_children_at_home(nominal: Nominal, *, by: User, children_at_home: str, because: str) -> None:
    """Whether a child lives, or stays, where they live."""
    must_say(because, "how we know")
    if children_at_home not in Answer.values:
        raise NotNow("Say yes, no or not known.")
    nominal.children_at_home = children_at_home


@transition(source=OURS, may=Can.RECORD_OFFENDERS)
def set_warnings(nominal: Nominal, *, by: User, warnings: str) -> None:
    """What whoever goes there must know."""
    nominal.warnings = warnings.strip()


@transition(source=OUTSIDE_CUSTODY, may=Can.RECORD_OFFENDERS)
def wanted_or_missing(nominal: Nominal, *, by: User, whereabouts: str, since: datetime, because: str) -> None:
    """They are wanted, or nobody knows where they are."""
    must_say(because, "what happened, and what is done to find them")
    if whereabouts not in (Whereabouts.WANTED, Whereabouts.MISSING):
        raise NotNow("Say whether they are wanted or missing.")
    if since > now():
        raise NotNow("That time is still to come. Check the date and time.")
    nominal.whereabouts, nominal.missing_since, nominal.looked_for_at = whereabouts, since, now()
    words = f"{Whereabouts(whereabouts).label} since {localdate(since):%-d %B %Y}: {because.strip()}"
    ask_hub(TaskKind.WANTED, nominal, words, arises_from=nominal, since=now())


def _must_be_looked_for(nominal: Nominal) -> None:
    if nominal.missing_since is None:
        raise NotNow("They are neither wanted nor missing.")


@transition(source=OUTSIDE_CUSTODY, may=Can.RECORD_OFFENDERS)
def looked_for(nominal: Nominal, *, by: User, said: str) -> None:
    """Somebody has looked for them again, without finding them."""
    _must_be_looked_for(nominal)
    must_say(said, "what was done")
    nominal.looked_for_at = now()


@transition(source=OUTSIDE_CUSTODY, may=Can.RECORD_OFFENDERS)
def located(nominal: Nominal, *, by: User, said: str) -> None:
    """They have been found in the community, and where."""
    _must_be_looked_for(nominal)
    must_say(said, "where, and how we know")
    nominal.whereabouts, nominal.missing_since = Whereabouts.COMMUNITY, None
    ask_hub(TaskKind.WANTED, nominal, f"Found: {said.strip()}", arises_from=nominal, since=now())


@transition(target=State.APPLIED.value, may=Can.RECORD_OFFENDERS)
def apply_for_review(review: IndefiniteReview, *, by: User, nominal: Nominal, applied_at: datetime, said: str) -> None:
    """They have applied for their indefinite requirement to end (s.91B)."""
    must_say(said, "what they say")
    if applied_at > now():
        raise NotNow("That time is still to come. Check the date and time.")
    if not nominal.indefinite or nominal.state not in OURS:
        raise NotNow("Their notification period has an end, or they are not managed here.")
    orders = CivilOrder.objects.filter(nominal=nominal, kind=OrderKind.SHPO, state=CivilOrder.State.IN_FORCE)
    if order := orders.first():
        raise NotNow(f"A sexual harm prevention order is in force ({order}): nobody under one may apply (s.91A(2)(b)).")
    first = may_be_reviewed_from(nominal)
    if first is None:
        raise NotNow("They have never notified: the time after which they may apply counts from their first.")
    if localdate(applied_at) < first:
        raise NotNow(f"They may apply from {first:%-d %B %Y}.")
    review.reference, review.nominal = next_reference("REVIEW"), nominal
    review.applied_at, review.said = applied_at, said.strip()


def may_be_reviewed_from(nominal: Nominal) -> date | None:
    """The first day on which they may apply; None = they have never notified."""
    if nominal.first_notified_on is None:
        return None
    requirements = Requirement.objects.filter(nominal=nominal, ends_on=None)
    return may_apply_from(nominal.first_notified_on, under_18=all(each.under_18 for each in requirements))


@transition(source=State.APPLIED.value, target=State.CONTINUES.value, may=Can.REVIEW_INDEFINITE)
def requirement_continues(review: IndefiniteReview, *, by: User, because: str) -> None:
    """A superintendent decides that they go on notifying: the risk makes it necessary to protect the public."""
    _decide(review, by, because)


@transition(source=State.APPLIED.value, target=State.ENDS.value, may=Can.REVIEW_INDEFINITE)
def requirement_ends(review: IndefiniteReview, *, by: User, because: str) -> None:
    """A superintendent decides that they need not notify any more. Their supervisor then ends the managing."""
    _decide(review, by, because)
    period_set(review.nominal, by=DECIDED, ends_on=today())
    nothing_is_owed(review.nominal, f"The requirement ended by {review.reference}")


def _decide(review: IndefiniteReview, by: User, because: str) -> None:
    must_say(because, "why")
    review.decided_at, review.decided_by, review.because = now(), by, because.strip()
    words = f"Indefinite requirement reviewed: {because.strip()}"
    ask_hub(TaskKind.PERIOD_END, review.nominal, words, arises_from=review, since=now())


@transition(source=OURS, may=Can.SEE_OFFENDERS)
def period_set(nominal: Nominal, *, by: System, ends_on: date | None) -> None:
    """The last day of the notification period is another; none = it has no end."""
    nominal.period_ends_on, nominal.indefinite = ends_on, ends_on is None


def has_ended(nominal: Nominal) -> bool:
    """Whether the notification period is over."""
    return bool(nominal.period_ends_on and nominal.period_ends_on < today())

"""What inspectors recommended and what became of it; and everything that has to be done to get better."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can, Role
from accounts.duty import people_answered_for, team_of
from accounts.models import Team, User
from cases.models.known import by_somebody
from partners.models import Agency
from quality.models.scrutiny import ScrutinyPaper, sees_quality_or
from quality.models.themes import somebody


def sees_recommendations(who: Actor) -> Q:
    return Q() if who.can(Can.SEE_RECOMMENDATIONS) else Q(pk__in=[])


class Rag(models.TextChoices):
    """How well it goes, in the words of whoever answers for it."""

    RED = "red", "Red: it will not be met as things are"
    AMBER = "amber", "Amber: in doubt"
    GREEN = "green", "Green: it will be met"


class Recommendation(Guarded):
    """One thing that an inspectorate recommended. Whoever answers for it never says alone that it was met."""

    class State(models.TextChoices):
        AWAITING_REVIEW = "awaiting_review", "Awaiting review"
        IN_PROGRESS = "in_progress", "In progress"
        READY_FOR_SIGN_OFF = "ready_for_sign_off", "Ready for sign-off"
        CONFIRMED = "confirmed", "Confirmed by a chief officer"
        CLOSED_BY_INSPECTOR = "closed_by_inspector", "Closed by the inspectorate"
        CLOSED_BY_FORCE = "closed_by_force", "Closed by the force"

    class Kind(models.TextChoices):
        CAUSE_OF_CONCERN = "cause_of_concern", "Cause of concern"
        RECOMMENDATION = "recommendation", "Recommendation"
        AREA_FOR_IMPROVEMENT = "area_for_improvement", "Area for improvement"

    class Timescale(models.TextChoices):
        IMMEDIATELY = "immediately", "Immediately"
        THREE_MONTHS = "three_months", "Within three months"
        SIX_MONTHS = "six_months", "Within six months"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    source = models.CharField(max_length=200, help_text="The report it stands in")
    number = models.CharField(max_length=20, help_text="In that report")
    title = models.CharField(max_length=120)
    text = models.TextField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    timescale = models.CharField(max_length=20, choices=Timescale.choices)
    published_on = models.DateField()
    due_on = models.DateField(help_text="Counted from the day the report was published")
    measures = ArrayField(models.CharField(max_length=40), default=list, help_text="Codes of quality.measures")
    added_at = models.DateTimeField()
    added_by = somebody(null=False)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks")
    sro = somebody(help_text="The senior responsible owner; empty = nobody yet")
    plan_ref = models.CharField(max_length=120, blank=True, help_text="Where the action plan is that inspectors have")
    plan_sent_on = models.DateField(null=True)
    rag = models.CharField(max_length=10, choices=Rag.choices, blank=True, help_text="Empty = not rated yet")
    rag_said = models.TextField(blank=True)
    rag_at = models.DateTimeField(null=True)
    red_since = models.DateTimeField(null=True, help_text="Empty = it is not red")
    proposed_said = models.TextField(blank=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = somebody()
    confirmed_said = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = somebody()
    closed_said = models.TextField(blank=True)
    closed_letter = models.CharField(max_length=120, blank=True, help_text="Reference of the inspectorate's letter")
    closed_letter_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = somebody()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="a_recommendation_once_in_a_report"),
            models.CheckConstraint(condition=Q(due_on__gte=F("published_on")), name="due_after_it_was_published"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | (~Q(confirmed_by=F("sro")) & ~Q(confirmed_by=F("proposed_by"))),
                name="nobody_confirms_what_they_answer_for",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | (~Q(closed_by=F("sro")) & ~Q(closed_by=F("proposed_by"))),
                name="nobody_closes_what_they_answer_for",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "closed_by_force"]) | Q(confirmed_by__isnull=False),
                name="a_chief_officer_has_confirmed_it",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed_by_inspector")
                | (~Q(closed_letter="") & Q(closed_letter_on__isnull=False, closed_by__isnull=False)),
                name="the_inspectorate_closes_with_a_letter",
            ),
            models.CheckConstraint(condition=~Q(rag="red") | Q(red_since__isnull=False), name="red_since_when"),
            models.CheckConstraint(condition=Q(rag="") | ~Q(rag_said=""), name="a_rating_says_why"),
            by_somebody("proposed"),
            by_somebody("confirmed"),
            by_somebody("closed"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("recommendation", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_recommendations(who)

    @property
    def team(self) -> Team:
        return team_of(Role.GOVERNANCE_LEAD)


OPEN_RECOMMENDATION = ["awaiting_review", "in_progress", "ready_for_sign_off"]


class EvidenceItem(Guarded):
    """Something that shows that a recommendation is met, and where it is kept."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="evidence")
    what = models.TextField()
    where_it_is = models.CharField(max_length=300)
    dated_on = models.DateField(help_text="Of the evidence itself")
    added_at = models.DateTimeField()
    added_by = somebody(null=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(where_it_is=""), name="evidence_says_what_and_where")
        ]

    def __str__(self) -> str:
        return self.what

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_recommendations(who)


class MeasureSnapshot(Guarded):
    """The measures of one recommendation as they stood in one month. What was counted never changes (a trigger refuses
    it); what is red has a comment."""

    class State(models.TextChoices):
        TO_COMMENT = "to_comment", "Red, and nobody has said why"
        COMPLETE = "complete", "Complete"

    reference = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="snapshots")
    month = models.DateField(help_text="Its first day")
    taken_at = models.DateTimeField()
    rag = models.CharField(max_length=10, choices=Rag.choices, blank=True)
    figures = models.JSONField(help_text="Of each measure: name, value in words, numerator, denominator, unit, as at")
    comment = models.TextField(blank=True)
    commented_at = models.DateTimeField(null=True)
    commented_by = somebody()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "month"], name="one_snapshot_for_a_month"),
            models.CheckConstraint(
                condition=~Q(state="complete", rag="red") | ~Q(comment=""), name="a_red_month_is_explained"
            ),
            by_somebody("commented"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """A clock knows no more than its key: from there the way leads to where it is explained."""
        if self.recommendation_id is None:
            return reverse("measuresnapshot-comment", args=[self.pk])
        return reverse("recommendation", args=[self.recommendation_id])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_recommendations(who)

    @property
    def team(self) -> Team:
        return team_of(Role.GOVERNANCE_LEAD)


class ImprovementAction(Guarded):
    """Something to be done, from a finding of the scrutiny group, for a recommendation or about a figure that is red.
    Nobody closes their own."""

    class State(models.TextChoices):
        OPEN = "open", "To be done"
        SAID_DONE = "said_done", "Said to be done, to be checked"
        CLOSED = "closed", "Closed"
        NOT_NEEDED = "not_needed", "No longer needed"

    class OwnerKind(models.TextChoices):
        OFFICER = "officer", "An officer"
        SUPERVISOR = "supervisor", "A supervisor"
        FORCE = "force", "The force"
        PARTNER = "partner", "A partner agency"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    paper = models.ForeignKey(ScrutinyPaper, null=True, on_delete=models.PROTECT, related_name="actions")
    recommendation = models.ForeignKey(Recommendation, null=True, on_delete=models.PROTECT, related_name="actions")
    figure = models.CharField(max_length=40, blank=True, help_text="Code of a figure that is red (quality.counting)")
    what = models.TextField()
    owner_kind = models.CharField(max_length=20, choices=OwnerKind.choices)
    owner = somebody(help_text="Empty = a partner agency's")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = somebody(null=False)
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks")
    done_said = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = somebody()
    closed_said = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = somebody()

    class Meta:
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(closed_at=None), name="actions_not_closed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper=None, recommendation__isnull=False, figure="")
                | Q(paper__isnull=False, recommendation=None, figure="")
                | (Q(paper=None, recommendation=None) & ~Q(figure="")),
                name="an_action_comes_from_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(owner_kind="partner", owner=None, agency__isnull=False)
                | (~Q(owner_kind="partner") & Q(owner__isnull=False, agency=None)),
                name="an_improvement_action_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ((Q(owner=None) | ~Q(closed_by=F("owner"))) & ~Q(closed_said="")),
                name="nobody_closes_their_own_action",
            ),
            by_somebody("done"),
            by_somebody("closed"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("improvementaction", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By those whose work it is, and by whoever has to do it or covers for them."""
        own = Q(owner__in=people_answered_for(who)) if isinstance(who, User) else Q(pk__in=[])
        return sees_quality_or(who, own)

    @property
    def team(self) -> Team:
        return team_of(Role.MASH_CHIEF_INSPECTOR if self.paper_id else Role.GOVERNANCE_LEAD)

    @property
    def whose(self) -> str:
        return str(self.agency or self.owner)

"""A child's image was shared. The child is seen in person, whoever deals with it, and no image is ever stored."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team
from cases.models import Case, Person, about_a_case
from cases.models.known import by_somebody, may_see_person
from govuk.fields import YesNoNotKnown as Answer
from online.codes import Handler, Outcome
from online.models.case import OnlineCase, somebody
from places.models import School
from ppn.models import Ppn

WIDER_RISK = {
    "coercion": "Was the child pressed or tricked into it?",
    "threat": "Was anybody threatened with showing the images?",
    "payment": "Was money, goods or anything else asked or given for them?",
    "adult": "Is an adult involved, or somebody who says they are a child?",
    "circulation": "Have the images gone further than one person?",
}
"""The questions of wider risk. “Yes”, and “not known” until somebody has asked, means a full investigation."""


def _asked(name: str) -> models.CharField[str, str]:
    return models.CharField(WIDER_RISK[name], max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN.value)


def _none_is(answer: str) -> Q:
    """To none of these questions is this the answer."""
    return Q(*(~Q(**{name: answer}) for name in WIDER_RISK))


class SharedImage(Guarded):
    """One report that images of a child were shared, by a child or with one. Words only."""

    class State(models.TextChoices):
        REPORTED = "reported", "Reported, specialist has not said how"
        GUIDED = "guided", "Specialist's guidance given"
        ALLOCATED = "allocated", "Allocated"
        RESOLVED = "resolved", "Resolved"
        IN_ERROR = "in_error", "Recorded in error"

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shared_images")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The specialist team")
    at_team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who deals with it; empty = nobody yet"
    )
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    arises_from = models.UUIDField(null=True, db_index=True, help_text="The incident it came with")
    from_reference = models.CharField(max_length=40, blank=True)
    reported_at = models.DateTimeField(help_text="When the first of us was told")
    recorded_at = models.DateTimeField()
    recorded_by = somebody(help_text="Empty = Longstop itself")
    what = models.TextField(help_text="What was reported, in words")

    child = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    child_said = models.CharField(max_length=200, help_text="Whose image it is; “not known” is an answer")
    child_age = models.CharField(max_length=40, blank=True, help_text="Empty = not known")
    recipient_age = models.CharField(max_length=40, blank=True, help_text="Of whoever received it; empty = not known")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    school_said = models.CharField(max_length=200, blank=True)
    coercion = _asked("coercion")
    threat = _asked("threat")
    payment = _asked("payment")
    adult = _asked("adult")
    circulation = _asked("circulation")
    risk_said = models.TextField(blank=True, help_text="What was said to these questions, and by whom")
    asked_at = models.DateTimeField(null=True, help_text="When they were last asked")

    guidance = models.TextField(blank=True, help_text="How it is to be dealt with, from the specialist sergeant")
    guided_at = models.DateTimeField(null=True)
    guided_by = somebody()
    handler = models.CharField(max_length=20, choices=Handler.choices, blank=True)
    officer = somebody(help_text="Who deals with it; empty = the team")
    allocated_at = models.DateTimeField(null=True)
    allocated_by = somebody()

    seen_at = models.DateTimeField(null=True, help_text="When the child was seen in person; empty = was not")
    seen_by = somebody()
    seen_where = models.CharField(max_length=200, blank=True)
    seen_with = models.CharField(max_length=200, blank=True, help_text="Who was with the child")
    own_words = models.TextField(blank=True, help_text="What the child said, in their words")
    demeanour = models.TextField(blank=True)
    wants = models.TextField(blank=True, help_text="What the child wants to happen")
    devices_said = models.TextField(blank=True, help_text="What was done about devices, accounts and taking it down")
    ppn = models.ForeignKey(Ppn, null=True, on_delete=models.PROTECT, related_name="+")
    online_case = models.ForeignKey(
        OnlineCase, null=True, on_delete=models.PROTECT, related_name="+", help_text="The full investigation"
    )
    outcome = models.CharField(max_length=4, choices=Outcome.choices, blank=True)
    no_ppn_because = models.TextField(blank=True, help_text="Why no notice is needed; a sergeant answers for it")
    outcome_although = models.TextField(
        blank=True, help_text="Specialist's reasons for outcome 21 or 22 although somebody pressed, threatened or paid"
    )
    resolved_said = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = somebody()
    error_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=~Q(state__in=["resolved", "in_error"]),
                name="shared_images_open",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(child_said=""), name="shared_images_say_what_and_whose"),
            by_somebody("guided"),
            by_somebody("allocated"),
            by_somebody("seen"),
            by_somebody("resolved"),
            models.CheckConstraint(
                condition=Q(handler="") | Q(handler="specialist") | (~Q(guidance="") & Q(guided_at__isnull=False)),
                name="to_a_non_specialist_only_with_guidance",
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved")
                | (Q(seen_at__isnull=False, resolved_at__isnull=False) & ~Q(outcome="") & ~Q(resolved_said="")),
                name="never_resolved_without_seeing_the_child",
            ),
            models.CheckConstraint(
                condition=Q(handler__in=["", "specialist"]) | _none_is("yes") & _none_is("not_known"),
                name="with_wider_risk_only_to_the_specialists",
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved") | _none_is("not_known"), name="resolved_with_every_question_answered"
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved") | Q(ppn__isnull=False) | ~Q(no_ppn_because=""),
                name="resolved_with_a_notice_or_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved") | _none_is("yes") | Q(online_case__isnull=False),
                name="wider_risk_resolved_only_with_an_investigation",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["21", "22"])
                | Q(coercion="no", threat="no", payment="no", adult="no")
                | ~Q(outcome_although=""),
                name="outcome_21_or_22_although_for_reasons",
            ),
            models.CheckConstraint(
                condition=Q(handler="", at_team=None, allocated_at=None)
                | (~Q(handler="") & Q(at_team__isnull=False, allocated_at__isnull=False)),
                name="shared_images_allocated_to_a_team",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_error") | ~Q(error_because=""), name="no_shared_image_for_a_reason"
            ),
            models.UniqueConstraint(
                fields=["arises_from"], condition=Q(arises_from__isnull=False), name="one_report_from_one_incident"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("sharedimage", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        if not who.can(Can.SEE_SHARED_IMAGES):
            return Q(pk__in=[])
        return about_a_case(who) & may_see_person(who, "child")

    @property
    def is_aggravated(self) -> bool:
        """Somebody said yes to a question of wider risk."""
        return any(getattr(self, name) == Answer.YES for name in WIDER_RISK)

    @property
    def not_asked(self) -> list[str]:
        """The questions to which nobody knows the answer."""
        return [words for name, words in WIDER_RISK.items() if getattr(self, name) == Answer.NOT_KNOWN]

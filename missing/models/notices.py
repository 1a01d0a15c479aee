"""Who else is told that a child is missing, and that the child is found: the authorities, and the school."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case
from cases.models.known import by_somebody, may_see_person
from missing.models.episode import Episode
from partners.models import Agency
from places.models import LocalAuthority, School


class SchoolScheme(models.Model):
    """Whether schools of an authority are told of missing children (Operation Endeavour), from a day on. Rows are added
    and never edited."""

    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    is_live = models.BooleanField()
    because = models.TextField(help_text="What was agreed, with whom")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    open_because = "what is agreed with an authority is no secret"

    class Meta:
        indexes = [models.Index(fields=["authority", "-starts"], name="school_scheme_of")]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_scheme_rests_on_something")]

    def __str__(self) -> str:
        return f"{self.authority}: {'live' if self.is_live else 'not live'} from {self.starts}"


class MissingNotice(Guarded):
    """One agency is told that a child is missing, or that the child is found."""

    class State(models.TextChoices):
        TO_SEND = "to_send", "Not sent yet"
        SENT = "sent", "Sent"
        NOT_SENT = "not_sent", "Not sent, for a reason"

    class About(models.TextChoices):
        MISSING = "missing", "A child is missing"
        FOUND = "found", "The child is found"

    class Whom(models.TextChoices):
        AUTHORITY = "authority", "Local authority"
        SCHOOL = "school", "School"

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The missing team")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="notices")
    about = models.CharField(max_length=10, choices=About.choices)
    whom = models.CharField(max_length=10, choices=Whom.choices)
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = not known"
    )
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField(help_text="When the child was reported or found")
    due_at = models.DateTimeField(help_text="For a school: before its next day begins")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    late = models.BooleanField(default=False)
    not_sent_because = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="to_send"), name="missing_notices_to_send")]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "about", "whom", "agency"],
                name="an_agency_is_told_once_of_each",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False, agency__isnull=False), name="sent_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state="not_sent") | ~Q(not_sent_because=""), name="not_told_for_a_reason"
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("known_at")), name="a_missing_notice_has_time"),
            by_somebody("sent"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("missing-notice", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who) & may_see_person(who, "episode__person")

"""People, their teams, the posts they hold, and when they are away; and systems that act by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from access.acts import WHILE_LOOKING
from access.roles import Can, Role


class Team(models.Model):
    """A team that work belongs to: a control room, a response team, a MASH. Data, because teams are reorganised."""

    name = models.CharField(max_length=80, unique=True)

    open_because = "every member of staff may know which teams there are"

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A member of staff: what they may do comes from their posts and from whom they are covering for. Or somebody of a
    partner agency, who has no post and may use the portal."""

    is_outside = models.BooleanField(default=False, help_text="Works for a partner agency, and not for the police")

    open_because = "every member of staff may know who works here"
    sees_everything = False

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def can(self, act: Can) -> bool:
        return act in self.acts()

    def may_change_by(self, act: Can) -> bool:
        """Whether they may do what asks for this act. Somebody who only looks (an inspector of constabulary) sees by
        the same acts as others, and does nothing with them."""
        return self.can(act) and (self.is_outside or act in WHILE_LOOKING or self.can(Can.CHANGE_RECORDS))

    def acts(self) -> set[Can]:
        """Everything this person may do at this moment."""
        from accounts.duty import acts_of_person  # duty reads these models

        return acts_of_person(self)

    def signature(self) -> str:
        return f"user: {self.pk}"

    @property
    def duties(self) -> str:
        """What this person answers for now, in words: their own posts, and whom they cover for."""
        from accounts.duty import posts_of

        return "; ".join(
            str(post) if post.person_id == self.pk else f"covering for {post.person} ({Role(post.role).label})"
            for post in posts_of(self)
        )


class Posting(models.Model):
    """A person holds a role in a team from one day until another."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=30, choices=Role.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="postings")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    open_because = "every member of staff may know who holds which post"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="posting_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["person", "role", "team"], condition=Q(ends=None), name="one_open_posting"),
        ]
        indexes = [models.Index(fields=["role", "team"])]

    def __str__(self) -> str:
        return f"{Role(self.role).label}, {self.team}"


class Absence(models.Model):
    """Leave, sickness or abstraction. While it lasts everything the person answers for goes to `cover`.

    There is no absence without cover: 993 approvals once waited for sergeants who were on leave.
    """

    class Kind(models.TextChoices):
        LEAVE = "leave", "Leave"
        SICK = "sick", "Sickness"
        ABSTRACTED = "abstracted", "Abstracted to other duty"
        COURSE = "course", "Course"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.LEAVE.value)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    open_because = "colleagues must be able to see who is away and who covers"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(cover=F("person")), name="nobody_covers_for_themselves"),
        ]
        indexes = [models.Index(fields=["ends", "starts"])]

    def __str__(self) -> str:
        return f"{self.person} away, {self.cover} covers"

    @classmethod
    def at(cls, moment: Any) -> models.QuerySet[Absence]:
        return cls.objects.filter(starts__lte=moment, ends__gt=moment)


class SignedIn(models.Model):
    """Somebody of the force signed in. Kept so that one can see who is here; Django keeps the last time only."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField()

    open_because = "read only to say whether somebody who was planned is here"

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="signed_in_at")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.at}"


class ServiceAccount(models.Model):
    """A system of the force or of a partner that acts by itself: a command-and-control system that feeds incidents.

    Its secret is shown once, to whoever asked for it. What is kept is a hash: 256 random bits cannot be guessed back.
    A system of the force sends it with each request; one of a partner agency exchanges it for short tokens (OAuth 2).
    """

    name = models.CharField(max_length=80, unique=True, help_text="Stands in the timeline of what it does")
    acts = ArrayField(models.CharField(max_length=40), help_text="What it may do, as in access.roles.Can")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    short_tokens = models.BooleanField(default=False, help_text="Its secret opens nothing but the door to short tokens")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    cut_off_at = models.DateTimeField(null=True)
    cut_off_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    cut_off_because = models.TextField(blank=True)

    open_because = "every member of staff may know which systems are connected; it holds no token"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_service_has_a_name"),
            models.CheckConstraint(condition=Q(acts__len__gt=0), name="a_service_may_do_something"),
            models.CheckConstraint(
                condition=Q(token_hash__regex="^[0-9a-f]{64}$"),  # noqa: S106 - a pattern
                name="a_token_is_kept_as_a_hash",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="a_service_expires"),
            models.CheckConstraint(
                condition=Q(cut_off_at=None, cut_off_by=None) | Q(cut_off_at__isnull=False, cut_off_by__isnull=False),
                name="cut_off_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(cut_off_at=None, cut_off_because="") | Q(cut_off_at__isnull=False, cut_off_because__gt=""),
                name="cut_off_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def works_at(self, moment: datetime) -> bool:
        """Not cut off, and not expired: at the very moment it expires it works no more."""
        return self.cut_off_at is None and moment < self.expires_at


class AccessToken(models.Model):
    """A short token of an account, for some of what the account may do. A hash of it is kept."""

    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    acts = ArrayField(models.CharField(max_length=40))
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    open_because = "read only to find the account whose token was sent; it holds no token"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__regex="^[0-9a-f]{64}$"),  # noqa: S106 - a pattern
                name="a_short_token_is_kept_as_a_hash",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="a_short_token_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.account}, until {self.expires_at}"


class IdempotentAnswer(models.Model):
    """What a system was answered, so that sending the same again does nothing twice and is answered the same.

    Written in the transaction of the work itself: where the work failed there is none, and it can be tried again.
    """

    account = models.ForeignKey(ServiceAccount, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=128, help_text="Chosen by the system, one for each thing it wants done")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the method, the address and the body")
    status = models.PositiveSmallIntegerField()
    body = models.TextField(help_text="The answer, as JSON")
    handed_over = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="Which records it shows: the ledger needs them each time"
    )
    at = models.DateTimeField()

    open_because = "read only to answer the account that asked, once more"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_answer_for_a_key")]

    def __str__(self) -> str:
        return f"{self.status} at {self.at}"

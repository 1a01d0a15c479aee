"""People, their teams, the posts they hold, and when they are away."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from access.roles import Can, Role


class Team(models.Model):
    """A team that work belongs to: a control room, a response team, a MASH. Data, because teams are reorganised."""

    name = models.CharField(max_length=80, unique=True)

    open_because = "every member of staff may know which teams there are"

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A member of staff. What they may do comes from their posts and from whom they are covering for."""

    open_because = "every member of staff may know who works here"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def can(self, act: Can) -> bool:
        return act in self.acts()

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

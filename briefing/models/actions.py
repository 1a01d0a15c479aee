"""What the meeting has somebody do, and what each later meeting found of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Role
from accounts.duty import people_answered_for, posts_of
from accounts.models import Team, User
from briefing.models.agenda import AgendaItem, sees_words
from briefing.models.meeting import Meeting, somebody
from cases.models.known import by_somebody


def theirs(who: Actor, path: str = "") -> Q:
    """What somebody has to do: by name, by a post they hold, or for whom they cover."""
    if not isinstance(who, User) or who.is_outside:
        return Q(pk__in=[])
    posts = {post.role for post in posts_of(who)}
    return Q(**{f"{path}owner__in": people_answered_for(who)}) | Q(**{f"{path}post__in": posts})


class Action(Guarded):
    """Something the meeting has a person or a post do by a time. It is done when a meeting has looked at it."""

    class State(models.TextChoices):
        OPEN = "open", "Not done yet"
        DONE = "done", "Said to be done"
        CHECKED = "checked", "Done, and looked at"
        NOT_NEEDED = "not_needed", "No longer needed"

    reference = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Of whoever has to do it")
    what = models.TextField()
    owner = somebody(help_text="Empty = whoever holds the post")
    post = models.CharField(max_length=30, choices=Role.choices, blank=True, help_text="Empty = one person’s")
    given_at = models.DateTimeField()
    given_by = somebody(null=False)
    by_when = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks; lists sort by it")
    carried_over = models.PositiveSmallIntegerField(
        default=0,
        help_text="At how many meetings it was late and not done",
    )
    done_said = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = somebody()
    ended_said = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = somebody()

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(ended_at=None), name="daily_actions_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_daily_action_says_what"),
            models.CheckConstraint(
                condition=Q(owner=None) & ~Q(post="") | Q(owner__isnull=False, post=""),
                name="a_daily_action_is_somebodys",
            ),
            models.CheckConstraint(condition=Q(by_when__gt=F("given_at")), name="a_daily_action_has_time"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "checked"]) | (Q(done_at__isnull=False) & ~Q(done_said="")),
                name="a_daily_action_is_done_with_words",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done"], ended_at=None)
                | (Q(state__in=["checked", "not_needed"], ended_at__isnull=False) & ~Q(ended_said="")),
                name="a_daily_action_is_ended_with_words",
            ),
            by_somebody("done"),
            by_somebody("ended"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("dailyaction", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By whoever has to do it, and by those who may see what it is about."""
        return sees_words(who, "item") | theirs(who)

    @property
    def whose(self) -> str:
        return str(self.owner) if self.owner else str(Role(self.post).label)


class Reckoning(Guarded):
    """What one meeting found of an action that an earlier one gave."""

    class Found(models.TextChoices):
        CHECKED = "checked", "Done"
        NOT_DONE = "not_done", "Said to be done, and is not"
        NOT_NEEDED = "not_needed", "No longer needed"
        CARRIED_OVER = "carried_over", "Late, and carried over"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reckonings")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reckonings")
    found = models.CharField(max_length=20, choices=Found.choices)
    said = models.TextField(blank=True)
    at = models.DateTimeField()
    by = somebody(help_text="Empty = Longstop, as the meeting ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "action"], condition=Q(found="carried_over"), name="carried_over_once_a_meeting"
            ),
            models.CheckConstraint(condition=Q(found="carried_over") | ~Q(said=""), name="a_reckoning_says_something"),
        ]

    def __str__(self) -> str:
        return self.get_found_display()

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_words(who, "action__item") | theirs(who, "action__")

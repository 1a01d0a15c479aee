"""What a meeting has to decide on, and what it decided. Of what is said about a record only whoever may see that record
is told more than that there is one: so the words stand in a table of their own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team, User
from briefing.models.meeting import Meeting, sees_meetings, somebody
from cases.models import Case, Person, about_a_case
from cases.models.known import may_see_person
from govuk.fields import YesNoNotKnown as Answer
from missing.models import DailyDecision


def sees_words(who: Actor, item: str) -> Q:
    """Whoever sees meetings, and the record that the item is about. `item`: the path to it."""
    return sees_record(who, item) if who.can(Can.SEE_DAILY) else Q(pk__in=[])


def sees_record(who: Actor, item: str = "") -> Q:
    """Whoever may see the record that an item is about, whether they see meetings or not."""
    path = f"{item}__" if item else ""
    return about_a_case(who, f"{path}case") & may_see_person(who, f"{path}person")


class AgendaItem(Guarded):
    """One child, or all that waits in one queue. It counts for everybody; what it says is an `AgendaText`."""

    class State(models.TextChoices):
        UNDECIDED = "undecided", "Not decided"
        DECIDED = "decided", "Decided"
        SETTLED = "settled", "Settled by itself"

    reference = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(help_text="In this meeting")
    part = models.CharField(max_length=30, help_text="A code of `briefing.agenda.PARTS`")
    kind = models.CharField(max_length=60, blank=True, help_text="Model of the record; empty = all of the part")
    record = models.UUIDField(null=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    child = models.CharField(max_length=10, choices=Answer.choices)
    total = models.PositiveIntegerField(default=1, help_text="How many records it stands for")
    children = models.PositiveIntegerField(help_text="How many of them concern a child, or nobody knows")
    since = models.DateTimeField(null=True, help_text="Since when it waits, or the oldest of them")
    meetings_before = models.PositiveSmallIntegerField(help_text="On how many meetings in a row it was before")
    added_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_how = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_items_are_numbered"),
            models.UniqueConstraint(
                fields=["meeting", "record"], condition=Q(record__isnull=False), name="a_record_once_on_an_agenda"
            ),
            models.UniqueConstraint(
                fields=["meeting", "part"], condition=Q(record=None), name="a_queue_once_on_an_agenda"
            ),
            models.CheckConstraint(
                condition=Q(record=None, kind="") | (Q(record__isnull=False) & ~Q(kind="")),
                name="an_agenda_item_says_what_its_record_is",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_at__isnull=False), name="an_item_was_decided_at_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | (Q(settled_at__isnull=False) & ~Q(settled_how="")),
                name="what_settled_an_item_is_said",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("agendaitem", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_meetings(who)

    @property
    def concerns_a_child(self) -> bool:
        """Where nobody knows, a child is concerned."""
        return self.child != Answer.NO

    @property
    def is_one_child(self) -> bool:
        """Stands for one record that concerns a child, and not for a queue."""
        return self.record is not None and self.concerns_a_child

    @property
    def team(self) -> Team:
        return self.meeting.team


class AgendaText(Guarded):
    """What an item is about, as it was when it came on the agenda."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="text")
    record_reference = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    why = models.TextField(help_text="Why it is on the agenda")
    ages = models.JSONField(default=list, help_text="Of a queue: [how old, how many]")
    first = models.JSONField(default=list, help_text="Of a queue: [model, key, reference, since when], the first ten")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(why=""), name="an_item_says_why_it_is_there")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_words(who, "item")


class Decision(Guarded):
    """What the meeting decided on an item. The last one counts; an earlier one stays. Of a missing child it is the
    decision that the child's own record has."""

    class Outcome(models.TextChoices):
        ACT = "act", "Somebody does something"
        NOTHING_MORE = "nothing_more", "Nothing more to do"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    text = models.TextField(blank=True, help_text="Empty = it stands in the record of the missing child")
    daily = models.OneToOneField(DailyDecision, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = somebody(help_text="Empty = taken over from the record of a missing child")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(daily__isnull=False, text="") | (Q(daily=None, by__isnull=False) & ~Q(text="")),
                name="the_meeting_says_what_it_decides",
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        own = Q(by=who.pk) if isinstance(who, User) else Q(pk__in=[])
        return sees_words(who, "item") | own

    @property
    def in_words(self) -> str:
        return self.daily.decision if self.daily else self.text

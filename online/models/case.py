"""What reached us about online abuse of children, from whom, since when; and the investigation that follows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team
from cases.models import Case, about_a_case
from cases.models.known import by_somebody
from govuk.fields import YesNoNotKnown as Answer
from online.codes import Channel, Data, Kirat, Sender


def sees_online(who: Actor, path: str = "case") -> Q:
    """By those whose work it is, and who may see the case."""
    return about_a_case(who, path) if who.can(Can.SEE_ONLINE) else Q(pk__in=[])


def somebody(*, null: bool = True, help_text: str = "") -> Any:
    """One of our people, by key. Empty = nobody yet, unless the field says otherwise."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=null, on_delete=models.PROTECT, related_name="+", help_text=help_text
    )


class OnlineCase(Guarded):
    """One investigation, from the moment a referral reaches the force. Its age counts from there and is never reset."""

    class State(models.TextChoices):
        RECEIVED = "received", "Received, nobody has triaged it"
        RESEARCHING = "researching", "Being researched"
        NO_RESEARCH = "no_research", "No further research possible for now"
        ATTRIBUTED = "attributed", "Attributed to an address"
        ASSESSED = "assessed", "KIRAT level set"
        PLANNED = "planned", "Enforcement planned"
        EXECUTED = "executed", "Enforcement carried out"
        SAFEGUARDED = "safeguarded", "Safeguarding complete"
        CLOSED = "closed", "Closed"
        TRANSFERRED = "transferred", "Taken by another force"
        LINKED = "linked", "Part of another case"

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="online_cases")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    researcher = somebody(help_text="Who researches it; empty = whoever of the team is there")
    investigator = somebody(help_text="Officer in the case; empty = not allocated yet")

    sender = models.CharField(max_length=20, choices=Sender.choices)
    sender_named = models.CharField(max_length=200, blank=True, help_text="Which force, who; empty = not known")
    sender_ref = models.CharField(max_length=80, blank=True, help_text="Their number for it; empty = none was given")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField(help_text="When it reached the force, wherever in the force")
    recorded_at = models.DateTimeField()
    recorded_by = somebody(help_text="Empty = another system")
    known_since = models.DateTimeField(help_text="The earliest of all referrals that are part of it; never later")
    uploaded_at = models.DateTimeField(null=True, help_text="When the images were uploaded or the abuse happened")
    what = models.TextField(help_text="What the sender says. Words and numbers only: no image is stored here, ever")
    category_a = models.PositiveIntegerField(null=True, help_text="How many of category A; empty = not known")
    category_b = models.PositiveIntegerField(null=True)
    category_c = models.PositiveIntegerField(null=True)
    immediate_risk = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN.value)
    immediate_because = models.TextField(blank=True, help_text="What makes it so, or why not")

    external_system = models.CharField(max_length=40, blank=True, help_text="Niche, or what stands in its place")
    external_ref = models.CharField(max_length=40, blank=True)
    external_at = models.DateTimeField(null=True, help_text="When it could be seen there; empty = it cannot")
    received_again_at = models.DateTimeField(null=True, help_text="When the same referral, or more on it, last came")
    triaged_at = models.DateTimeField(null=True)
    triaged_by = somebody()
    duplicates_looked_for = models.TextField(blank=True, help_text="What was found, and why it is or is not the same")
    linked_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="linked")
    linked_because = models.TextField(blank=True)

    named_at = models.DateTimeField(null=True, help_text="When a referral first named somebody; empty = none has")
    researched_at = models.DateTimeField(null=True, help_text="Last research action, attribution or level")
    attributed_at = models.DateTimeField(null=True, help_text="When it was first attributed to an address")
    recheck_on = models.DateField(null=True, help_text="No further research possible: when somebody looks again")
    no_research_because = models.TextField(blank=True)
    kirat = models.CharField(max_length=10, choices=Kirat.choices, blank=True, help_text="Empty = never assessed")
    kirat_at = models.DateTimeField(null=True, help_text="When that level was set")
    act_by = models.DateTimeField(null=True, help_text="Kept by its clock: by when to act on the level; never later")
    executed_at = models.DateTimeField(null=True, help_text="When enforcement was first carried out")
    safeguarded_at = models.DateTimeField(null=True)
    safeguarded_said = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first; queues sort by it")
    closed_at = models.DateTimeField(null=True)
    closed_by = somebody()
    closed_because = models.TextField(blank=True)
    reopened_at = models.DateTimeField(null=True, help_text="When it was last opened again; empty = never was")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=~Q(state__in=["closed", "transferred", "linked"]),
                name="online_cases_open",
            ),
            models.Index(fields=["sender", "sender_ref"], name="online_cases_sender_ref"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_referral_says_something"),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("recorded_at")), name="a_referral_was_received_before_recorded"
            ),
            models.CheckConstraint(
                condition=Q(known_since__lte=F("received_at")), name="an_online_case_is_never_younger_than_received"
            ),
            models.CheckConstraint(
                condition=Q(external_ref="", external_at=None)
                | (~Q(external_ref="") & ~Q(external_system="") & Q(external_at__isnull=False)),
                name="seen_elsewhere_with_a_reference",
            ),
            models.CheckConstraint(
                condition=Q(state="linked", linked_to__isnull=False) & ~Q(linked_because="")
                | ~Q(state="linked") & Q(linked_to=None),
                name="linked_to_another_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="no_research") | Q(recheck_on__isnull=False) & ~Q(no_research_because=""),
                name="no_research_only_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kirat="", kirat_at=None) | (~Q(kirat="") & Q(kirat_at__isnull=False)),
                name="a_level_was_set_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["assessed", "planned"]) | ~Q(kirat=""), name="planned_only_with_a_level"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["executed", "safeguarded"]) | Q(executed_at__isnull=False),
                name="carried_out_at_a_time",
            ),
            by_somebody("triaged"),
            by_somebody("closed"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closed_because=""), name="online_closed_for_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("onlinecase", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_visible_to_the_force(self) -> bool:
        """Whether anybody in the force who looks up the address or the person finds it."""
        return self.external_at is not None


State = OnlineCase.State
OPEN = [
    State.RECEIVED.value,
    State.RESEARCHING.value,
    State.NO_RESEARCH.value,
    State.ATTRIBUTED.value,
    State.ASSESSED.value,
    State.PLANNED.value,
    State.EXECUTED.value,
    State.SAFEGUARDED.value,
]
"""States in which somebody still has to do something."""
BEFORE = [State.RECEIVED.value, State.RESEARCHING.value, State.NO_RESEARCH.value, State.ATTRIBUTED.value]
"""Before a level was set."""
NOT_CARRIED_OUT = [*BEFORE, State.ASSESSED.value, State.PLANNED.value]


class OfAnOnlineCase(Guarded):
    """A record that is part of one investigation. Its team is that of the case."""

    online_case = models.ForeignKey(OnlineCase, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case")

    @property
    def team(self) -> Team:
        team: Team = self.online_case.team
        return team

    @property
    def case(self) -> Case:
        case: Case = self.online_case.case
        return case


class Identifier(OfAnOnlineCase):
    """One thing a referral says of whoever is behind it: an IP address at a time, a username, a name."""

    kind = models.CharField(max_length=20, choices=Data.choices)
    value = models.CharField(max_length=300)
    plain = models.CharField(max_length=300, help_text="As it is compared with others")
    seen_from = models.DateTimeField(null=True, help_text="Log time; empty = not known")
    seen_to = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "plain"], name="online_identifiers")]
        constraints = [models.CheckConstraint(condition=~Q(value=""), name="an_identifier_is_not_empty")]

    def __str__(self) -> str:
        return f"{Data(self.kind).label}: {self.value}"


class KeptApart(OfAnOnlineCase):
    """Somebody has looked at two cases that have something in common, and says why they are not one."""

    other = models.ForeignKey(OnlineCase, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    at = models.DateTimeField()
    by = somebody(null=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["online_case", "other"], name="kept_apart_once"),
            models.CheckConstraint(condition=~Q(because=""), name="kept_apart_for_a_reason"),
            models.CheckConstraint(condition=~Q(online_case=F("other")), name="kept_apart_from_another"),
        ]

    def __str__(self) -> str:
        return f"Not the same as {self.other}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & sees_online(who, "other__case")


class CaseTransfer(OfAnOnlineCase):
    """Another force is asked to take a case. It stays ours until they have accepted it."""

    class State(models.TextChoices):
        OFFERED = "offered", "Offered, still ours"
        ACCEPTED = "accepted", "Accepted by the other force"
        REFUSED = "refused", "Refused"
        TAKEN_BACK = "taken_back", "Taken back"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    force = models.CharField(max_length=120)
    because = models.TextField()
    offered_at = models.DateTimeField()
    offered_by = somebody()
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True, help_text="Who there answered")
    their_ref = models.CharField(max_length=80, blank=True)
    answer = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["online_case"], condition=Q(state="offered"), name="one_offer_at_a_time"),
            models.CheckConstraint(condition=~Q(force="") & ~Q(because=""), name="offered_to_a_force_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (~Q(answered_by_name="") & ~Q(their_ref="")),
                name="accepted_by_somebody_with_a_reference",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("casetransfer", args=[self.pk])


class ReferralFile(Guarded):
    """A file of referrals that somebody uploaded. Every row became a case, part of one, or stands as unreadable."""

    class State(models.TextChoices):
        READ = "read", "Read"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(help_text="When the file reached the force")
    read_at = models.DateTimeField()
    read_by = somebody(null=False)
    rows = models.PositiveIntegerField()
    registered = models.PositiveIntegerField(default=0)
    known_already = models.PositiveIntegerField(default=0, help_text="Rows whose very number of the sender we had")
    unreadable = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("registered") + F("known_already") + F("unreadable")), name="no_row_is_dropped"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("referralfile", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return Q() if who.can(Can.SEE_ONLINE) else Q(pk__in=[])


class ReferralRow(Guarded):
    """One row of such a file, and what became of it. An unreadable one waits until somebody has typed it in."""

    class State(models.TextChoices):
        REGISTERED = "registered", "Registered"
        KNOWN = "known", "Known already"
        UNREADABLE = "unreadable", "Could not be read"
        SETTLED = "settled", "Dealt with by hand"

    file = models.ForeignKey(ReferralFile, on_delete=models.PROTECT, related_name="lines")
    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    line = models.PositiveIntegerField()
    text = models.TextField(help_text="As it stands in the file")
    because = models.TextField(blank=True, help_text="Why it could not be read, or was known")
    online_case = models.ForeignKey(OnlineCase, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(help_text="Of the file, or what the row itself says")
    settled_at = models.DateTimeField(null=True)
    settled_by = somebody()
    settled_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="one_row_for_a_line"),
            by_somebody("settled"),
            models.CheckConstraint(
                condition=~Q(state__in=["registered", "known"]) | Q(online_case__isnull=False),
                name="a_row_became_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("referralrow", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case")

    @property
    def team(self) -> Team:
        team: Team = self.file.team
        return team

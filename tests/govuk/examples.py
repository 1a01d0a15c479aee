"""Invented people and work, to look at every component with."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms

from govuk.fields import DateField, LongTextField, MomentField, TimeField, YesNoNotKnownField
from govuk.widgets import Checkboxes, Radios

NOW = datetime(2026, 3, 2, 3, 12, tzinfo=UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


class Seen(forms.Form):
    """One of each kind of question."""

    name = forms.CharField(label="Child’s full name", max_length=80, help_text="As the child gives it")
    born = DateField(label="Date of birth", help_text="For example, 27 3 2014")
    seen_at = MomentField(label="When was the child last seen?", offer_now=True)
    child_there = YesNoNotKnownField(label="Is a child there?")
    grade = forms.ChoiceField(
        label="Grade",
        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
        widget=Radios(hints={"red": "A child may be harmed today", "green": "No sign of harm now"}),
    )
    factors = forms.MultipleChoiceField(
        label="What is there?",
        choices=[("da", "Domestic abuse"), ("exploited", "Child was exploited")],
        widget=Checkboxes(hints={"da": "Seen, heard or felt by the child"}),
        required=False,
    )
    agency = forms.ChoiceField(label="Tell", choices=[("", "---------"), ("sc", "Social care"), ("h", "Health")])
    back_by = TimeField(label="Back by", required=False)
    siblings = forms.IntegerField(label="Brothers and sisters", required=False)
    account = LongTextField(label="What the child said, in their own words", max_length=400)
    photo = forms.FileField(label="Photograph", required=False)
    told = forms.BooleanField(label="I have told the child what happens next")


class Child(forms.Form):
    name = forms.CharField(label="Name")


Children = forms.formset_factory(Child, extra=2)
Children.item_name = "Child"

ROWS: list[dict[str, Any]] = [
    {
        "url": "#1",
        "reference": "PPN-26-004127",
        "title": "Boy of 16, not seen since Saturday",
        "why": "Child not seen; 2 days 4 hours past its 24 hours",
        "child": "yes",
        "grade": "red",
        "state": "Never opened",
        "state_kind": "new",
        "due": NOW - hours(52.5),
        "started": NOW - hours(76.5),
        "owner": "",
        "holds_up": "Social care strategy discussion",
    },
    {
        "url": "#2",
        "reference": "PPN-26-004166",
        "title": "Shouting heard at 14 Larch Close",
        "why": "Nobody has said whether a child lives there",
        "child": "not_known",
        "grade": "",
        "state": "Submitted",
        "state_kind": "new",
        "due": NOW + hours(0.7),
        "started": NOW - hours(23.3),
        "owner": "Cora Whitfield",
        "holds_up": "",
    },
    {
        "url": "#3",
        "reference": "PPN-26-004170",
        "title": "Two children at a house search",
        "why": "Last quarter of its 24 hours",
        "child": "yes",
        "grade": "amber",
        "state": "In review",
        "state_kind": "working",
        "due": NOW + hours(3.2),
        "started": NOW - hours(20.8),
        "owner": "Cora Whitfield",
        "holds_up": "School told before 08:30",
    },
    {
        "url": "#4",
        "reference": "PPN-26-004181",
        "title": "Adult at risk, neighbour’s report",
        "why": "Within its 72 hours",
        "child": "no",
        "grade": "green",
        "state": "Waiting for reply",
        "state_kind": "waiting",
        "due": NOW + hours(61),
        "started": NOW - hours(11),
        "owner": "Dev Anand",
        "holds_up": "",
    },
]

CHIPS = [
    {"label": "All", "count": 41, "url": "#", "current": True},
    {"label": "Child", "count": 23, "url": "#", "current": False},
    {"label": "Not known", "count": 6, "url": "#", "current": False},
    {"label": "Over", "count": 9, "url": "#", "current": False},
    {"label": "Nobody has it", "count": 12, "url": "#", "current": False},
]

CLOCKS = [
    {
        "name": "PPN review",
        "what_for": "A co-ordinator has assessed the notice",
        "due": NOW - hours(52.5),
        "started": NOW - hours(76.5),
        "next_tells": "the MASH chief inspector",
        "next_at": NOW + hours(1),
    },
    {
        "name": "School told",
        "what_for": "Operation Encompass",
        "due": NOW + hours(5.3),
        "started": NOW - hours(7),
        "next_tells": "Cora Whitfield",
        "next_at": NOW + hours(3),
    },
]

MISSING = [
    {"label": "Child seen and spoken to", "done": False, "why": "Nobody has seen him since Saturday", "url": "#"},
    {"label": "Strategy meeting decided", "done": False, "why": "A sergeant decides, and says why", "url": ""},
    {"label": "Household history read", "done": True, "why": "", "url": ""},
]

TIMELINE = [
    {
        "title": "Escalated to the MASH inspector",
        "when": NOW - hours(28),
        "by": "by the sweep",
        "lines": [],
        "kind": "",
    },
    {
        "title": "Notice submitted",
        "when": NOW - hours(76),
        "by": "by PC Olly Marsh",
        "url": "#",
        "kind": "Late",
        "lines": ["First known on Wednesday at 22:40; submitted the next day.", "“I don’t want to go back there.”"],
    },
]

ACTIONS = [
    {"label": "Assess", "url": "#"},
    {"label": "Ask a sergeant", "url": "#"},
    {"label": "File", "url": "#", "why_not": "a sergeant has not decided on a strategy meeting"},
]


def refused() -> Seen:
    """Half filled in, and wrong."""
    typed = {
        "name": "Ade",
        "born_day": "31",
        "born_month": "2",
        "born_year": "2014",
        "seen_at_day": "1",
        "seen_at_month": "3",
        "seen_at_year": "2026",
        "seen_at_time": "25:00",
        "account": "He said:\nhe was hungry.",
    }
    return Seen(typed, auto_id="again_%s")


def page() -> dict[str, Any]:
    """What every page is given."""
    user = SimpleNamespace(is_authenticated=True, get_full_name="Sam Okafor", duties="MASH sergeant, until 06:00")
    return {
        "now": NOW,
        "force_name": "Harbourshire Police",
        "home": "#",
        "request": SimpleNamespace(user=user),
        "navigation": [
            {"label": "Needs me now", "url": "#", "current": False, "count": 7},
            {"label": "Notices", "url": "#", "current": True, "count": 41},
            {"label": "Missing", "url": "#", "current": False, "count": 3},
            {"label": "Search", "url": "#", "current": False, "count": None},
        ],
        "heartbeat": {"late": True, "last_at": NOW - hours(0.2)},
    }


class Message(str):
    """A message as Django's framework hands it to a page."""

    level_tag = "success"


def styleguide() -> dict[str, Any]:
    """What the style guide is given."""
    return {
        **page(),
        "messages": [Message("PPN-26-004101 is yours.")],
        "lead": "41 waiting, 23 with a child, 6 not known. The oldest has waited 3 days 4 hours.",
        "caption": "Nearest to its due time first",
        "take_next": {"url": "#", "label": "Take the next one"},
        "chips": CHIPS,
        "rows": ROWS,
        "pager": {"newer_url": "#", "older_url": "#", "text": "1 to 4 of 41"},
        "empty": {"title": "No notice is waiting.", "text": "The last was assessed 12 minutes ago."},
        "error_state": {"title": "The address history could not be read.", "text": "", "retry_url": "#"},
        "grades": ["very high", "red", "amber", "green", "", "B"],
        "state_kinds": ["new", "working", "waiting", "done", "stopped"],
        "actions": ACTIONS,
        "clocks": CLOCKS,
        "missing": MISSING,
        "missing_step": "file this notice",
        "timeline": TIMELINE,
        "form": Seen(),
        "formset": Children(),
        "refused": refused(),
    }

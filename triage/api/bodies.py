"""What the feed sends. Each field says what it is; a code that is not in its list is refused by the field's name."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from access.body import Body
from access.moments import Moment, NotLaterThanNow
from accounts.models import Team
from accounts.teams import response_areas
from govuk.fields import YesNoNotKnown as Answer
from triage.forms.thrive import LONGEST
from triage.models import Category, Channel, Grade, Result, Risk, Thrive, ToldCaller

NOT_KNOWN = Answer.NOT_KNOWN.value


def _text(length: int, **options: Any) -> serializers.CharField:
    return serializers.CharField(
        max_length=length, **{"allow_blank": True, "required": False, "default": "", **options}
    )


def _must(length: int = LONGEST) -> serializers.CharField:
    return serializers.CharField(max_length=length)


def _answer(**options: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=Answer.choices, **options)


def _asked() -> serializers.ChoiceField:
    return _answer(required=False, default=NOT_KNOWN)


class AreaField(serializers.Field[Team, str, str, Team]):
    """A response team by its name."""

    def to_internal_value(self, value: Any) -> Team:
        area = response_areas().filter(name=value).first() if isinstance(value, str) else None
        if area is None:
            raise serializers.ValidationError("There is no response team of this name.", "unknown")
        return area

    def to_representation(self, value: Team) -> str:
        return value.name


class CallerBody(Body):
    name = _text(200)
    number = _text(40)
    is_child = _asked()
    safe_number = _text(40)
    safe_time = _text(100)
    may_leave_message = _asked()


def _level() -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=Risk.choices, required=False, default=Risk.NOT_KNOWN.value)


class ThriveBody(Body):
    """A THRIVE assessment: six lines with a level each."""

    threat, threat_level = _text(LONGEST), _level()
    harm, harm_level = _text(LONGEST), _level()
    risk, risk_level = _text(LONGEST), _level()
    investigation, investigation_level = _text(LONGEST), _level()
    vulnerability, vulnerability_level = _text(LONGEST), _level()
    engagement, engagement_level = _text(LONGEST), _level()
    before_we_arrive = _must()
    overall = serializers.ChoiceField(choices=Risk.choices)


CHANNELS = [(value, label) for value, label in Channel.choices if value not in (Channel.CALL_LOG, Channel.FEED)]


class IncidentBody(Body):
    """A new incident. Whether a child is there is answered: yes, no or not_known, and never left out."""

    number = serializers.RegexField(
        r"\A[^/]+\Z", max_length=80, error_messages={"invalid": "A stroke (/) cannot be part of a number here."}
    )
    channel = serializers.ChoiceField(choices=CHANNELS, required=False, default=Channel.FEED.value)
    reported_at = NotLaterThanNow()
    location = _must(300)
    what_happened = _must()
    child = _answer()
    children = _text(LONGEST)
    unborn_child = _asked()
    domestic_abuse = _asked()
    grade = serializers.ChoiceField(choices=Grade.choices)
    category = _text(200)
    opening_category = serializers.ChoiceField(
        choices=Category.choices, required=False, default=Category.NOT_KNOWN.value
    )
    area = AreaField(required=False, allow_null=True, default=None)
    urgent_because = _text(300)
    caller = CallerBody(required=False)
    thrive = ThriveBody(required=False)


class UpdateBody(Body):
    """Something happened to an incident: what kind, and when."""

    at = NotLaterThanNow(required=False)


class Assigned(UpdateBody):
    unit = _must(80)


class StoodDown(UpdateBody):
    because = _must(500)


class CalledAgain(UpdateBody):
    what_they_say = _must()
    child = _answer()


class Regraded(UpdateBody):
    grade = serializers.ChoiceField(choices=Grade.choices)
    because = _must(500)
    caller_told = serializers.ChoiceField(choices=ToldCaller.choices)
    thrive = ThriveBody()


class Reassessed(UpdateBody):
    trigger = serializers.ChoiceField(choices=Thrive.Trigger.choices)
    thrive = ThriveBody()


class CallerContacted(UpdateBody):
    route = _must(100)
    result = serializers.ChoiceField(choices=Result.choices)
    said = _text(LONGEST)


class ChildFound(UpdateBody):
    how_we_know = _must(500)


class Ended(UpdateBody):
    because = _must()
    child_safe_because = _text(LONGEST)
    no_ppn_because = _text(LONGEST)
    caller_told = serializers.ChoiceField(choices=ToldCaller.choices)


class UnitBody(Body):
    area = AreaField()
    on_duty_until = Moment()
    crew = serializers.IntegerField(min_value=1, max_value=20, required=False, default=2)

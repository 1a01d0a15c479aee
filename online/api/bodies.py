"""What a referral looks like when another system sends it. A field that nobody reads is refused, above all an image."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from access.body import UNKNOWN, Body
from access.moments import Moment, NotLaterThanNow
from online.codes import Data, Sender
from online.forms.register_referrals import MOST_IDENTIFIERS
from online.referrals import LONGEST_SAID, LONGEST_WHAT, ONE_SENDER

MOST_IMAGES = 9_999_999
PICTURES = ("image", "picture", "photo", "base64", "content", "file", "thumbnail", "attachment", "video")
NO_PICTURE = (
    "No image, video or file is taken in here, ever. Nothing was kept of it: leave it out, and say in words what it "
    "shows and where it is kept."
)
WHICH_ONE = "Say which one it is: there are several such senders, and two of them may have one number."


class ReferralPart(Body):
    """A key that may hold an image is refused with the reason."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError(_explained(error.detail)) from error


def _explained(found: Any) -> Any:
    if not isinstance(found, Mapping):
        return found
    picture = [ErrorDetail(NO_PICTURE, "no_image")]
    return {name: picture if said == [UNKNOWN] and _may_be_one(str(name)) else said for name, said in found.items()}


def _may_be_one(name: str) -> bool:
    return any(word in name.casefold() for word in PICTURES)


class IdentifierBody(ReferralPart):
    kind = serializers.ChoiceField(choices=Data.choices)
    value = serializers.CharField(max_length=LONGEST_SAID)
    seen_from = NotLaterThanNow(required=False, allow_null=True, default=None)
    seen_to = Moment(required=False, allow_null=True, default=None)


def _text(length: int) -> serializers.CharField:
    return serializers.CharField(max_length=length, allow_blank=True, required=False, default="")


def _images() -> serializers.IntegerField:
    """None = not known."""
    return serializers.IntegerField(min_value=0, max_value=MOST_IMAGES, required=False, allow_null=True, default=None)


class ReferralBody(ReferralPart):
    """One referral. `sender_ref` is the sender's own number: what comes twice under it is one case."""

    sender = serializers.ChoiceField(choices=Sender.choices)
    sender_named = _text(200)
    sender_ref = serializers.RegexField(
        r"\A[^/]+\Z", max_length=80, error_messages={"invalid": "A stroke (/) cannot be part of a number here."}
    )
    received_at = NotLaterThanNow()
    uploaded_at = NotLaterThanNow(required=False, allow_null=True, default=None)
    what = serializers.CharField(max_length=LONGEST_WHAT)
    category_a, category_b, category_c = _images(), _images(), _images()
    identifiers = IdentifierBody(many=True, required=False)

    def validate(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Two forces may have one number: without the name the second would be a second case, or be lost."""
        if facts["sender"] not in ONE_SENDER and not facts["sender_named"].strip():
            raise ValidationError({"sender_named": ErrorDetail(WHICH_ONE, "required")})
        return facts

    def validate_identifiers(self, rows: list[Any]) -> list[Any]:
        if len(rows) > MOST_IDENTIFIERS:
            raise ValidationError(f"At most {MOST_IDENTIFIERS} identifiers are taken in with one referral.", "too_many")
        return rows

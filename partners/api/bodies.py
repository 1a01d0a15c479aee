"""What an agency's system sends. Each field says what it is; what nobody reads is refused by its name."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Any

from rest_framework import serializers

from access.body import Body
from access.moments import NotLaterThanNow
from documents.intake import Upload, examined
from documents.kinds import Refused
from partners.models import NoInterview, Outcome, Reply

LONGEST = 10_000
What = Reply.What
NEEDS = {
    What.DECISION: {"outcome"},
    What.CHANGED: {"outcome"},
    What.ASKS: {"said"},
    What.DISAGREES: {"said", "they_ask"},
    What.INTERVIEW: {"said"},
    What.INTERVIEW_HELD: {"held_at"},
    What.NO_INTERVIEW: {"reason", "said"},
    What.MINUTES: {"minutes"},
}
"""Which fields have to come with what, beside who answers."""
MAY_HAVE = {
    What.DECISION: {"said"},
    What.CHANGED: {"said"},
    What.DESTROYED: {"said"},
    What.INTERVIEW: {"held_at"},
}
BELONGS = {"outcome", "said", "they_ask", "held_at", "reason", "minutes"}
"""Fields that belong to some of what can be said, and to nothing else."""
MISSING = "This is needed with {what}."
NOT_WITH = "This is not read with {what}: leave it out."


class FileBytes(serializers.Field[bytes, str, str, Any]):
    """The bytes of a file, in base64 (RFC 4648) without line breaks."""

    default_error_messages = {"invalid": "This is not base64 without line breaks.", "blank": "The file is empty."}

    def to_internal_value(self, data: Any) -> bytes:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            content = b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            self.fail("invalid")
        return content or self.fail("blank")


class MinutesBody(Body):
    """A file with the minutes of a strategy meeting."""

    name = serializers.CharField(max_length=200, help_text="What the file is called, such as minutes.pdf")
    content_base64 = FileBytes(help_text="The file in base64")

    def validate(self, facts: dict[str, Any]) -> Any:
        """The file, once it is one that is taken."""
        upload = Upload(facts["name"], facts["content_base64"])
        try:
            examined(upload)
        except Refused as refusal:
            raise serializers.ValidationError({"content_base64": [str(refusal)]}) from refusal
        return upload


class ReplyBody(Body):
    """One thing that the agency did, decided or says about what it was sent."""

    disclosure = serializers.UUIDField()
    what = serializers.ChoiceField(choices=What.choices)
    who = serializers.CharField(max_length=200, help_text="Name of whoever answers there")
    at = NotLaterThanNow(required=False, allow_null=True, help_text="When they said or decided it; left out = now")
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False)
    said = serializers.CharField(max_length=LONGEST, required=False)
    held_at = NotLaterThanNow(required=False, help_text="When the return interview was held")
    reason = serializers.ChoiceField(
        choices=NoInterview.choices, required=False, help_text="Why there was no return interview"
    )
    they_ask = serializers.CharField(max_length=LONGEST, required=False, help_text="What they ask us to do")
    minutes = MinutesBody(required=False)

    def validate(self, facts: dict[str, Any]) -> dict[str, Any]:
        """What came is what belongs to `what`: nothing is missing, and nothing would be lost."""
        what = What(facts["what"])
        needs, came = NEEDS.get(what, set()), BELONGS & set(facts)
        wrong = dict.fromkeys(sorted(needs - came), MISSING)
        wrong |= dict.fromkeys(sorted(came - needs - MAY_HAVE.get(what, set())), NOT_WITH)
        if wrong:
            raise serializers.ValidationError({name: [said.format(what=what.value)] for name, said in wrong.items()})
        return facts

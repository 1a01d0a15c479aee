"""What an agency's system sends. Each field says what it is; what nobody reads is refused by its name."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from access.body import Body
from access.moments import NotLaterThanNow
from partners.models import Outcome, Reply

LONGEST = 10_000
What = Reply.What
NOT_BY_REPLY = {What.MINUTES}
"""What cannot be sent here yet."""
ACCEPTED = [(value, label) for value, label in What.choices if value not in NOT_BY_REPLY]
NEEDS = {
    What.DECISION: {"outcome"},
    What.CHANGED: {"outcome"},
    What.ASKS: {"said"},
    What.DISAGREES: {"said", "they_ask"},
    What.INTERVIEW: {"said"},
}
"""Which fields have to come with what, beside who answers."""
MAY_HAVE = {What.DECISION: {"said"}, What.CHANGED: {"said"}, What.DESTROYED: {"said"}}
MISSING = "This is needed with {what}."
NOT_WITH = "This is not read with {what}: leave it out."


class ReplyBody(Body):
    """One thing that the agency did, decided or says about what it was sent."""

    disclosure = serializers.UUIDField()
    what = serializers.ChoiceField(choices=ACCEPTED)
    who = serializers.CharField(max_length=200, help_text="Name of whoever answers there")
    at = NotLaterThanNow(required=False, allow_null=True, help_text="When they said or decided it; left out = now")
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False)
    said = serializers.CharField(max_length=LONGEST, required=False)
    they_ask = serializers.CharField(max_length=LONGEST, required=False, help_text="What they ask us to do")

    def validate(self, facts: dict[str, Any]) -> dict[str, Any]:
        """What came is what belongs to `what`: nothing is missing, and nothing would be lost."""
        what = What(facts["what"])
        needs, came = NEEDS.get(what, set()), {"outcome", "said", "they_ask"} & set(facts)
        wrong = dict.fromkeys(sorted(needs - came), MISSING)
        wrong |= dict.fromkeys(sorted(came - needs - MAY_HAVE.get(what, set())), NOT_WITH)
        if wrong:
            raise serializers.ValidationError({name: [said.format(what=what.value)] for name, said in wrong.items()})
        return facts

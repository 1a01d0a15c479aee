"""What each endpoint of the partner API is for, in the description that integrators read. The examples are invented."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiRequest

from documents.kinds import KINDS
from partners.api import answers
from partners.api.bodies import ReplyBody
from partners.api.described import (
    AFTER,
    CHILD,
    CURSOR,
    NARROWED,
    ONE,
    ONLY_FIELDS,
    OTHER,
    RECORD,
    SIZE,
    SOMEBODY,
)
from partners.api.schema import Described, Operation

SENT: dict[str, Any] = {
    "id": ONE,
    "kind": "ppn.ppn",
    "record": RECORD,
    "reference": "PPN-000001",
    "purpose": "share",
    "sent_at": "2026-03-02T09:00:00+00:00",
    "available_until": "2026-09-01T09:00:00+01:00",
    "replaces": None,
    "because": "",
    "state": "delivered",
    "expects": ["receipt", "decision", "outcome"],
    "acknowledged_at": None,
    "outcome": None,
    "content": {
        "reference": "PPN-000001",
        "about": "Child at risk",
        "sections": [{"heading": "Voice of the child", "lines": [[CHILD, "“I hid under the stairs.”"]]}],
    },
    "withheld": None,
    "documents": [],
}
CHANGED = {
    "what": "corrected",
    "id": OTHER,
    "kind": "ppn.ppn",
    "reference": "PPN-000001",
    "sent_at": "2026-03-02T10:00:00Z",
    "replaces": ONE,
}
SAID: dict[str, Any] = {
    "id": OTHER,
    "disclosure": ONE,
    "reference": "PPN-000001",
    "what": "decision",
    "who": SOMEBODY,
    "at": "2026-03-02T09:05:00+00:00",
    "outcome": "s47_joint",
    "said": "We see her at home today",
    "held_at": None,
    "reason": None,
    "how": "system",
    "recorded_at": "2026-03-02T09:06:00+00:00",
}


def _page(*rows: Any) -> dict[str, Any]:
    return {"next": None, "previous": None, "results": list(rows)}


WHO_ASKS = Described(
    get=Operation(
        "Who asks",
        "The agency and the account of the token, and what the token is for: ask it first, to see that it is the "
        "account you think.",
        answers.Me,
        {
            "agency": {"name": "Vale Council", "kind": "social_care"},
            "account": "Their system",
            "scopes": ["shared.read", "replies.write"],
            "account_ends_at": "2026-04-01T10:00:00+01:00",
        },
    )
)
WHAT_CHANGED = Described(
    get=Operation(
        "What has changed",
        "What was sent, corrected and taken back after `after`, in the order in which it was written. None is missed "
        "and none comes twice.",
        answers.Changes,
        {"changes": [CHANGED], "cursor": "42:a-word-without-meaning", "more": False},
        (AFTER,),
    )
)
SENT_TO_YOU = Described(
    get=Operation(
        "What you were sent",
        "Everything your agency was sent and that stands, the newest first. Fetching it counts as delivery.",
        answers.Disclosures,
        _page(SENT),
        (*NARROWED, ONLY_FIELDS, CURSOR, SIZE),
    )
)
ONE_SENT_TO_YOU = Described(
    get=Operation(
        "One of them",
        "Exactly what was sent. Fetching it counts as delivery. What was corrected or taken back since is 410.",
        answers.Disclosure,
        SENT,
        (ONLY_FIELDS,),
        refusals=(404, 410),
    )
)
ONE_DOCUMENT = Described(
    get=Operation(
        "A document",
        "The bytes of a document that came with what you were sent, as they were sent. 410: the police have withdrawn "
        "it, or what it came with was corrected or taken back; destroy your copy. 409: it cannot be opened now.",
        OpenApiTypes.BINARY,
        None,
        media_types=tuple(KINDS),
        refusals=(404, 409, 410),
    )
)
WHAT_YOU_SAY = Described(
    get=Operation(
        "What you have said",
        "What your agency has said about what it was sent, by whichever way, the newest first.",
        answers.Replies,
        _page(SAID),
        (CURSOR, SIZE),
    ),
    post=Operation(
        "Say what you do",
        "One thing that your agency did, decided or says about what it was sent. Which fields come with it depends "
        "on `what`. The answer is the reply as it was kept; it is never changed.",
        answers.Reply,
        SAID,
        status=201,
        body=OpenApiRequest(
            ReplyBody,
            examples=[
                OpenApiExample(
                    "Minutes",
                    {
                        "disclosure": ONE,
                        "what": "minutes",
                        "who": SOMEBODY,
                        "minutes": {"name": "minutes.txt", "content_base64": "V2Ugc2VlIGhlciBhdCBob21lIHRvZGF5Lg=="},
                    },
                ),
                OpenApiExample(
                    "A return interview was held",
                    {
                        "disclosure": ONE,
                        "what": "interview",
                        "who": SOMEBODY,
                        "held_at": "2026-03-01T16:00:00Z",
                        "said": "She was at a friend's house. She does not want to go home while he is there",
                    },
                ),
                OpenApiExample(
                    "The child did not want a return interview",
                    {
                        "disclosure": ONE,
                        "what": "no_interview",
                        "who": SOMEBODY,
                        "reason": "declined",
                        "said": "Offered twice, by telephone and at the door",
                    },
                ),
                OpenApiExample("It is here", {"disclosure": ONE, "what": "acknowledged", "who": SOMEBODY}),
                OpenApiExample(
                    "A decision",
                    {name: SAID[name] for name in ("disclosure", "what", "who", "at", "outcome", "said")},
                ),
            ],
        ),
        refusals=(400, 404, 409, 410, 413, 415),
    ),
)

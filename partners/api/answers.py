"""What the partner API answers, field by field, as its description names it. Answers are written by PostgreSQL and
never pass through these; `tests/partners/test_contract.py` holds the two together."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from partners.api.oauth import SCOPES
from partners.models import Agency, Expects, Outcome, Purpose, delivery

Choices = list[tuple[str, str]]


class Known(serializers.CharField):
    """One of some words, to which others may be added: a reader passes over those it does not know."""

    def __init__(self, choices: Choices, *, said: str = "", **options: Any) -> None:
        self.known = [value for value, _ in choices]
        of_each = "; ".join(f"`{value}`: {label}" for value, label in choices)
        super().__init__(help_text=f"{said} {of_each}.".strip(), **options)


class KnownWords(OpenApiSerializerFieldExtension):
    target_class = Known

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        return {"type": "string", "x-extensible-enum": self.target.known}


def text(said: str, **options: Any) -> serializers.CharField:
    return serializers.CharField(help_text=said, **options)


def moment(said: str, **options: Any) -> serializers.DateTimeField:
    return serializers.DateTimeField(help_text=said, **options)


def key(said: str, **options: Any) -> serializers.UUIDField:
    return serializers.UUIDField(help_text=said, **options)


def either(choices: Any) -> Choices:
    return [(str(value), str(label)) for value, label in choices]


WHAT_FOR = [(scope, act.label) for scope, act in SCOPES.items()]
WHAT_CHANGED = [
    ("new", "it was sent"),
    ("corrected", "what it `replaces` was wrong, and this is right"),
    ("withdrawn", "what it `replaces` is taken back: destroy your copy and say so"),
]
WHAT_BECAME = WHAT_CHANGED[1:]


class WhichAgency(serializers.Serializer[Any]):
    name = text("What the agency is called")
    kind = Known(either(Agency.Kind.choices))


class Me(serializers.Serializer[Any]):
    """Whom a token belongs to, and what it is for."""

    agency = WhichAgency()
    account = text("What the police call your system")
    scopes = serializers.ListField(child=Known(WHAT_FOR), help_text="What the token is for")
    account_ends_at = moment("When its secret ends; ask for a new one before", allow_null=True)


class Document(serializers.Serializer[Any]):
    """A paper or photo that was sent with a disclosure."""

    id = key("Names it in `disclosures/{key}/documents/{document}/`")
    name = text("What it is called")
    media_type = text("What kind of file it is, such as `application/pdf`")
    size = serializers.IntegerField(min_value=0, help_text="In bytes")
    sha256 = serializers.RegexField("^[0-9a-f]{64}$", help_text="SHA-256 of its bytes, in hexadecimal")


class Disclosure(serializers.Serializer[Any]):
    """What your agency was sent, exactly as it was sent. Each field is there, unless `fields` asks for fewer."""

    id = key("Names this disclosure")
    kind = text("Kind of record it was taken from, such as `ppn.ppn`")
    record = key("The same for everything that you were sent about one record; it means nothing to anybody else")
    reference = text("What the police call the record")
    purpose = Known(either(Purpose.choices), said="Why it was sent.")
    sent_at = moment("When it was sent")
    available_until = moment("How long it can be fetched; after that it is 404")
    replaces = key("The disclosure in whose place this one stands; null where there is none", allow_null=True)
    because = text("Why it was corrected or taken back; empty where it is neither", allow_blank=True)
    state = Known(either(delivery.Delivery.State.choices), said="What has become of it.")
    expects = serializers.ListField(child=Known(either(Expects.choices)), help_text="What your agency owes")
    acknowledged_at = moment("When your agency said that it has it; null where it has not", allow_null=True)
    outcome = Known(
        either(Outcome.choices), said="What your agency does; null while that is not known.", allow_null=True
    )
    content = serializers.DictField(
        help_text="Exactly what was sent, as on the page of the police. What is in it differs from kind to kind"
    )
    withheld = serializers.IntegerField(
        min_value=0,
        allow_null=True,
        help_text="How many parts of the record were not for your agency; null: not counted. "
        "Never take nothing for nothing known",
    )
    documents = Document(many=True, help_text="Papers and photos that came with it")

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class Disclosures(serializers.Serializer[Any]):
    """One page of what your agency was sent, the newest first."""

    next = serializers.URLField(allow_null=True, help_text="Follow it as it is; null: there are no more")
    previous = serializers.URLField(allow_null=True, help_text="The page before this one; null: this is the first")
    results = Disclosure(many=True)


class Change(serializers.Serializer[Any]):
    """Something was sent, corrected or taken back."""

    what = Known(WHAT_CHANGED)
    id = key("The disclosure that says so")
    kind = text("Kind of record it was taken from, such as `ppn.ppn`")
    reference = text("What the police call the record")
    sent_at = moment("When it was sent")
    replaces = key("The disclosure that is 410 from now on; null where there is none", allow_null=True)


class Changes(serializers.Serializer[Any]):
    """What is new, in the order in which it was written."""

    changes = Change(many=True)
    cursor = text("Give it back as `after` with the next request. It is a word without meaning")
    more = serializers.BooleanField(help_text="There are others: ask again at once")


class Reply(serializers.Serializer[Any]):
    """What your agency said, as it was kept. It is never changed."""

    id = key("Names this reply")
    disclosure = key("What it is about")
    reference = text("What the police call the record")
    what = Known(either(delivery.Reply.What.choices))
    who = text("Who there said it: name and post")
    at = moment("When they said it")
    outcome = Known(either(Outcome.choices), said="What they decided; null where they did not.", allow_null=True)
    said = text("In their own words; may be empty", allow_blank=True)
    held_at = moment("When the return interview was held; null where they did not say", allow_null=True)
    reason = Known(
        either(delivery.NoInterview.choices), said="Why there was no return interview; null else.", allow_null=True
    )
    how = Known(either(delivery.Reply.How.choices), said="By which way it came.")
    recorded_at = moment("When it was kept")


class Replies(serializers.Serializer[Any]):
    """One page of what your agency has said, by whichever way, the newest first."""

    next = serializers.URLField(allow_null=True, help_text="Follow it as it is; null: there are no more")
    previous = serializers.URLField(allow_null=True, help_text="The page before this one; null: this is the first")
    results = Reply(many=True)


class Wrong(serializers.Serializer[Any]):
    field = text("What is wrong: a field of the body, a parameter or a header; parts of it after a dot")
    code = text("What is wrong with it, for programs", allow_blank=True)
    message = text("The same for people. The words may change")


class Problem(serializers.Serializer[Any]):
    """Why nothing was done (RFC 9457). `status` and `code` are for programs; the words may change."""

    type = text("Always `about:blank`: what kind it is says `status`")
    title = text("The status in words")
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = text("What is wrong, for people")
    errors = Wrong(many=True, help_text="Each thing that is wrong; may be empty")  # type: ignore[assignment] # its name


class Gone(Problem):
    """It was corrected or taken back: your copy is wrong."""

    what = Known(WHAT_BECAME)
    replaced_by = key("The disclosure that says so: fetch it; null: it was a document", allow_null=True)

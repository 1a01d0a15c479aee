"""What another system sends: JSON, read to the last key. What nobody reads is refused, so that nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import BaseParser

NOT_JSON = "The body is not JSON in UTF-8."
UNKNOWN = "There is no such field. Nothing was kept of it: leave it out, or correct its name."
NOT_TEXT = "This is not text: it holds a character that cannot be kept."


class JsonBody(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN, and no key twice, of which one would be lost without a word."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            sent = json.loads(
                stream.read().decode("utf-8"), object_pairs_hook=_each_key_once, parse_constant=_no_such_number
            )
            wrong = dict(_not_text(sent))
        except json.JSONDecodeError as error:
            raise ParseError(f"{NOT_JSON} See line {error.lineno}, column {error.colno}.") from error
        except (ValueError, RecursionError) as error:
            raise ParseError(NOT_JSON) from error
        if wrong:
            raise ValidationError(wrong)
        return sent


class Body(serializers.Serializer[Any]):
    """The fields of a body, or of a part of one. A key that is none of them is refused by its name."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, field in cls._declared_fields.items():
            part = getattr(field, "child", field)
            if isinstance(part, serializers.BaseSerializer) and not isinstance(part, Body):
                raise TypeError(f"{cls.__name__}.{name} would drop keys it does not know: make it a Body")

    def to_internal_value(self, data: Any) -> Any:
        wrong: dict[str, Any] = {}
        if isinstance(data, Mapping):
            read = {name for name, field in self.fields.items() if not field.read_only}
            wrong = {str(name): [ErrorDetail(UNKNOWN, "unknown")] for name in data if name not in read}
        try:
            facts = super().to_internal_value(data)
        except ValidationError as error:
            found: Any = error.detail
            raise ValidationError({**found, **wrong}) from error
        if wrong:
            raise ValidationError(wrong)
        return facts


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    each = dict(pairs)
    if len(each) < len(pairs):
        raise ParseError("One of the keys stands there twice, and only one of the two could be kept.")
    return each


def _no_such_number(name: str) -> Any:
    raise ParseError(f"{name} is no number in JSON.")


def _not_text(sent: Any, where: str = "") -> Iterator[tuple[str, list[ErrorDetail]]]:
    """Each text that PostgreSQL could not keep, by its field: with a NUL in it, or half a character."""
    if isinstance(sent, str) and not _is_text(sent):
        yield where, [ErrorDetail(NOT_TEXT, "not_text")]
    elif isinstance(sent, dict):
        for key, inside in sent.items():
            if not _is_text(key):
                yield where, [ErrorDetail(NOT_TEXT, "not_text")]
            else:
                yield from _not_text(inside, f"{where}.{key}" if where else key)
    elif isinstance(sent, list):
        for number, inside in enumerate(sent):
            yield from _not_text(inside, f"{where}.{number}" if where else str(number))


def _is_text(text: str) -> bool:
    return "\0" not in text and (text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text))

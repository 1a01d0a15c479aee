"""JSON that PostgreSQL has written already goes out as it is, without being read and written again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Expression, F, Func, TextField
from rest_framework.renderers import JSONRenderer


class Written(str):
    """A text that is JSON."""


class JsonText(Func):
    """An object that PostgreSQL writes out as text. Its names are ours and stand in the statement itself, which is made
    anew for each request: as values they would be half of it."""

    output_field = TextField()

    def __init__(self, fields: Mapping[str, Expression | F]) -> None:
        super().__init__(*fields.values())
        self.names = list(fields)

    def as_sql(  # type: ignore[override] # Func's takes a template as well, and there is none
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, list[Any]]:
        said: list[str] = []
        values: list[Any] = []
        for name, expression in zip(self.names, self.source_expressions, strict=True):
            statement, more = compiler.compile(expression)
            said.append(f"'{name}', {statement}")
            values += more
        return f"json_build_object({', '.join(said)})::text", values


class WrittenJson(JSONRenderer):
    """JSON, of which the whole answer may be written already."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if isinstance(data, Written):
            return data.encode()
        rendered: bytes = super().render(data, accepted_media_type, renderer_context)
        return rendered


class FileOrJson(WrittenJson):
    """The bytes of a file as they are; everything else as JSON."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if isinstance(data, bytes):
            return data
        return super().render(data, accepted_media_type, renderer_context)


def a_list(each: Iterable[str], **beside: Any) -> Written:
    """{..., "results": [...]}: what stands beside the results, and the results as they were written."""
    named = "".join(f"{json.dumps(name)}: {json.dumps(value)}, " for name, value in beside.items())
    return Written(f'{{{named}"results": [{", ".join(each)}]}}')


def with_record(written: str, record: UUID) -> Written:
    """An object that was written, with the key of its record in front of what it has."""
    rest = written[1:].lstrip()
    return Written(f'{{"record": "{record}"{"" if rest == "}" else ", "}{rest}')

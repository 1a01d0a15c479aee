"""The project's own files, as a reader of the repository finds them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PRODUCT = ["config", "simulator", "demo", "govuk", "matching", *settings.OUR_APPS]


@cache
def tracked() -> list[Path]:
    """Every file of the repository, those not yet added to it included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return [path for name in answer.stdout.splitlines() if (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Each file that is text, with its name in the repository."""
    for path in tracked():
        try:
            yield str(path.relative_to(ROOT)), path.read_text()
        except UnicodeDecodeError:
            continue


def ours(suffix: str = ".py", *, tests: bool = False) -> Iterator[tuple[str, str]]:
    """Product files, without what migrations wrote."""
    for name, text in texts():
        first = name.split("/")[0]
        if name.endswith(suffix) and "/migrations/" not in name and (first in PRODUCT or (tests and first == "tests")):
            yield name, text


def nodes(kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[str, ast.AST]]:
    """Each node of a kind in the product's Python, with where it stands."""
    for name, text in ours():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, kind):
                yield f"{name}:{getattr(node, 'lineno', 0)}", node

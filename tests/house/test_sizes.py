"""Nothing is too long to hold in the head."""

import ast

import pytest

from tests.house.sources import nodes, ours, tracked

LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_WORKFLOW, LONGEST_FUNCTION = 400, 900, 250, 50
CATCH_ALLS = {"utils", "util", "helpers", "helper", "common", "misc", "services_common", "core"}


def _lines(text):
    return len(text.splitlines())


def test_no_file_is_longer_than_one_can_read_at_a_sitting():
    assert [(name, _lines(text)) for name, text in ours() if _lines(text) > LONGEST_FILE] == []


def test_no_file_of_tests_is_a_book():
    files = ours(tests=True)
    assert [(name, _lines(text)) for name, text in files if _lines(text) > LONGEST_TEST_FILE] == []


def test_a_workflow_is_one_page():
    workflows = [(name, _lines(text)) for name, text in ours() if name.endswith("/workflow.py")]
    assert workflows
    assert [(name, lines) for name, lines in workflows if lines > LONGEST_WORKFLOW] == []


def test_no_function_is_longer_than_a_screen():
    long = [
        (where, node.name, node.end_lineno - node.lineno + 1)
        for where, node in nodes((ast.FunctionDef, ast.AsyncFunctionDef))
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("name", sorted(CATCH_ALLS))
def test_there_is_no_room_for_what_belongs_nowhere(name):
    assert [path for path in tracked() if path.suffix == ".py" and name in (path.stem, path.parent.name)] == []

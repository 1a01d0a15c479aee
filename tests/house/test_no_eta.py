"""What must not be found in the product: timers outside the database, clocks of its own, hidden hooks, open doors."""

import ast
import re

import pytest

from tests.house.sources import nodes, ours, texts

ONE_CLOCK = "access/time.py"
KNOWN_SIGNALS = {"config/celery.py"}  # without a receiver Celery would replace our logging
NEVER_POSTED = {"templates/components/styleguide.html"}  # looked at by tests, sent to nobody


def _found(pattern, files, *, but_in=()):
    return [
        f"{name}:{number}"
        for name, text in files
        if not any(name.startswith(place) for place in but_in)
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_no_task_waits_in_the_broker():
    waits = [where for where, call in nodes(ast.Call) if {each.arg for each in call.keywords} & {"eta", "countdown"}]
    assert waits == []


def test_no_task_is_sent_off_by_the_work_itself():
    sends = ("apply_async", "delay", "send_task", "retry")
    assert [where for where, call in nodes(ast.Call) if ast.unparse(call.func).split(".")[-1] in sends] == []


@pytest.mark.parametrize(
    "clock",
    [r"\bdatetime\.(now|utcnow|today)\(", r"\bdate\.today\(", r"\btimezone\.now\b", r"\btime\.time\(", r"\bNow\(\)"],
)
def test_only_one_clock_tells_the_time(clock):
    assert _found(clock, ours(), but_in=[ONE_CLOCK]) == []


def test_no_rule_hides_in_a_signal():
    signals = (
        r"@receiver\b|\bdjango\.(db\.models|core|db\.backends)\.signals\b|\b(post|pre)_(save|delete|init|migrate)\b"
    )
    assert _found(signals, ours()) == []
    assert _found(r"\bsignals\b", ours(), but_in=KNOWN_SIGNALS) == []


def test_no_rule_hides_in_save_or_delete():
    overridden = [
        (where, each.name)
        for where, model in nodes(ast.ClassDef)
        if where.split(":")[0].endswith("/models.py")
        for each in model.body
        if isinstance(each, ast.FunctionDef) and each.name in ("save", "delete", "full_clean", "clean")
    ]
    assert overridden == []


def test_every_form_is_protected_against_forged_requests():
    """But the one to which a partner's system shows its secret: it has no session, so nothing to forge with."""
    found = _found(r"csrf_exempt", ours())
    assert {place.split(":")[0] for place in found} == {"partners/api/oauth.py"}


def _posting():
    return [(name, text) for name, text in _templates() if re.search(r'method="post"', text, re.IGNORECASE)]


def _templates():
    return [(name, text) for name, text in texts() if name.endswith(".html")]


def test_every_posting_form_in_a_template_carries_its_token():
    assert {name for name, text in _posting() if "csrf_token" not in text} == NEVER_POSTED


def test_only_the_design_system_says_what_is_safe_html():
    assert _found(r"\bmark_safe\b|\bSafeString\b|\bSafeText\b", ours(), but_in=["govuk/"]) == []
    assert _found(r"\|\s*safe\b|\bautoescape off\b|\|\s*safeseq\b", _templates(), but_in=["govuk/"]) == []


INLINE = {
    "script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "style": r"<style\b",
    "style attribute": r"\sstyle\s*=",
    "handler": r"\son(click|change|submit|load|error|input|focus|blur|key\w+|mouse\w+)\s*=",
    "address that runs": r"javascript:",
}


@pytest.mark.parametrize("pattern", INLINE.values(), ids=INLINE)
def test_no_template_holds_script_or_style(pattern):
    assert _found(pattern, _templates()) == []


def test_nothing_is_fetched_from_elsewhere():
    elsewhere = r"(src|href|action)=[\"']https?://(?!www\.gov\.uk|www\.nationalarchives\.gov\.uk)"
    assert _found(elsewhere, _templates()) == []


def test_nobody_is_caught_silently():
    silent = [
        where
        for where, handler in nodes(ast.ExceptHandler)
        if handler.type is None or (ast.unparse(handler.type).endswith("Exception") and _says_nothing(handler))
    ]
    assert silent == []


def _says_nothing(handler):
    return all(isinstance(each, ast.Pass | ast.Continue) for each in handler.body)

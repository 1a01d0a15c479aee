"""`make demo PROFILE=june_2022.toml SIZE=0.05`: a simulated force in place of the demo's own."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction

from access.time import run_freely
from config.supervise import inventing
from demo.password import kept
from demo.seed import is_the_demo
from workflow.models import Step

pytestmark = pytest.mark.django_db


def simulated():
    said = StringIO()
    try:
        call_command("simulate", days=1, profile="vale.toml", size=0.01, lately=1, as_demo=True, stdout=said)
    finally:
        run_freely()
    return said.getvalue()


def test_from_an_empty_database_the_cast_can_sign_in_and_a_second_start_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("LONGSTOP_RUN", str(tmp_path))
    with transaction.atomic():
        assert "transitions in" in simulated()
        assert is_the_demo()
        assert authenticate(username="alma", password=kept()).username == "alma"
        steps = Step.objects.count()
        assert steps > 0
        assert simulated() == "The invented people and their work are here already; nothing was changed.\n"
        assert Step.objects.count() == steps
        transaction.set_rollback(True)


def test_the_demo_is_its_own_force_unless_another_is_named(monkeypatch):
    monkeypatch.delenv("PROFILE", raising=False)
    assert inventing() == ["seed_demo"]
    monkeypatch.setenv("PROFILE", "june_2022.toml")
    monkeypatch.setenv("SIZE", "0.1")
    assert inventing()[:6] == ["simulate", "--as-demo", "--profile", "june_2022.toml", "--size", "0.1"]

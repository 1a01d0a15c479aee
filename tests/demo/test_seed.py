"""What is never seeded, texts without a database, the password, and a clock that is not the demo's."""

import stat
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from access.actor import System, signed
from access.time import run_freely
from accounts.models import Team, User
from demo import password
from demo.invented import household
from demo.notices import draft
from demo.seed import seed
from demo.writing import Writer, texts
from triage.children import words_for_a_child

pytestmark = pytest.mark.django_db


def test_a_database_with_records_and_no_cast_may_be_a_real_forces_and_is_refused():
    with signed(System("test")):
        Team.objects.create(name="A real MASH")
    with pytest.raises(
        CommandError, match=r"^This database already holds records .* Nothing was changed\.$"
    ) as refusal:
        call_command("seed_demo")
    assert refusal.value.returncode == 1
    assert (Team.objects.count(), User.objects.count()) == (1, 0)


def test_the_same_seed_writes_the_same_texts():
    first, second = ([draft(Writer(1), date(2026, 3, 2)) for _ in range(3)] for _ in range(2))
    assert first == second


def test_every_part_of_every_text_can_be_filled_in():
    writer = Writer(1)
    for kind, about in texts("notices").items():
        family = household(writer.rng, date(2026, 3, 2), tuple(about["ages"]))
        for _ in range(12):
            assert "{" not in draft(writer, date(2026, 3, 2), kind, family).narrative


THINKS_OF_A_CHILD = {"playground", "nursery"}  # the lines that the software is meant to find


def test_no_call_without_a_child_speaks_of_one_but_those_that_are_meant_to():
    about = [kind for queue in ("priority", "hub") for kind in texts("calls")[queue].values()]
    said = [words_for_a_child(f"{kind['category']} {line}") for kind in about for line in kind["no"]]
    assert {word for words in said for word in words} == THINKS_OF_A_CHILD
    assert sum(map(bool, said)) == len(THINKS_OF_A_CHILD)


def test_the_password_is_made_once_and_only_its_owner_can_read_it(tmp_path, monkeypatch):
    monkeypatch.setenv("LONGSTOP_RUN", str(tmp_path))
    assert password.kept() is None
    assert password.made() == password.made() == password.kept()
    assert stat.S_IMODE((tmp_path / "demo-password").stat().st_mode) == 0o600


def test_with_nowhere_to_keep_a_password_it_says_so_and_nobody_can_sign_in(monkeypatch, clock):
    monkeypatch.delenv("LONGSTOP_RUN", raising=False)
    said: list[str] = []
    seed(said.append, size=0.001)
    assert "LONGSTOP_RUN names no folder to keep a password in, so nobody can sign in." in said
    assert not any(person.has_usable_password() for person in User.objects.all())


def test_where_nobody_is_it_says_so(capsys):
    call_command("demo_people")
    assert capsys.readouterr().out.startswith("nobody yet")


@pytest.mark.parametrize("said", [[], ["--hours", "-1"], ["--hours", "1", "--back-to-now"]])
def test_where_to_must_be_said(said):
    with pytest.raises(CommandError, match="Say how far forward"):
        call_command("move_clock", *said)


@pytest.mark.django_db(transaction=True)
def test_the_time_of_a_real_force_is_not_moved():
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE movable_clock RENAME TO put_away")
        try:
            with pytest.raises(CommandError, match="cannot be moved: it is not the demo's"):
                call_command("move_clock", "--hours", "24")
        finally:
            cursor.execute("ALTER TABLE put_away RENAME TO movable_clock")
            run_freely()

"""The models and the migrations agree, and each app's migrations stand in one line."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db


def test_no_model_was_changed_without_a_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


@pytest.mark.parametrize("app", settings.OUR_APPS)
def test_migrations_stand_in_one_line(app):
    label = apps.get_app_config(app).label
    loader = MigrationLoader(connections["owner"])
    assert len(loader.graph.leaf_nodes(label)) <= 1
    assert loader.detect_conflicts() == {}


def test_every_migration_has_been_applied():
    loader = MigrationLoader(connections["owner"])
    assert set(loader.graph.nodes) <= set(loader.applied_migrations)

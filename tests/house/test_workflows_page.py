"""The page of workflows is what the code says."""

from pathlib import Path

from django.conf import settings

from sla.catalogue import page


def test_the_page_of_workflows_is_current():
    assert (Path(settings.BASE_DIR) / "docs" / "workflows.md").read_text() == page(), "run make docs"

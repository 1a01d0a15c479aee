"""Write docs/openapi.yaml from the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from partners.api.schema import page


class Command(BaseCommand):
    help = "Write docs/openapi.yaml from the partner API as its endpoints are declared."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
        path.write_text(page(), encoding="utf-8")
        self.stdout.write(f"wrote {path.relative_to(settings.BASE_DIR)}")

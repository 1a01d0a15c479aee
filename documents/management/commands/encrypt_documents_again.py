"""After a new key was put before the old one: encrypt every photo and document for it, so that the old one can go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.nightly import encrypt_again


class Command(BaseCommand):
    help = "Encrypt every stored photo and document for the first key of DOCUMENTS_KEY"

    def handle(self, *args: Any, **options: Any) -> None:
        done, failed = encrypt_again()
        self.stdout.write(f"{done} files are encrypted for the first key.")
        if failed:
            raise CommandError("Keep the old key. These could not be read:\n" + "\n".join(failed))

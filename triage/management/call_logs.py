"""What the two call-log commands share: their arguments, and one clear line when a file cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from triage.call_log import CallLog, CallLogError, Profile, read_call_log


class CallLogCommand(BaseCommand):
    """A command that reads FILE through --profile. A file or profile that cannot be used: one line, exit 2."""

    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the call log, CSV or CSV.gz")
        parser.add_argument("--profile", type=Path, required=True, help="how its columns map to incidents, JSON")

    def read(self, file: Path, profile: Path) -> tuple[CallLog, Profile]:
        try:
            how = Profile.load(profile)
            log = read_call_log(file, how)
        except CallLogError as error:
            raise CommandError(str(error), returncode=2) from error
        for bad in log.bad_rows:
            self.stderr.write(f"line {bad.line}: {bad.reason}")
        return log, how

    def refuse(self, why: Any) -> CommandError:
        return CommandError(str(why), returncode=2)

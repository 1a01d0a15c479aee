"""The clocks of reports and newsletters."""

from __future__ import annotations

from access.roles import Role
from quality.models import Publication
from quality.publication_lengths import CHECKED, PUBLISHED
from quality.workflow.publishing import (
    change_publication,
    check_publication,
    publish,
    withdraw_publication,
    write_publication,
)
from sla.policy import Deadline, Ladder, Level

READ = Deadline(
    "QB6",
    "Report or newsletter checked by a second person",
    model=Publication,
    starts=[write_publication, change_publication],
    counts_from=lambda publication: publication.written_at,
    length=lambda publication: CHECKED,
    lengths=[CHECKED],
    stops=[check_publication, withdraw_publication],
    publishes="due_at",
    never_tells=lambda publication: {publication.written_by_id},
    ladder=Ladder([Level(0.5, Role.QUALITY_REVIEWER), Level(1.0, Role.QUALITY_LEAD), Level(2.0, Role.SUPERINTENDENT)]),
)

OUT = Deadline(
    "QB7",
    "Report or newsletter that was checked published",
    model=Publication,
    starts=[check_publication],
    counts_from=lambda publication: publication.checked_at,
    length=lambda publication: PUBLISHED,
    lengths=[PUBLISHED],
    stops=[publish, withdraw_publication, change_publication],
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.QUALITY_LEAD), Level(2.0, Role.SUPERINTENDENT)]),
)

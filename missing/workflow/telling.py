"""What an authority and a school read when a child is missing, and when the child is found."""

from __future__ import annotations

from django.conf import settings

from cohort.codes import Risk
from govuk.times import exactly
from missing.codes import MissingFrom
from missing.models import MissingNotice
from partners.content import Content

About, Whom = MissingNotice.About, MissingNotice.Whom


def notice_in_words(notice: MissingNotice) -> Content:
    """Exactly what is sent. A school reads that the child is missing or found, since when, and whom to ring: no more
    (Operation Endeavour). An authority also reads from where, and how high the risk is."""
    episode = notice.episode
    child, is_missing = episode.person, notice.about == About.MISSING
    born = child.born_on
    lines = [
        ("Child", child.name or "not known"),
        ("Date of birth", f"{born:%-d %B %Y}" if born else "not known"),
        ("Missing since", exactly(episode.missing_since)),
        *([] if is_missing else [("Found", exactly(episode.found_at))]),
        *(_for_an_authority(notice) if notice.whom == Whom.AUTHORITY else []),
        ("Whom to ring", f"{settings.FORCE_NAME}, telephone 101: {notice.team}, reference {notice.reference}"),
    ]
    heading = "A child is missing" if is_missing else "A child who was missing is found"
    section = {"heading": heading, "lines": [{"label": label, "text": text} for label, text in lines]}
    return {"reference": notice.reference, "about": heading, "sections": [section]}


def _for_an_authority(notice: MissingNotice) -> list[tuple[str, str]]:
    episode = notice.episode
    lines = [("Missing from", str(MissingFrom(episode.missing_from).label))]
    if notice.about == About.MISSING:
        lines.append(("Risk", str(Risk(episode.risk).label)))
    names = {
        "Authority where the child lives": episode.host,
        "Authority that answers for the child": episode.responsible,
    }
    return [*lines, *((label, str(agency) if agency else "not known") for label, agency in names.items())]

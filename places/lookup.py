"""Where a postcode lies, and which schools somebody may mean."""

from __future__ import annotations

import re

from django.db.models import Q

from places.models import District, Postcode, School, SchoolQuerySet

# The forms of a UK postcode (British Standard 7666; Royal Mail's Programmer's Guide): A9, A99, AA9, AA99, A9A or AA9A,
# then a figure and two letters without C, I, K, M, O and V. GIR 0AA was the Girobank's and follows none of them.
POSTCODE = re.compile(
    r"(GIR|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-Z]|[A-HK-Y][0-9][A-Z]))([0-9][ABD-HJLNP-UW-Z]{2})"
)
NOT_WRITTEN = re.compile(r"[\s\u200b\ufeff-]+")


def normalise_postcode(text: str) -> str | None:
    """A postcode as everybody writes it, however it was typed: "so147du" is "SO14 7DU". None if it is not one."""
    found = POSTCODE.fullmatch(NOT_WRITTEN.sub("", text).upper())
    return f"{found[1]} {found[2]}" if found else None


def district_of(postcode: str) -> District | None:
    """The district a postcode lies in, with its authority. None where it is no postcode, or newer than our list."""
    code = normalise_postcode(postcode)
    found = Postcode.objects.filter(code=code).select_related("district__authority").first() if code else None
    return found.district if found else None


def schools_like(words: str) -> SchoolQuerySet:
    """Schools with these words in their name or town, with this URN, or at this postcode or the beginning of one."""
    if not words:
        return School.objects.all()
    postcode = normalise_postcode(words)
    there = Q(postcode=postcode) if postcode else Q(postcode__istartswith=words)
    return School.objects.filter(Q(name__icontains=words) | Q(town__icontains=words) | Q(urn=words) | there)

"""The layouts in which lists of schools are met, told apart by their headings.

Every wanted column has to be there: a column that is missing would look like a school without a telephone. The names of
head teachers are in all of these files and are not wanted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from places.files import PlacesFileError


@dataclass(frozen=True)
class Layout:
    """Which heading holds what we want."""

    name: str
    columns: Mapping[str, str]
    links: str = ""
    """The last heading, if schools with several links to others go on beyond it."""

    def missing(self, heading: Sequence[str]) -> list[str]:
        """Headings that are not there exactly once."""
        return [column for column in self.columns.values() if heading.count(column) != 1]


REGISTER = Layout(
    "a download of the register (Get Information about Schools)",
    {
        "urn": "URN",
        "authority_code": "LA (code)",
        "says_authority": "LA (name)",
        "establishment": "EstablishmentNumber",
        "name": "EstablishmentName",
        "kind": "TypeOfEstablishment (name)",
        "status": "EstablishmentStatus (name)",
        "opened_on": "OpenDate",
        "closed_on": "CloseDate",
        "phase": "PhaseOfEducation (name)",
        "low_age": "StatutoryLowAge",
        "high_age": "StatutoryHighAge",
        "street": "Street",
        "locality": "Locality",
        "address3": "Address3",
        "town": "Town",
        "postcode": "Postcode",
        "telephone": "TelephoneNum",
        "says_district": "DistrictAdministrative (name)",
        "says_area": "GSSLACode (name)",
    },
    links="Linked establishments",
)
EDUBASE = Layout(
    "EduBase, the register as it was until 2017",
    {
        "urn": "URN",
        "authority_code": "Local authority (code)",
        "says_authority": "Local authority (name)",
        "establishment": "Establishment number",
        "name": "Establishment name",
        "kind": "Type of establishment",
        "status": "Establishment status",
        "opened_on": "Opening date",
        "phase": "Phase of education",
        "low_age": "Statutory lowest age",
        "high_age": "Statutory highest age",
        "street": "Street",
        "locality": "Locality",
        "address3": "Address3",
        "town": "Town",
        "postcode": "Postcode",
        "telephone": "Telephone number",
    },
)
EXTRACT = Layout(
    "an extract of the register with one number for authority and school",
    {
        "urn": "urn",
        "number": "dfe_number",
        "name": "school_name",
        "kind": "establishment_type",
        "status": "school_status",
        "opened_on": "open_date",
        "closed_on": "close_date",
        "phase": "phase_type",
        "low_age": "statutory_low_age",
        "high_age": "statutory_high_age",
        "street": "street",
        "locality": "locality",
        "address3": "address3",
        "town": "town",
        "postcode": "postcode",
        "telephone": "telephone_num",
        "says_district": "administrative_district",
    },
)
LAYOUTS = [REGISTER, EDUBASE, EXTRACT]


def layout_of(name: str, heading: Sequence[str]) -> Layout:
    """The layout whose columns are all there. Otherwise the file is refused, with the columns that it lacks."""
    nearest = min(LAYOUTS, key=lambda layout: len(layout.missing(heading)))
    if missing := nearest.missing(heading):
        raise PlacesFileError(
            f"{name} is no list of schools that can be read. It is most like {nearest.name}; "
            f"these columns are missing or there twice: {', '.join(missing)}"
        )
    return nearest

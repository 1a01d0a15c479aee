"""What is known: cases, people, where they live, how they are linked, who may be one and the same."""

from cases.models.case import Case, Restriction, about_a_case, named_in_case, next_reference, next_references
from cases.models.findings import Evidence, Finding
from cases.models.known import HowKnown, Known
from cases.models.links import Address, ProtectedAddress, Relationship, Residence, Reveal, Sighting
from cases.models.markers import PlaceMarker
from cases.models.matches import Match, SearchMade
from cases.models.person import Alias, Conflict, Flag, Involvement, Person, Phone, Reference

__all__ = [
    "Address",
    "Alias",
    "Case",
    "Conflict",
    "Evidence",
    "Finding",
    "Flag",
    "HowKnown",
    "Involvement",
    "Known",
    "Match",
    "Person",
    "Phone",
    "PlaceMarker",
    "ProtectedAddress",
    "Reference",
    "Relationship",
    "Residence",
    "Restriction",
    "Reveal",
    "SearchMade",
    "Sighting",
    "about_a_case",
    "named_in_case",
    "next_reference",
    "next_references",
]

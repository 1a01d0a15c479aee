"""A client of Longstop's API for partner agencies (/partners/v1/). Nothing but Python's own library is needed."""

from longstop_partner.client import Client
from longstop_partner.cursor import Cursor, FileCursor
from longstop_partner.errors import (
    Gone,
    Invalid,
    NotFound,
    NotLetIn,
    NotNow,
    NotYours,
    Problem,
    Unreachable,
    WrongDocument,
)
from longstop_partner.records import Change, Changes, Disclosure, Document, Me, Reply
from longstop_partner.webhook import NotOurs, checked

__all__ = [
    "Change",
    "Changes",
    "Client",
    "Cursor",
    "Disclosure",
    "Document",
    "FileCursor",
    "Gone",
    "Invalid",
    "Me",
    "NotFound",
    "NotLetIn",
    "NotNow",
    "NotOurs",
    "NotYours",
    "Problem",
    "Reply",
    "Unreachable",
    "WrongDocument",
    "checked",
]

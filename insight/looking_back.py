"""Which pages can be shown as they stood, and the rows of a queue as they stood: for the pages, the command and packs.

A page stands at `/insight/as-at/<moment>/` followed by its own address. While it is rendered that is the prefix of
every address that Longstop makes, so all its links lead to other pages as they stood at the same moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import (
    NoReverseMatch,
    Resolver404,
    get_resolver,
    get_script_prefix,
    resolve,
    reverse,
    set_script_prefix,
)
from django.views.generic.edit import FormMixin

from access.time import now
from access.views import GuardedPage
from accounts.models import User
from history.replay import as_it_stood
from sla.queues import QueuePage
from sla.work import Work, nearest_clocks

MOMENT = "%Y%m%dT%H%M%SZ"
ONLY_NOW = {
    "find-person": "People are found as they are known now",
    "document-open": "A document is handed out as it is kept",
    "as-at": "It shows other pages",
    "as-at-home": "It shows other pages",
    "as-at-page": "It shows other pages",
}
"""Pages that show the present whatever moment is asked for, and why."""


@dataclass(frozen=True)
class PageThen:
    """A page of the site that can be shown as it stood. `arguments`: what its address names."""

    view: type[GuardedPage]
    name: str
    arguments: dict[str, Any]


class NotThen(LookupError):
    """The page can only be shown as it is now. The message is plain English, for the person."""


def page_at(address: str) -> PageThen:
    """The page of an address (without what stands behind `?`). Raises NotThen."""
    try:
        match = resolve(address)
    except Resolver404:
        raise NotThen("There is no such page.") from None
    view, name = getattr(match.func, "view_class", None), match.url_name or ""
    if name in ONLY_NOW:
        raise NotThen(f"{ONLY_NOW[name]}.")
    if view is None or not only_shows(view):
        raise NotThen("Something is done on that page, and that can only be done now.")
    return PageThen(view, name, match.kwargs)


def only_shows(view: type[Any]) -> bool:
    """A page that shows records or lists, and is not a form by which something is done."""
    return issubclass(view, GuardedPage) and hasattr(view, "get") and not issubclass(view, FormMixin)


def pages_without_a_record() -> dict[str, PageThen]:
    """Every page that can be shown as it stood and needs no record to be named: by its name."""
    found = {}
    for name in get_resolver().reverse_dict:
        if not isinstance(name, str):
            continue  # it names views themselves, too
        try:
            found[name] = page_at(reverse(name))
        except (NoReverseMatch, NotThen):
            continue
    return found


def queues() -> dict[str, type[QueuePage]]:
    """Every queue, by the name of its page."""
    pages = pages_without_a_record()
    return {name: page.view for name, page in sorted(pages.items()) if issubclass(page.view, QueuePage)}


def address_then(address: str, at: datetime) -> str:
    """Where a page stands as it stood at that moment. `address` begins with a stroke and may have a query."""
    return f"{_prefix(at)}{address.lstrip('/')}"


def _prefix(at: datetime) -> str:
    return reverse("as-at-home", kwargs={"moment": at.astimezone(UTC).strftime(MOMENT)})


@contextmanager
def links_stay_at(at: datetime) -> Iterator[None]:
    """Every address made inside leads to a page as it stood at that moment."""
    before = get_script_prefix()
    set_script_prefix(_prefix(at))
    try:
        yield
    finally:
        set_script_prefix(before)


def rows_of(view: type[QueuePage], who: User, *, show: str = "") -> list[Work]:
    """Every row of a queue as this person sees it, the most urgent first; `show`: one of its chips, else its first.

    Raises NotThen where the queue has no such chip. Whoever calls has asked whether they may see the queue.
    """
    page = view()
    page.request = _asked_by(who)
    chips = page.chips(now())
    chosen = show or next(iter(chips))
    if chosen not in chips:
        raise NotThen(f"That queue has {', '.join(chips)}, and not {show}.")
    records = list(page.records().filter(chips[chosen][1]).order_by(view.due_field, "pk"))
    clocks = nearest_clocks(records, but_not=view.besides)
    return [page.row(record, clocks.get(record.pk)) for record in records]


def rows_then(view: type[QueuePage], who: User, at: datetime, *, show: str = "") -> list[Work]:
    """The same as they stood at that moment. Raises NotYet, NotYours and NotThen."""
    with as_it_stood(at):
        return rows_of(view, who, show=show)


def _asked_by(who: User) -> HttpRequest:
    request = HttpRequest()
    request.method, request.user, request.GET = "GET", who, QueryDict()
    return request

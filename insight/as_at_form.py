"""What is asked of somebody who wants to see a page as it stood."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.urls import reverse

from access.roles import Can
from access.time import now
from govuk.fields import MomentField
from insight.looking_back import NotThen, page_at, pages_without_a_record


class AsAtForm(forms.Form):
    """A list or board by its name, or any page by its address."""

    address = forms.CharField(
        label="Page",
        required=False,
        max_length=500,
        help_text="Its address on this site, for example that of a record: copy it from the browser",
    )
    queue = forms.ChoiceField(label="Or a list or board", required=False)
    moment = MomentField(label="As it stood at", help_text="By the local clock")

    def __init__(self, *args: Any, acts: Collection[Can], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["queue"].choices = [("", "The page named above"), *_lists(acts)]  # type: ignore[attr-defined]

    def address_asked(self) -> str:
        """The address on this site, with its query."""
        parts = urlsplit(self.cleaned_data["address"].strip())
        return f"{parts.path}?{parts.query}".rstrip("?")

    def clean_moment(self) -> Any:
        moment = self.cleaned_data["moment"]
        if moment > now():
            raise forms.ValidationError("That moment has not come yet.")
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        address, queue = cleaned.get("address", ""), cleaned.get("queue", "")
        if bool(address) == bool(queue):
            self.add_error("address", "Name a page, or choose a list or board: one of the two")
        elif address:
            self._check(address)
        return cleaned

    def _check(self, address: str) -> None:
        try:
            page_at(urlsplit(address.strip()).path)
        except NotThen as refusal:
            self.add_error("address", str(refusal))

    def address_chosen(self) -> str:
        """Where the page stands now."""
        return reverse(self.cleaned_data["queue"]) if self.cleaned_data["queue"] else self.address_asked()


def _lists(acts: Collection[Can]) -> list[tuple[str, str]]:
    """The lists and boards that somebody with these acts may see, by their headings."""
    pages = pages_without_a_record()
    named = [(name, str(getattr(page.view, "heading", ""))) for name, page in pages.items() if page.view.may in acts]
    return sorted([each for each in named if each[1]], key=lambda each: each[1])

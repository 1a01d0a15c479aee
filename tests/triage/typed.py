"""What a page holds in its form, as a browser would send it again: so a test can say that nothing typed was lost."""

from __future__ import annotations

from html.parser import HTMLParser


class Form(HTMLParser):
    """Names and values of every field on a page, each as it stands there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.typed: dict[str, str] = {}
        self._text = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "textarea":
            self._text, self.typed[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in said:
            self.typed[self._select] = value
        elif tag == "input" and name and (said.get("type") not in ("radio", "checkbox") or "checked" in said):
            self.typed[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.typed[self._text] = self.typed[self._text].removeprefix("\n").replace("\r\n", "\n")
            self._text = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.typed[self._text] += data

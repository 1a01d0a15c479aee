"""The page with the mouse put away: Tab, arrows, space and enter, and what a screen reader calls the thing in focus."""

from __future__ import annotations

from typing import Any

FURTHEST = 120
"""So many times does nobody press Tab; a field that is not reached by then is not reached."""

# What has the focus: its name, and that of its group, as they are read aloud.
FOCUSED = """() => {
  const here = document.activeElement
  const words = each => (each?.innerText ?? "").replace(/\\s+/g, " ").trim()
  const name = here.labels?.length ? words(here.labels[0]) : words(here)
  const grouped = here.type === "radio" || here.dataset.part
  const group = grouped ? words(here.closest("fieldset").querySelector("legend")) : ""
  return [name.replace(" (optional)", ""), group.replace(" (optional)", "")]
}"""


class Keyboard:
    def __init__(self, page: Any) -> None:
        self.page = page

    def reach(self, name: str, group: str = "") -> None:
        """Tab forwards until this has the focus; a group of radios is reached by its question."""
        for _ in range(FURTHEST):
            self.page.keyboard.press("Tab")
            if self._is_on(name, group):
                return
        raise AssertionError(f"Tab does not lead to {name or group}")

    def _is_on(self, name: str, group: str) -> bool:
        label, legend = self.page.evaluate(FOCUSED)
        return (label == name or not name) and (legend == group or not group)

    def fill(self, name: str, text: str) -> None:
        self.reach(name)
        self.page.keyboard.type(text)

    def choose(self, group: str, answer: str) -> None:
        """Into the group with Tab, to the answer with the arrows."""
        self.reach("", group)
        self.page.keyboard.press("Space")
        for _ in range(FURTHEST):
            if self._is_on(answer, group):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{group} has no answer {answer}")

    def press(self, name: str) -> None:
        """Enter on a link or a button."""
        self.reach(name)
        self.page.keyboard.press("Enter")

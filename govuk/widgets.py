"""Inputs the Design System has and Django has not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from govuk.jinja import component
from govuk.typed import DateParts, MomentParts

Item = dict[str, Any]
Choices = Iterable[Any]


class Radios(forms.RadioSelect):
    """Radios with a hint under a choice where one is wanted, side by side when asked."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Choices = (),
        *,
        hints: Mapping[str, str] | None = None,
        inline: bool | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})
        self.inline = inline


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes with a hint under a choice where one is wanted."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Choices = (),
        *,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = dict(hints or {})


class LongText(forms.Textarea):
    """A box for several lines, counted as the reader of the page counts them."""

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        """Browsers send a new line as two characters; the count on the page says one."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class Box(NamedTuple):
    """One box of a date."""

    part: str
    label: str
    width: int
    inputmode: str = "numeric"


class PartsInput(forms.Widget):
    """Several small boxes that make one value. What was typed is kept as typed."""

    boxes: ClassVar[Sequence[Box]] = ()
    parts: ClassVar[type[DateParts] | type[MomentParts]] = DateParts

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        if name in data:  # one ISO value, as an API caller or a test would send it
            return self.from_iso(str(data[name]).strip())
        return self.parts(*(str(data.get(f"{name}_{box.part}", "")).strip() for box in self.boxes))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return name not in data and all(f"{name}_{box.part}" not in data for box in self.boxes)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{self.boxes[0].part}" if id_ else id_

    def from_iso(self, text: str) -> DateParts | MomentParts:
        raise NotImplementedError

    def items(self, name: str, value: Any, id_: str, wrong: Iterable[str] = ()) -> list[Item]:
        """The boxes as the macro wants them."""
        typed = value if isinstance(value, self.parts) else self.parts()
        pairs = zip(self.boxes, typed, strict=True)
        return [self._item(box, text, name, id_, wrong=box.part in wrong) for box, text in pairs]

    def _item(self, box: Box, text: str, name: str, id_: str, *, wrong: bool) -> Item:
        marked = " govuk-input--error" if wrong else ""
        return {
            "id": f"{id_}_{box.part}",
            "name": f"{name}_{box.part}",
            "label": box.label,
            "value": text,
            "classes": f"govuk-input--width-{box.width}{marked}",
            # A number pad has no letters; once a box was refused, letters (March, GMT) may be the way out.
            "inputmode": "text" if wrong else box.inputmode,
            "attributes": {"data-part": box.part},
        }

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Alone, without label or group: for places that draw the rest themselves."""
        id_ = str((attrs or {}).get("id", f"id_{name}"))
        return component("date-input", {"id": id_, "items": self.items(name, value, id_)})


class DateInput(PartsInput):
    """Day, month, year."""

    boxes = (Box("day", "Day", 2), Box("month", "Month", 2), Box("year", "Year", 4))
    parts = DateParts

    def from_iso(self, text: str) -> DateParts:
        year, month, day = (*text.split("-"), "", "")[:3]
        return DateParts(day, month, year)


class MomentInput(PartsInput):
    """Day, month, year and time of day, with a button that fills in the present moment."""

    boxes = (*DateInput.boxes, Box("time", "Time", 5))
    parts = MomentParts

    def __init__(self, attrs: dict[str, Any] | None = None, *, offer_now: bool = False) -> None:
        super().__init__(attrs)
        self.offer_now = offer_now

    def from_iso(self, text: str) -> MomentParts:
        day, _, clock = text.replace("T", " ").partition(" ")
        return MomentParts(*DateInput().from_iso(day), clock[:5])

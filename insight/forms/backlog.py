"""What could be changed in a queue: asked in the address, so that an answer can be sent to somebody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from govuk.times import exactly
from insight.forecast import WhatIf

DAYS = 14
MOST_PEOPLE = 50
LEAST_MORE, MOST_MORE = -90, 300
WRONG = ("invalid", "min_value", "max_value")


class WhatIfForm(forms.Form):
    """Both may be asked together. Nothing asked = as it goes on now."""

    people = forms.IntegerField(
        label="How many more people work on it?",
        required=False,
        min_value=-MOST_PEOPLE,
        max_value=MOST_PEOPLE,
        help_text="Fewer people with a minus: -1",
        error_messages=dict.fromkeys(WRONG, f"More people: a whole number from -{MOST_PEOPLE} to {MOST_PEOPLE}"),
    )
    from_day = forms.ChoiceField(label="From which day?", required=False)
    more = forms.IntegerField(
        label="How many per cent more come in?",
        required=False,
        min_value=LEAST_MORE,
        max_value=MOST_MORE,
        help_text="13 means thirteen more for each hundred; less with a minus",
        error_messages=dict.fromkeys(WRONG, f"More coming in: a whole number from {LEAST_MORE} to {MOST_MORE}"),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["from_day"]
        field.choices = [(str(number), exactly(today + timedelta(days=number))) for number in range(DAYS)]
        field.widget.attrs["class"] = "govuk-select"

    @property
    def asks(self) -> bool:
        """Whether anything is asked that would change what follows."""
        said = self.cleaned_data
        return bool(said.get("people") or said.get("more"))

    def what_if(self, each: float) -> WhatIf:
        """`each`: what one person finishes in a day."""
        said = self.cleaned_data
        return WhatIf(
            people=said.get("people") or 0,
            from_day=int(said.get("from_day") or 0),
            each=each,
            arrivals=1 + (said.get("more") or 0) / 100,
        )

    def in_words(self, today: date) -> str:
        said, parts = self.cleaned_data, []
        if people := said.get("people"):
            day = exactly(today + timedelta(days=int(said.get("from_day") or 0)))
            parts.append(f"{_count(abs(people), 'person', 'people')} {'more' if people > 0 else 'fewer'} from {day}")
        if more := said.get("more"):
            parts.append(f"{abs(more)} per cent {'more' if more > 0 else 'less'} coming in")
        return " and ".join(parts)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

"""A form on a page that begins something of another record: the page says of which."""

from __future__ import annotations

from typing import Any, ClassVar

from workflow.views import TransitionForm


class BegunForm(TransitionForm):
    """Everything typed is one fact, `facts`; what it belongs to comes from the page."""

    made: ClassVar[type]
    belongs_to: ClassVar[str] = "case"
    begun_on: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"facts", cls.belongs_to}

    def facts(self) -> dict[str, Any]:
        return {self.belongs_to: self.begun_on, "facts": self.made(**self.cleaned_data)}

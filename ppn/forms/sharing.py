"""What is shared with whom, and why it may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from documents.models import Attachment
from encompass.schooling import agencies_of_schools
from govuk.fields import MomentField
from partners.content import Redactions
from partners.disclose import Grounds
from partners.models import Agency, Basis, FieldClass, Informed, Recipient
from ppn.content import Chosen
from workflow.views import TransitionForm


def words(label: str, help_text: str = "", *, rows: int = 2, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


class GroundsForm(TransitionForm):
    """Why the law lets us share, and whether the family was told. Consent is not asked for: people are told."""

    remove = words(
        "Words to remove wherever they stand",
        "One passage a line: other people's names, a refuge, a new address. “[removed]” stands in their place",
        required=False,
    )
    basis = forms.ChoiceField(label="Lawful basis", choices=Basis.choices, widget=forms.RadioSelect)
    why_needed = words("Why they need it")
    informed = forms.ChoiceField(
        label="Has the family been told that we share?", choices=Informed.choices, widget=forms.RadioSelect
    )
    not_informed_because = words("If they are not told: why not?", required=False)
    who_will_tell = forms.CharField(label="If not yet: who will tell them?", max_length=200, required=False)
    tell_by = MomentField(label="If not yet: by when?", required=False)

    OF_GROUNDS = ("basis", "why_needed", "informed", "not_informed_because", "who_will_tell", "tell_by")

    def grounds(self) -> Grounds:
        return Grounds(**{name: self.cleaned_data[name] for name in self.OF_GROUNDS})

    def redactions(self) -> Redactions:
        lines = self.cleaned_data["remove"].splitlines()
        return Redactions(phrases=tuple(line.strip() for line in lines if line.strip()))

    def clean(self) -> Any:
        said = super().clean() or {}
        informed = said.get("informed")
        if informed in (Informed.NO_RISK, Informed.NO_OTHER) and not said.get("not_informed_because", "").strip():
            self.add_error("not_informed_because", "Say why the family is not told")
        if informed == Informed.NOT_YET:
            if not said.get("who_will_tell", "").strip():
                self.add_error("who_will_tell", "Say who will tell them")
            if not said.get("tell_by") and "tell_by" not in self.errors:
                self.add_error("tell_by", "Say by when they will be told")
        return said


class Agencies(forms.ModelMultipleChoiceField):
    """Agencies to choose from, each with why it is proposed."""

    def __init__(self, **options: Any) -> None:
        agencies = Agency.objects.filter(closed_at=None).order_by("kind", "name")
        super().__init__(queryset=agencies, widget=forms.CheckboxSelectMultiple, **options)
        self.why: dict[int, str] = {}

    def label_from_instance(self, agency: Any) -> str:
        return f"{agency}: {self.why[agency.pk]}" if agency.pk in self.why else str(agency)


class ShareForm(GroundsForm):
    """What goes to whom, and why it may. For each agency that was shown the classes can be chosen."""

    agencies = Agencies(
        label="Send to",
        help_text="Those with a reason behind them are proposed by the rules. Each of them is sent to, or refused. "
        "A school is proposed once it is recorded where the child is taught",
        required=False,
    )
    summary = words(
        "What they are told of what happened",
        "In your words. The children's own words and the rest go with it, as far as each agency needs it",
        rows=8,
        required=False,
    )

    field_order = ["agencies", "summary", "remove"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"agencies", "summary", "grounds", "chosen"}

    def about(self, recipients: Iterable[Recipient], documents: Iterable[Attachment]) -> None:
        """Whom the rules propose, ticked beforehand, and what each of them gets; and the documents that can go, none of
        them ticked."""
        recipients = list(recipients)
        self.documents = {str(each.pk): each for each in documents}
        rows = [each for each in recipients if each.agency]
        somebody = any(each.is_open for each in recipients)  # else nobody is left to tell, and that can be said
        self.fields["agencies"].required = self.fields["summary"].required = somebody
        field: Any = self.fields["agencies"]
        field.why = {each.agency_id: _why(each) for each in rows}
        field.initial = [each.agency_id for each in rows if each.state == Recipient.State.PROPOSED]
        self.usual = {each.agency_id: each.field_classes for each in rows}
        self._offer(field)

    def _offer(self, field: Any) -> None:
        """Who is proposed first, then everybody else but the schools that nobody proposes: hundreds of them. A school
        is proposed once it is on record where the child is taught."""
        told = {str(key) for key in self.data.getlist("agencies")} if self.is_bound else set()  # type: ignore[attr-defined]
        hidden = agencies_of_schools() - {*field.why}
        shown = [each for each in field.choices if each[0].value not in hidden or str(each[0].value) in told]
        field.choices = sorted(shown, key=lambda choice: choice[0].value not in field.why)

    def clean(self) -> Any:
        said = super().clean() or {}
        if said.get("agencies") and not said.get("summary", "").strip():
            self.add_error("summary", "Say what they are told")
        ticked = {key for agency in said.get("agencies", ()) for key in self._ticked(agency.pk)}
        if ticked - {*self.documents}:
            self.add_error(None, "A document that you ticked cannot go any more. Look which of them are left.")
        return said

    def _ticked(self, agency: int) -> list[str]:
        found: list[str] = self.data.getlist(f"documents_{agency}")  # type: ignore[attr-defined]
        return found

    def chosen(self) -> Chosen:
        """The classes of an agency that was shown, even none of them; what it usually gets for the others."""
        shown = {agency.pk for agency in self.cleaned_data["agencies"] if f"seen_{agency.pk}" in self.data}
        return Chosen(
            classes={key: frozenset(self.data.getlist(f"classes_{key}")) & set(FieldClass.values) for key in shown},  # type: ignore[attr-defined]
            redactions=self.redactions(),
            documents={key: self._documents_for(key) for key in shown},
            seen={key: self.data[f"seen_{key}"] for key in shown},
        )

    def _documents_for(self, agency: int) -> tuple[Attachment, ...]:
        ticked = {*self._ticked(agency)}
        return tuple(document for key, document in self.documents.items() if key in ticked)

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "agencies": list(said["agencies"]),
            "summary": said["summary"],
            "grounds": self.grounds(),
            "chosen": self.chosen(),
        }


def _why(recipient: Recipient) -> str:
    told = "told already; " if recipient.state == Recipient.State.SENT else ""
    return told + "; ".join(recipient.reasons)


class CorrectForm(GroundsForm):
    """What was wrong, and what is right. It goes to everybody who received it."""

    because = words("What was wrong?", "Everybody who received it reads this first")
    summary = words("What is right", rows=8)

    field_order = ["because", "summary", "remove"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"summary", "because", "grounds", "redactions", "seen"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "summary": said["summary"],
            "because": said["because"],
            "grounds": self.grounds(),
            "redactions": self.redactions(),
            "seen": self.data.get("seen", ""),
        }


class WithdrawForm(TransitionForm):
    because = words("Why is it taken back?", "Everybody who received it reads this", rows=4)

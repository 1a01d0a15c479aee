"""What is asked before a school is told, and what is kept so that it can be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.time import now
from cases.forms import SourceForm
from encompass.models import Exemption, KeyAdult, Place, Profile, SchoolCalendar, SchoolNotice, Taught
from govuk.fields import DateField, LongTextField, TimeField, YesNoNotKnownField
from govuk.widgets import LongText, Radios
from partners.models import Agency
from places.models import LocalAuthority, School
from workflow.views import TransitionForm

LONGEST = 4000


def _area(rows: int) -> LongText:
    return LongText(attrs={"rows": rows})


class ScreenForm(TransitionForm):
    """Four questions. A phone in one hand is enough."""

    refuge = YesNoNotKnownField(label="Is there a refuge, or a new address that must not be found?")
    suspect_at_school = YesNoNotKnownField(
        label="Does the suspect work or volunteer at the school, or have a post with children there?"
    )
    fears_school = YesNoNotKnownField(label="Is the person who was harmed afraid of the school knowing?")
    others_data = YesNoNotKnownField(label="Is anybody else's information in the words below?")
    happened = LongTextField(
        label="What happened, in words for the school",
        required=False,
        max_length=LONGEST,
        widget=_area(4),
        help_text="No names but the child's, no address, no intelligence. Empty: a standard sentence is sent",
    )
    voice = LongTextField(
        label="What the child said, in their own words", required=False, max_length=LONGEST, widget=_area(3)
    )


class BecauseForm(TransitionForm):
    because = LongTextField(label="Why?", max_length=LONGEST, widget=_area(3))


class SendForm(TransitionForm):
    because = LongTextField(
        label="Why can it go safely?",
        required=False,
        max_length=LONGEST,
        widget=_area(3),
        help_text="Needed where an answer to the safety screen was not “no”",
    )


SUPPORT = {
    "label": "What can the school still do for the child today?",
    "max_length": LONGEST,
    "help_text": "The school reads this. The bell has rung, and the child may be in class",
}


class SendLateForm(SendForm):
    support_note = LongTextField(widget=_area(3), **SUPPORT)  # type: ignore[arg-type]


class NotDeliveredForm(TransitionForm):
    what_happened = LongTextField(label="What came back?", max_length=LONGEST, widget=_area(2))


class DeliveredForm(TransitionForm):
    @classmethod
    def gives(cls) -> set[str]:
        return {"at", "told_whom"}

    def facts(self) -> dict[str, Any]:
        return {"at": None, "told_whom": ""}


class PhoneForm(SendForm):
    name = forms.CharField(label="Who was told?", max_length=200, help_text="Their name and post")
    support_note = LongTextField(
        required=False,
        widget=_area(3),
        **{**SUPPORT, "help_text": "Needed once the bell has rung. The school is told it"},  # type: ignore[arg-type]
    )
    field_order = ["name", "because", "support_note"]


class AcknowledgeForm(TransitionForm):
    name = forms.CharField(label="Who at the school answered?", max_length=200)


class AskForm(TransitionForm):
    whom = forms.CharField(label="Whom did you ask, and how?", max_length=300)


class ForceForm(TransitionForm):
    force = forms.CharField(label="Which force?", max_length=100)
    how = LongTextField(label="How was it told, and who took it?", max_length=LONGEST, widget=_area(2))


class HoldBackForm(TransitionForm):
    because = LongTextField(
        label="What danger would telling the school bring, and to whom?", max_length=LONGEST, widget=_area(3)
    )
    exemption = forms.ModelChoiceField(
        label="Exception in the law",
        queryset=Exemption.objects.none(),
        required=False,
        empty_label="None: the school still counts as not told",
        widget=forms.Select,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exemption"].queryset = Exemption.in_force(now().date())  # type: ignore[attr-defined]


class SendAnywayForm(BecauseForm):
    support_note = PhoneForm.base_fields["support_note"]


def authorities() -> Any:
    return LocalAuthority.objects.order_by("name", "code")


def _authority(**options: Any) -> forms.ModelChoiceField:
    usual = {"required": False, "empty_label": "None", "widget": forms.Select}
    return forms.ModelChoiceField(queryset=LocalAuthority.objects.none(), **{**usual, **options})


class HasAuthority(forms.Form):
    """A form with a list of authorities, read when it is shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = authorities()  # type: ignore[attr-defined]


class SchoolByUrn(forms.Form):
    """A school by its number, as the list of schools shows it."""

    urn = forms.CharField(
        label="School (URN)", max_length=10, required=False, help_text="The number in the list of schools"
    )

    def clean_urn(self) -> School | None:
        typed = str(self.cleaned_data["urn"]).strip()
        if not typed:
            return None
        school = School.objects.filter(urn=typed).first()
        if school is None:
            raise ValidationError("No school has this URN: look it up in the list of schools")
        return school


class FindSchoolForm(HasAuthority, TransitionForm):
    """Where the child is taught. The schools are those that the search above has found."""

    place = forms.ChoiceField(
        label="How is the child taught?",
        choices=[choice for choice in Place.choices if choice[0] != Place.NOT_KNOWN],
        initial=Place.SCHOOL.value,
        widget=Radios(),
    )
    school = forms.ModelChoiceField(
        label="Which school or college?",
        queryset=School.objects.none(),
        required=False,
        empty_label=None,
        widget=Radios,
    )
    agency = forms.ModelChoiceField(
        label="Or a place that is not in the register",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="None",
        widget=forms.Select,
        help_text="A college or a provider that is kept as a partner agency",
    )
    authority = _authority(label="Taught at home: which local authority?")
    how_we_know = forms.CharField(label="How do we know?", max_length=200, help_text="Who said so, or which record")

    def __init__(self, *args: Any, schools: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school: Any = self.fields["school"]
        school.queryset = schools
        school.label_from_instance = school_in_words
        school.choices = [(each.pk, school_in_words(each)) for each in offered]
        agencies = Agency.objects.filter(kind=Agency.Kind.EDUCATION).exclude(pk__in=_addressees())
        self.fields["agency"].queryset = agencies.order_by("name")  # type: ignore[attr-defined]


def _addressees() -> Any:
    from encompass.models import Addressee

    return Addressee.objects.values("agency")


def school_in_words(school: School) -> str:
    where = ", ".join(part for part in (school.town, school.postcode, str(school.authority or "")) if part)
    return f"{school.name}, {where}" if where else school.name


class WhereTaughtForm(SchoolByUrn, SourceForm):
    taught = forms.ChoiceField(label="How is the child taught?", choices=Taught.choices, widget=Radios())
    starts = DateField(label="Since when?", required=False, help_text="Empty means not known")
    field_order = ["taught", "urn", "starts", "how", "says"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"taught", "school", "starts", "source"}

    def facts(self) -> dict[str, Any]:
        said = super().facts()
        return {**{name: said[name] for name in ("taught", "starts", "source")}, "school": said["urn"]}


class WhoseForm(HasAuthority, SchoolByUrn):
    """A school, or all schools of an authority."""

    authority = _authority(label="Or all schools of an authority")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "urn" in said and bool(said["urn"]) == bool(said.get("authority")):
            raise ValidationError("Give a school by its URN or choose an authority, and not both")
        return said

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"school": said.pop("urn"), **said}


class DaysForm(WhoseForm):
    kind = forms.ChoiceField(label="What are these days?", choices=SchoolCalendar.Kind.choices, widget=Radios())
    starts = DateField(label="First day")
    ends = DateField(label="Last day")
    note = forms.CharField(label="Note", max_length=200, required=False)
    source = forms.CharField(label="Who says so?", max_length=200, help_text="For example: the school's website")
    field_order = ["urn", "authority", "kind", "starts", "ends", "note", "source"]


class HoursForm(WhoseForm):
    bell = TimeField(label="When does the bell ring?", help_text="For example, 08:40")
    ends = TimeField(label="When does the school day end?", help_text="For example, 15:15")
    starts = DateField(label="From which day on?")
    source = forms.CharField(label="Who says so?", max_length=200)
    field_order = ["urn", "authority", "bell", "ends", "starts", "source"]


class FileForm(forms.Form):
    file = forms.FileField(
        label="File of term dates (CSV)",
        help_text="Columns: urn, authority, what (term, holiday, closed or hours), from, to, bell, end, note",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 1_000_000:
            raise ValidationError("The file is larger than 1 MB: send it in parts")
        return file

    def text(self) -> str:
        """The file's words, whichever of the two usual ways they were written down in."""
        raw: bytes = self.cleaned_data["file"].read()
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return raw.decode("cp1252", errors="replace")


class KeyAdultForm(WhoseForm):
    authority = _authority(label="Or an authority, for children taught at home")
    post = forms.ChoiceField(label="Post", choices=KeyAdult.Post.choices, widget=Radios())
    name = forms.CharField(label="Name", max_length=120)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    mailbox = forms.EmailField(label="Mailbox", required=False)
    mailbox_is_secure = forms.BooleanField(
        label="The force has checked that what is sent there stays private",
        required=False,
        help_text="Nothing is mailed to any other: the school is telephoned instead",
    )
    field_order = ["urn", "authority", "post", "name", "phone", "mailbox", "mailbox_is_secure"]


class PracticeForm(HasAuthority):
    authority = _authority(label="Local authority", required=True, empty_label="Choose one")
    starts = DateField(label="From which day on?")
    is_ours = forms.TypedChoiceField(
        label="Is it in the area of this force?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=Radios(inline=True),
    )
    force = forms.CharField(label="If not, which force?", max_length=100, required=False)
    profile = forms.ChoiceField(label="How much is a school told?", choices=Profile.choices, widget=Radios())
    local_line = LongTextField(
        label="What are schools there asked to do, and not to do?",
        required=False,
        max_length=LONGEST,
        widget=_area(3),
        help_text="It stands in every notice. For example, not to speak to parents about it",
    )
    because = LongTextField(label="Who agreed it, and when?", max_length=LONGEST, widget=_area(2))


def screened_before(notice: SchoolNotice) -> dict[str, str]:
    """What the form begins with: the words, and never an answer."""
    return {"happened": notice.happened, "voice": notice.voice}

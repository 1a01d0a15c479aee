"""What the steps of sharing ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from access.roles import Can
from accounts.workflow import LONGEST
from govuk.fields import MomentField
from partners.models import Agency, AgencyAccount, Fact, FieldClass, Kind, Outcome, Reply
from partners.vocabulary import GRADES, TYPES
from partners.workflow import Answer
from partners.workflow.keeping import AgencyFacts, Rule
from places.models import LocalAuthority
from workflow.views import TransitionForm


def words(label: str, help_text: str = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


def open_agencies() -> Any:
    return Agency.objects.filter(closed_at=None).order_by("kind", "name")


class BecauseForm(TransitionForm):
    because = words("Why")


class RefuseForm(TransitionForm):
    because = words(
        "Why are they not told?",
        "How telling them would harm the child more than not telling them. A sergeant or above has to agree",
    )


class OverruleForm(TransitionForm):
    because = words("Why is it to be sent?")


class NameAgencyForm(TransitionForm):
    agency = forms.ModelChoiceField(label="Which agency is it?", queryset=open_agencies(), empty_label="Choose")


class CoverForm(TransitionForm):
    how = words("How are they told?", "By which other line of the list")


class PhoneForm(TransitionForm):
    to_whom = forms.CharField(
        label="Who was told?", help_text="Name and post. You read them everything that was sent", max_length=200
    )


class FailedForm(TransitionForm):
    because = words("What came back?", "As the mail says it")


class AnswerForm(TransitionForm):
    """Who there answered, how and when."""

    who = forms.CharField(label="Who there answered?", help_text="Name and post", max_length=200)
    how = forms.ChoiceField(label="How did it reach you?", choices=Reply.How.choices[:-1], widget=forms.RadioSelect)
    at = MomentField(label="When did they say so?", help_text="Leave empty for now", required=False)

    @classmethod
    def gives(cls) -> set[str]:
        return {"answer", *cls.base_fields} - {"who", "how", "at"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        answer = Answer(who=said.pop("who"), how=said.pop("how"), at=said.pop("at"))
        return {"answer": answer, **said}


class AcknowledgeForm(AnswerForm):
    pass


class DecisionForm(AnswerForm):
    outcome = forms.ChoiceField(label="What did they decide?", choices=Outcome.choices, widget=forms.RadioSelect)
    said = words("In their words", "Who does what, and by when", required=False)

    field_order = ["outcome", "said", "who", "how", "at"]


class AsksForm(AnswerForm):
    said = words("What do they need to know?")

    field_order = ["said", "who", "how", "at"]


class DisagreesForm(AnswerForm):
    said = words("What do they disagree with?")
    they_ask = words("What do they ask for, for the child?")

    field_order = ["said", "they_ask", "who", "how", "at"]


class DestroyedForm(AnswerForm):
    said = words("What they said", "Who destroyed it, and when; copies too", required=False)

    field_order = ["said", "who", "how", "at"]


class GiveMoreForm(TransitionForm):
    to_whom = forms.CharField(label="Who there has it now?", max_length=200)
    how = words("How did they get it?", "What was sent, or what was said on the telephone")


class RaiseForm(TransitionForm):
    why = words("What do you disagree about?")
    what_we_ask = words("What do you ask for, for the child?")

    @classmethod
    def gives(cls) -> set[str]:
        return {"delivery", "raised_by_them", *cls.base_fields}

    def facts(self) -> dict[str, Any]:
        return {"raised_by_them": False, **self.cleaned_data}


class NextStageForm(TransitionForm):
    what_was_said = words("What was said, and why is it not settled?")
    with_whom = forms.CharField(label="Who takes it on, here and there?", max_length=200)


class SettleForm(TransitionForm):
    how = words("How was it settled?", "What is done for the child, and who agreed to it")


class WebhookForm(forms.Form):
    account = forms.ModelChoiceField(
        label="Which system?",
        queryset=AgencyAccount.objects.filter(account__cut_off_at=None)
        .select_related("account")
        .order_by("account__name"),
        empty_label="Choose",
    )
    address = forms.CharField(label="Address", help_text="It begins with https://", max_length=500)


class LastsForm(forms.Form):
    lasts = forms.IntegerField(
        label="For how many days?", help_text=f"{LONGEST.days} at most. Then somebody says whether it is still needed"
    )

    def clean_lasts(self) -> timedelta:
        days: int = self.cleaned_data["lasts"]
        return timedelta(days=max(min(days, 10_000), -1))  # what is too long or too short is for the verb to say


class SystemForm(LastsForm):
    """A system that is let in."""

    name = forms.CharField(
        label="What is the system called?",
        help_text="As they call it. It stands beside all that it does",
        max_length=80,
    )
    acts = forms.MultipleChoiceField(
        label="What is it for?",
        choices=[
            (Can.PULL_SHARED.value, "To fetch what was shared with the agency"),
            (Can.SEND_REPLIES.value, "To say what the agency does"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    networks = forms.CharField(
        label="From where may it ask?",
        help_text="One network on each line, such as 192.0.2.0/24. Left empty, it may ask from anywhere",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    certificate = forms.CharField(
        label="Certificate it has to show",
        help_text="Its SHA-256 sum. Left empty, it has to show none",
        required=False,
        max_length=100,
    )

    field_order = ["name", "acts", "lasts", "networks", "certificate"]

    def clean_networks(self) -> list[str]:
        return str(self.cleaned_data["networks"]).split()


class PersonForm(forms.Form):
    """Somebody who is let in."""

    first_name = forms.CharField(label="First name", max_length=150)
    last_name = forms.CharField(label="Last name", max_length=150)
    post = forms.CharField(
        label="What are they there?", help_text="Such as designated safeguarding lead", max_length=120
    )
    team = forms.CharField(
        label="In which team?", help_text="Leave empty if there is one", max_length=120, required=False
    )
    username = forms.CharField(label="User name", help_text="What they sign in with", max_length=150)


class CutOffForm(forms.Form):
    because = words("Why?", "It stays on record", rows=2)


class EndRuleForm(forms.Form):
    because = words("Why does it end?")


def ticks(label: str, choices: Any, help_text: str = "", *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=help_text, required=required, widget=forms.CheckboxSelectMultiple
    )


class RuleForm(forms.Form):
    """A line of the table."""

    kind = forms.ChoiceField(label="Which kind of agency?", choices=Kind.choices, widget=forms.RadioSelect)
    agency = forms.ModelChoiceField(
        label="One agency by name",
        help_text="Leave empty for the one where the person lives",
        queryset=open_agencies(),
        required=False,
        empty_label="The one where the person lives",
    )
    types = ticks("For notices of these types", [], "None ticked means every type")
    grades = ticks("Graded", [], "None ticked means every grade")
    facts = ticks("And all of these hold", Fact.choices, "None ticked means always")
    from_age = forms.IntegerField(label="Youngest child it is for", required=False, min_value=0, max_value=25)
    to_age = forms.IntegerField(label="Oldest child it is for", required=False, min_value=0, max_value=25)
    field_classes = ticks("What do they need to know?", FieldClass.choices, "As little as they need", required=True)
    why = words("Why do they need it?", "The co-ordinator reads it")
    source = forms.CharField(label="On what does it rest?", help_text="Agreement, guidance or law", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["types"].choices = TYPES  # type: ignore[attr-defined]
        self.fields["grades"].choices = GRADES  # type: ignore[attr-defined]

    def rule(self) -> Rule:
        return Rule(**self.cleaned_data)


class AgencyForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="What kind of agency is it?", choices=Kind.choices, widget=forms.RadioSelect)
    authorities = forms.ModelMultipleChoiceField(
        label="For which councils does it work?",
        help_text="None ticked means everywhere. Social care and designated officers work for one",
        queryset=LocalAuthority.objects.order_by("name", "code"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mailbox = forms.EmailField(label="Mailbox", required=False)
    mailbox_is_secure = forms.BooleanField(
        label="We have checked that what is sent there stays private",
        help_text="Otherwise only that something waits is mailed, and somebody telephones",
        required=False,
    )
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    is_closed = forms.BooleanField(label="It is closed: nothing is sent there any more", required=False)

    @classmethod
    def of(cls, agency: Agency) -> dict[str, Any]:
        """What is known, to begin with."""
        known = {name: getattr(agency, name) for name in ("name", "kind", "mailbox", "mailbox_is_secure", "telephone")}
        councils = LocalAuthority.objects.filter(code__in=agency.authorities)
        return {**known, "authorities": list(councils), "is_closed": agency.closed_at is not None}

    def agency(self) -> AgencyFacts:
        said = dict(self.cleaned_data)
        return AgencyFacts(**{**said, "authorities": [council.code for council in said["authorities"]]})

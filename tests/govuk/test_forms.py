"""Django forms drawn by the Design System."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from govuk.fields import DateField, LongTextField, MomentField, TimeField, YesNoNotKnownField
from govuk.renderer import error_summary, problems
from tests.govuk.examples import Children, Seen, refused


class Visit(forms.Form):
    on = DateField(label="Visited on")
    at = MomentField(label="Seen at", required=False, offer_now=True)


def test_a_date_and_a_moment_are_read() -> None:
    form = Visit(
        {"on_day": "27", "on_month": "3", "on_year": "2026",
         "at_day": "2", "at_month": "7", "at_year": "2026", "at_time": "09:14"}
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"on": date(2026, 3, 27), "at": datetime(2026, 7, 2, 8, 14, tzinfo=UTC)}


def test_one_iso_value_is_read_too() -> None:
    form = Visit({"on": "2026-03-27", "at": "2026-07-02T09:14:33"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"on": date(2026, 3, 27), "at": datetime(2026, 7, 2, 8, 14, tzinfo=UTC)}


def test_nothing_typed_is_lost_when_it_is_wrong() -> None:
    typed = {"on_day": "31<", "on_month": "Febuary", "on_year": "14", "at_time": "half nine"}
    page = str(Visit(typed))
    for value in ("31&lt;", "Febuary", "14", "half nine"):
        assert f'value="{value}"' in page


def test_only_the_wrong_boxes_are_marked_and_the_summary_leads_to_them() -> None:
    form = Visit({"on_day": "3", "on_month": "3", "on_year": "26"})
    page = str(form)
    assert list(problems(form)) == [{"text": "The year must have 4 numbers, for example 2026", "href": "#id_on_year"}]
    assert page.count("govuk-input--error") == 1
    assert 'id="id_on_year"' in page


def test_blank_is_missing_only_where_an_answer_is_needed() -> None:
    form = Visit({})
    assert [problem["text"] for problem in problems(form)] == ["Answer needed: Visited on"]


def test_a_moment_given_beforehand_is_filled_in_on_the_local_clock() -> None:
    page = str(Visit(initial={"at": datetime(2026, 7, 2, 8, 14, 33, tzinfo=UTC)}))
    for value in ("2", "7", "2026", "09:14"):
        assert f'value="{value}"' in page


def test_seconds_that_cannot_be_typed_are_no_change() -> None:
    initial = {"on": date(2026, 3, 27), "at": datetime(2026, 7, 2, 8, 14, 33, tzinfo=UTC)}
    assert not Visit({"on": "2026-03-27", "at": "2026-07-02 09:14"}, initial=initial).has_changed()
    assert Visit({"on": "2026-03-27", "at": "2026-07-02 09:15"}, initial=initial).changed_data == ["at"]


def test_yes_no_not_known_is_never_blank_and_never_chosen_beforehand() -> None:
    class Scene(forms.Form):
        child = YesNoNotKnownField(label="Is a child there?")

    assert " checked" not in str(Scene())
    assert Scene({}).errors["child"] == ["Choose yes, no or not known"]
    assert Scene({"child": "not_known"}).is_valid()
    with pytest.raises(TypeError):
        YesNoNotKnownField(required=False)


def test_every_kind_of_input_is_labelled_and_every_error_is_linked_to_it() -> None:
    form = refused()
    page = str(form)
    for problem in problems(form):
        assert f'id="{problem["href"][1:]}"' in page, problem
        assert f'href="{problem["href"]}"' in page
    for name in form.fields:
        assert f'name="{name}' in page


def test_a_choice_may_have_a_hint_and_few_short_ones_stand_side_by_side() -> None:
    page = str(Seen())
    assert "A child may be harmed today" in page
    assert 'aria-describedby="id_grade-item-hint"' in page
    assert page.count("govuk-radios--inline") == 1


def test_a_long_text_is_counted_and_its_lines_come_back_unchanged() -> None:
    class Account(forms.Form):
        said = LongTextField(max_length=11)

    form = Account({"said": "\r\nhe\r\nhid"})
    assert form.is_valid()
    assert Account({"said": "1234\r\n67890"}).is_valid()  # eleven as the page counts, twelve as browsers send
    assert 'data-maxlength="11"' in str(form)
    assert 'maxlength="11"' not in str(form).replace('data-maxlength="11"', "")
    assert ">\n\nhe\nhid</textarea>" in str(form)


def test_a_time_is_typed_freely_and_shown_plainly() -> None:
    class Back(forms.Form):
        by = TimeField(required=False)

    assert str(Back({"by": "9.30pm"}).fields["by"].clean("9.30pm")) == "21:30:00"
    assert 'value="9.30pm"' in str(Back({"by": "9.30pm"}))
    assert Back({}).is_valid()


def test_a_required_choice_offers_no_blank_one() -> None:
    class Choice(forms.Form):
        must = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], widget=forms.RadioSelect)
        may = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], widget=forms.RadioSelect, required=False)
        pick = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])

    page = str(Choice())
    assert page.count('type="radio"') == 3
    assert "No answer" in page
    assert ">Choose one<" in page
    assert "May (optional)" in page


def test_what_is_chosen_comes_back_chosen() -> None:
    form = Seen({"grade": "amber", "factors": ["exploited"], "agency": "h", "told": "on"})
    page = str(form)
    assert 'value="amber" checked' in page
    assert 'value="exploited" checked' in page
    assert 'value="h" selected' in page
    assert 'value="on" checked' in page


def test_a_set_of_forms_is_grouped_by_name_with_one_summary() -> None:
    data: dict[str, Any] = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "", "form-1-name": "Ade"}
    children = Children(data)
    for form in children:
        form.empty_permitted = False
    page = str(children)
    assert "Child 1" in page
    assert "Child 2" in page
    assert 'name="form-TOTAL_FORMS"' in page
    assert str(error_summary(Seen({}), children)).count("govuk-error-summary__title") == 1


def test_a_form_can_be_drawn_without_its_summary() -> None:
    form = Visit({})
    template = Template("{% load govuk %}{% fields form %}|{% error_summary form %}")
    boxes, summary = template.render(Context({"form": form})).split("|")
    assert "govuk-error-summary" not in boxes
    assert "There is a problem" in summary
    assert Template("{% load govuk %}{% error_summary form %}").render(Context({"form": Visit()})) == ""


def test_labels_and_hints_are_escaped() -> None:
    class Sly(forms.Form):
        name = forms.CharField(label="<b>Name</b>", help_text="<script>", initial='"><script>')

    page = str(Sly())
    assert "<b>" not in page
    assert "<script" not in page


def test_an_error_about_the_whole_form_and_one_about_a_hidden_box_are_in_the_summary() -> None:
    class Whole(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

        def clean(self) -> None:
            raise forms.ValidationError("Somebody else has changed this since")

    assert [problem["text"] for problem in problems(Whole({}))] == [
        "Somebody else has changed this since",
        "Token: Answer needed: Token",
    ]


def test_a_widget_of_somebody_else_is_drawn_between_our_label_and_error() -> None:
    class Odd(forms.Form):
        when = forms.SplitDateTimeField(label="When")

    page = str(Odd({}))
    assert "govuk-form-group--error" in page
    assert page.count("<input") == 2

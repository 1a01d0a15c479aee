"""Components and tags in templates."""

import pytest
from django.template import Context, Template


def drawn(text: str, **context: object) -> str:
    return Template("{% load govuk tags %}" + text).render(Context(context))


def test_any_component_can_be_drawn_by_its_name() -> None:
    assert "Save" in drawn('{% govuk "button" text="Save" %}')
    assert "govuk-details__summary-text" in drawn('{% govuk "details" summary_text="Why?" text="So" %}')
    assert 'id="note"' in drawn('{% govuk "inset-text" text="x" attributes__id="note" %}')


@pytest.mark.parametrize(
    "tag",
    [
        '{% govuk "tag" text=typed %}',
        '{% govuk "tag" html=typed %}',
        '{% govuk "details" summary_html=typed text="x" %}',
        '{% govuk "input" name="x" label__html=typed %}',
        '{% govuk "tag" text="x" attributes__title=typed %}',
        '{% govuk "service-navigation" slots__start=typed %}',
        "{% grade_tag typed %}",
        "{% child_tag typed %}",
        "{% state_tag typed %}",
    ],
)
def test_nothing_typed_by_a_person_reaches_the_page_as_html(tag: str) -> None:
    assert "<script" not in drawn(tag, typed="<script>alert(1)</script>")


def test_attributes_as_a_string_are_refused() -> None:
    with pytest.raises(TypeError):
        drawn('{% govuk "tag" text="x" attributes=typed %}', typed="onclick=alert(1)")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("yes", "Child"),
        ("no", "No child"),
        ("not known", "Not known if a child"),
        ("NOT_KNOWN", "Not known if a child"),
        (True, "Child"),
        (False, "No child"),
        ("", "Not known if a child"),
        (None, "Not known if a child"),
    ],
)
def test_whether_there_is_a_child_is_always_said(value: object, said: str) -> None:
    assert f">{said}<" in drawn("{% child_tag value %}", value=value)


def test_not_known_is_as_loud_as_a_child() -> None:
    known, unknown = drawn('{% child_tag "yes" %}'), drawn('{% child_tag "not known" %}')
    assert known.replace("Child", "Not known if a child") == unknown


def test_a_grade_is_said_in_words() -> None:
    assert "app-grade--high" in drawn('{% grade_tag "red" %}')
    assert ">Red<" in drawn('{% grade_tag "red" %}')
    assert ">Priority<" in drawn('{% grade_tag "G2" "Priority" %}')
    assert ">Bespoke<" in drawn('{% grade_tag "bespoke" %}')


def test_no_grade_is_not_a_low_grade() -> None:
    for nothing in ("", None):
        shown = drawn("{% grade_tag grade %}", grade=nothing)
        assert "Not graded" in shown
        assert "app-grade--none" in shown


def test_a_state_says_what_kind_of_state_it_is() -> None:
    assert "app-state--waiting" in drawn('{% state_tag "Waiting for reply" "waiting" %}')
    assert ">In review<" in drawn('{% state_tag "in_review" %}')

"""One list of themes for everybody who looks, and each time one was found."""

import pytest

from access.actor import NotYours, System, acting, signed
from quality.codes import Source
from quality.models import Theme, ThemeNote
from quality.workflow.themes import add_theme, note_themes, retire_theme, use_theme_again
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


def voice() -> Theme:
    with acting(TEST):
        return Theme.objects.get(name="Voice of the child")


def found(themes, record, by, **said):
    with signed(by):
        return note_themes(themes, by=by, source=Source.CALL_REVIEW, record=record, reference="QA-1", **said)


def test_the_themes_of_the_inspection_are_there_from_the_start(cast):
    with acting(TEST):
        names = {theme.name for theme in Theme.objects.all()}
    assert {"Voice of the child", "Strategy meeting not recognised", "Plan not written for this person"} <= names


def test_the_quality_lead_adds_a_theme_once(quinn):
    theme = add_theme(Theme(), by=quinn, name=" Siblings ", means="Other children at home were not asked about")
    assert (theme.name, theme.state) == ("Siblings", "in_use")
    with pytest.raises(NotNow, match="There is a theme called “SIBLINGS” already"):
        add_theme(Theme(), by=quinn, name="SIBLINGS", means="The same")
    with pytest.raises(NotNow, match="what belongs under it"):
        add_theme(Theme(), by=quinn, name="Something else", means=" ")


@pytest.mark.parametrize("name", ["reva", "sam", "greta", "olly"])
def test_nobody_else_adds_a_theme(cast, name):
    with pytest.raises(NotYours):
        add_theme(Theme(), by=cast[name], name="Siblings", means="Other children")


def test_a_theme_counts_once_for_a_record_however_often_it_is_said(quinn, reva):
    other = add_theme(Theme(), by=quinn, name="Siblings", means="Other children at home")
    assert len(found([voice(), other], quinn, reva)) == 2
    assert found([voice()], quinn, reva) == []
    with acting(quinn):
        assert ThemeNote.objects.filter(theme=voice()).count() == 1


def test_a_theme_no_longer_used_is_not_noted_and_its_counts_stay(quinn, reva):
    theme = voice()
    found([theme], quinn, reva)
    theme = retire_theme(theme, by=quinn, because="Two themes have taken its place")
    with pytest.raises(NotNow, match="No longer used: Voice of the child"):
        found([theme], reva, reva)
    with acting(quinn):
        assert theme.notes.count() == 1
    assert use_theme_again(theme, by=quinn).state == "in_use"


def test_who_is_not_of_the_work_on_quality_sees_no_note(reva, olly, quinn):
    found([voice()], quinn, reva)
    with acting(olly):
        assert not ThemeNote.objects.exists()
        assert Theme.objects.exists()

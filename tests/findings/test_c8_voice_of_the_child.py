"""C8: what the child said, and how the child was, was recorded better than before, but not always."""

from dataclasses import replace

import pytest

from access.actor import acting
from ppn import workflow
from ppn.models import Ppn, Subject
from tests.stories import ANYA, a_notice, submitted
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
NOT_SPOKEN_TO = replace(ANYA, spoken_to="no", own_words="", not_spoken_to_because="")


def test_a_child_who_was_spoken_to_is_heard_in_their_own_words(olly):
    ppn = submitted(olly)
    with acting(olly):
        anya = ppn.subjects.get()
    assert (anya.own_words, anya.demeanour) == (ANYA.own_words, ANYA.demeanour)
    assert (anya.seen, anya.spoken_to, anya.home) == ("yes", "yes", ANYA.home)


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_a_child_who_was_spoken_to_but_is_not_heard_holds_up_the_notice(olly, words):
    with pytest.raises(NotNow, match="Anya Example was spoken to: write what they said"):
        submitted(olly, subjects=[replace(ANYA, own_words=words)])


@pytest.mark.parametrize("spoken_to", ["no", "not_known"])
@pytest.mark.parametrize("because", ["", "  "])
def test_a_child_who_was_not_spoken_to_has_a_reason(olly, spoken_to, because):
    silent = replace(NOT_SPOKEN_TO, spoken_to=spoken_to, not_spoken_to_because=because)
    with pytest.raises(NotNow, match="say why, who will, and by when"):
        submitted(olly, subjects=[silent])


def test_with_a_reason_the_notice_goes_out(olly):
    ppn = submitted(olly, subjects=[replace(NOT_SPOKEN_TO, not_spoken_to_because="Asleep; Olly returns at 8")])
    with acting(olly):
        assert ppn.subjects.get().not_spoken_to_because == "Asleep; Olly returns at 8"


def test_every_child_is_asked_about_and_not_only_the_first(olly):
    brother = replace(NOT_SPOKEN_TO, name="Bo Example")
    with pytest.raises(NotNow, match="Bo Example was not spoken to"):
        submitted(olly, subjects=[ANYA, brother])
    with acting(olly):
        assert not Ppn.objects.exists()
        assert not Subject.objects.exists()


def test_a_notice_is_about_somebody(olly):
    with pytest.raises(NotNow, match="Say who the notice is about"):
        workflow.submit(Ppn(), by=olly, notice=a_notice(), subjects=[])


def test_an_adult_is_asked_for_no_words(olly):
    adult = replace(NOT_SPOKEN_TO, part="parent", name="Ada Example")
    assert submitted(olly, subjects=[adult]).state == "submitted"


@pytest.mark.parametrize("child", ["no", "not_known"])
def test_a_notice_that_names_a_child_concerns_a_child_whatever_else_it_says(olly, child):
    ppn = submitted(olly, child=child, types=["adult_at_risk"])
    assert (ppn.child, ppn.is_priority) == ("yes", True)

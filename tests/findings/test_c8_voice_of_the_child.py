"""C8: what the child said, and how the child was, was recorded better than before, but not always."""

from dataclasses import replace

import pytest

from access.actor import acting
from ppn import workflow
from ppn.models import Ppn, Subject
from tests.conftest import minutes
from tests.stories import ANYA, a_notice, called_in, submitted
from tests.triage.scenes import fresh, heard, not_seen
from triage import workflow as incidents
from triage.models import ChildVoice
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


# At an incident, whether or not a notice is written


@pytest.fixture
def there(clock, callie, olly):
    """Police are at an incident with children."""
    return incidents.attend(called_in(callie), by=olly)


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ({"own_words": " "}, "Anya was spoken to: write what they said, in their own words"),
        ({"spoken_to": "no", "own_words": "", "demeanour": ""}, "Anya was seen: write how they were"),
        ({"seen": "no", "spoken_to": "no"}, "Anya was not seen: say why, who will see them, and by when"),
        ({"seen": "not_known", "spoken_to": "no"}, "Anya was not seen"),
        ({"child": "  "}, "which child"),
    ],
)
def test_what_is_missing_is_asked_for_before_it_is_kept(there, olly, said, asks):
    with pytest.raises(NotNow, match=asks):
        incidents.hear_child(there, by=olly, voice=heard(**said))


def test_each_child_is_heard_and_seen_for_themselves(there, clock, olly):
    incident = incidents.hear_child(there, by=olly, voice=heard("Anya"))
    assert not incident.child_to_be_seen
    clock.shift(minutes(5))
    incident = incidents.hear_child(incident, by=olly, voice=not_seen("Bo"))
    assert incident.child_to_be_seen  # Anya was seen, and Bo was not
    clock.shift(minutes(5))
    incident = incidents.hear_child(incident, by=olly, voice=heard("Bo", own_words="“Is Anya in trouble?”"))
    assert not incident.child_to_be_seen


def test_nothing_a_child_said_is_overwritten(there, clock, olly, rosa):
    incidents.hear_child(there, by=olly, voice=heard(own_words="“Nothing happened.”"))
    clock.shift(minutes(5))
    incidents.hear_child(fresh(there), by=rosa, voice=heard(own_words="“He said not to say.”"))
    with acting(olly):
        kept = ChildVoice.objects.filter(incident=there).order_by("at", "pk")
        assert [(each.own_words, each.by) for each in kept] == [
            ("“Nothing happened.”", olly),
            ("“He said not to say.”", rosa),
        ]

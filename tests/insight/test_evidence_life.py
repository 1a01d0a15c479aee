"""The life of an evidence pack: asked for, cases drawn, put together, checked by a second person, released to named
readers for a time, copies taken and handed back, closed. And everything that is refused on the way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from access.actor import NotYours, acting
from insight import evidence_build, tasks
from insight.evidence_manifest import wrong_with
from insight.models import EvidenceCase, EvidenceCopy, EvidencePack, EvidenceReader
from insight.workflow import evidence, evidence_cases, evidence_out
from tests.conftest import MONDAY, hours
from tests.insight.evidence_scenes import (
    ASKED,
    TEST,
    as_it_is,
    asked,
    case_added,
    cases_of,
    checked,
    drawn,
    file_of,
    forced,
    prepared,
    references,
    released,
    store,  # noqa: F401 - fixture
    together,
)
from tests.sla.made import MOMENT
from tests.stories import called_in, clock_of
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_a_pack_from_the_request_until_its_copies_are_back(clock, callie, greta, anya, sue, hettie):
    calls = {called_in(callie).reference for _ in range(4)}
    clock.shift(hours(2))
    pack = asked(greta)
    draw = drawn(pack, greta, size=3)
    assert len(references(pack)) == 3
    assert set(references(pack)) < calls == {reference for reference, _ in draw.drawn_from}
    assert evidence_cases.the_draw(as_it_is(draw)) == evidence_cases.the_draw(draw)
    evidence.put_evidence_together(pack, by=greta)
    tasks.put_evidence_together()
    pack = as_it_is(pack)
    with acting(TEST):
        file = pack.file
    assert (pack.state, wrong_with(file_of(pack), file.manifest_sha256)) == ("prepared", [])
    pack = evidence.check_evidence(pack, by=anya, words_read=False)
    pack = evidence_out.release_evidence(pack, by=sue, readers=[hettie])
    evidence_out.take_copy(pack, by=hettie)
    with acting(TEST):
        copy, reader = EvidenceCopy.objects.get(), EvidenceReader.objects.get()
    assert (copy.given_to, copy.file, reader.person, reader.named_by) == (hettie, file, hettie, sue)
    for said in ("Police Act 1996, section 54", "Harriet Inspector-Example", "To see how soon children were seen"):
        assert said in copy.basis
    pack = evidence_out.close_evidence(as_it_is(pack), by=sue, because="The inspection is over")
    assert pack.state == "closed"
    assert evidence_out.evidence_handed_back(pack, by=greta, said="Hettie, today, in person").state == "ended"


def test_what_nobody_took_a_copy_of_is_closed_for_good(clock, cast, callie, sue):
    pack = released(cast, called_in(callie))
    assert evidence_out.close_evidence(pack, by=sue, because="Not needed").state == "ended"


def test_longstop_closes_a_pack_at_the_very_moment_its_time_is_over(clock, cast, callie, hettie):
    pack = released(cast, called_in(callie))
    assert pack.released_until == MONDAY + timedelta(days=28)
    clock.set(pack.released_until - MOMENT)
    tasks.close_evidence()
    assert as_it_is(pack).state == "released"
    evidence_out.take_copy(as_it_is(pack), by=hettie)
    clock.shift(MOMENT)
    with pytest.raises(EvidencePack.DoesNotExist):
        evidence_out.take_copy(pack, by=hettie)
    tasks.close_evidence()
    closed = as_it_is(pack)
    assert (closed.state, closed.closed_at, clock_of(pack, "EV4").stopped_at) == ("closed", clock.at, clock.at)
    with acting(TEST):
        step = Step.objects.filter(record=pack.pk).latest("pk")
    assert (step.by, step.by_system) == (None, "evidence packs whose time has run out")


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"requested_by": " "}, "Say which inspector"),
        ({"purpose": ""}, "Say what it is for"),
        ({"power": "none"}, "Choose the power"),
        ({"power": "other"}, "Say which power"),
        ({"profile": "all"}, "Choose the power"),
        ({"ends_on": date(2026, 1, 31)}, "ends on its first day or later"),
        ({"as_at": MONDAY + MOMENT}, "has not come yet"),
        ({"begins_on": date(2026, 3, 3)}, "has not begun yet"),
        ({"sample_size": -1}, "at least one record"),
    ],
)
def test_a_request_says_who_asks_under_which_power_of_what_and_what_for(clock, greta, said, refused):
    with pytest.raises(NotNow, match=refused):
        asked(greta, **said)


def test_the_day_it_is_needed_by_is_not_over(clock, greta):
    said = evidence.Asked(**{**ASKED, "needed_by": MONDAY.date() - timedelta(days=1)})
    with pytest.raises(NotNow, match="is over"):
        evidence.ask_for_evidence(EvidencePack(), by=greta, asked=said)


def test_where_the_inspector_names_no_day_it_is_the_one_that_the_force_has_set(clock, greta):
    """Twenty working days from Monday 2 March; summer time has begun on the 29th."""
    pack = asked(greta, needed_by=None)
    assert pack.needed_by == date(2026, 3, 30)
    assert clock_of(pack, "EV1").due_at == datetime(2026, 3, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize("who", ["sue", "hettie", "alma", "sam", "quinn"])
def test_only_whoever_prepares_writes_a_request_down(clock, cast, who):
    with pytest.raises(NotYours, match="prepare an evidence pack"):
        asked(cast[who])


def test_a_pack_of_records_has_a_case_and_a_pack_of_figures_none(clock, callie, greta):
    with pytest.raises(NotNow, match="has at least one case"):
        evidence.put_evidence_together(asked(greta), by=greta)
    pack = asked(greta, profile="figures")
    case = case_added(pack, greta, called_in(callie))
    with pytest.raises(NotNow, match="figures alone"):
        evidence.put_evidence_together(pack, by=greta)
    evidence_cases.leave_evidence_out(case, by=greta, because="Figures only")
    assert evidence.put_evidence_together(as_it_is(pack), by=greta).state == "building"


def test_a_case_is_added_and_left_out_for_a_reason_and_once(clock, callie, greta):
    pack, call = asked(greta), called_in(callie)
    nothing = {"reference": "PPN-999999", "because": "The inspector named it"}
    with pytest.raises(NotNow, match="no such case"):
        evidence_cases.add_evidence_case(EvidenceCase(), by=greta, pack=pack, **nothing)
    with pytest.raises(NotNow, match="Say why it is added"):
        case_added(pack, greta, call, because=" ")
    case = case_added(pack, greta, call)
    with pytest.raises(NotNow, match="in the pack already"):
        case_added(pack, greta, call)
    with pytest.raises(NotNow, match="Say why it is left out"):
        evidence_cases.leave_evidence_out(case, by=greta, because="")
    case = evidence_cases.leave_evidence_out(case, by=greta, because="Another force’s")
    case = evidence_cases.take_evidence_in_again(case, by=greta, because="It is ours")
    assert (case.state, case.left_out_at, case.left_out_because) == ("in", None, "")


def test_cases_are_chosen_only_while_it_is_being_prepared(clock, callie, greta):
    call, other = called_in(callie), called_in(callie)
    pack = prepared(greta, call)
    (case,) = cases_of(pack)
    for choose in (
        lambda: case_added(pack, greta, other),
        lambda: drawn(pack, greta),
        lambda: evidence_cases.leave_evidence_out(case, by=greta, because="x"),
    ):
        with pytest.raises(NotNow, match="while the pack is being prepared"):
            choose()


@pytest.mark.parametrize(
    ("of", "narrowed", "size", "refused"),
    [
        ("everything", {}, 1, "what is drawn from"),
        ("incident", {}, 0, "at least one"),
        ("incident", {"group": "red"}, 1, "not grouped in that way"),
        ("meeting", {"child": "child"}, 1, "cannot be narrowed"),
        ("online", {}, 1, "nothing to draw from"),
    ],
)
def test_a_draw_is_of_something_that_is_there(clock, greta, of, narrowed, size, refused):
    with pytest.raises(NotNow, match=refused):
        drawn(asked(greta), greta, of, size, **narrowed)


def test_the_second_pair_of_eyes_is_another_persons(clock, callie, greta, anya):
    pack = prepared(greta, called_in(callie))
    with pytest.raises(NotNow, match="somebody else checks it"):
        evidence.check_evidence(pack, by=greta, words_read=True)
    with pytest.raises(IntegrityError, match="a_second_person_checks_evidence"), transaction.atomic():
        forced(pack, checked_at=clock.at, checked_by=greta)


def test_words_that_leave_were_read(clock, callie, greta, anya):
    pack = prepared(greta, called_in(callie), profile="cleaned")
    with pytest.raises(NotNow, match="Read them"):
        evidence.check_evidence(pack, by=anya, words_read=False)
    assert evidence.check_evidence(pack, by=anya, words_read=True).state == "checked"


def test_what_is_sent_back_is_put_together_anew_and_the_first_file_goes_to_nobody(clock, callie, greta, anya, sue):
    first = prepared(greta, called_in(callie))
    with pytest.raises(NotNow, match="what is to be changed"):
        evidence.send_evidence_back(first, by=anya, because="")
    back = evidence.send_evidence_back(first, by=anya, because="One case is another force’s")
    assert (back.state, back.file_id, back.prepared_by) == ("asked", None, None)
    again = together(back, greta)
    assert again.file_id != first.file_id
    again = evidence.check_evidence(again, by=anya, words_read=True)
    assert evidence.refuse_evidence(again, by=sue, because="Not before the court has decided").state == "asked"


def test_who_releases_names_readers_who_may_read(clock, cast, callie, greta, anya, sue, hettie, sam):
    pack = checked(greta, anya, called_in(callie))
    for readers, refused in (([], "at least one reader"), ([hettie, sam], "may not read evidence packs: Sam")):
        with pytest.raises(NotNow, match=refused):
            evidence_out.release_evidence(pack, by=sue, readers=readers)
    for by in (greta, anya, hettie, sam):
        with pytest.raises(NotYours):
            evidence_out.release_evidence(pack, by=by, readers=[hettie])
    with pytest.raises(IntegrityError, match="nobody_releases_evidence_they_prepared"), transaction.atomic():
        forced(pack, released_at=clock.at, released_by=greta)


def test_it_is_withdrawn_until_it_is_out_and_closed_after_that(clock, cast, callie, greta):
    pack = asked(greta)
    with pytest.raises(NotNow, match="why it is withdrawn"):
        evidence.withdraw_evidence(pack, by=greta, because="")
    assert evidence.withdraw_evidence(pack, by=greta, because="Asked for twice").state == "withdrawn"
    with pytest.raises(NotNow, match="it is released"):
        evidence.withdraw_evidence(released(cast, called_in(callie)), by=greta, because="x")


def test_what_cannot_be_put_together_says_so_and_holds_up_no_other(clock, callie, greta, settings):
    broken, whole = asked(greta), asked(greta)
    for pack in (broken, whole):
        case_added(pack, greta, called_in(callie))
        evidence.put_evidence_together(as_it_is(pack), by=greta)
    forced(broken, profile="nothing")
    assert evidence_build.build_waiting() == 1
    assert (as_it_is(broken).state, as_it_is(whole).state) == ("asked", "prepared")
    assert as_it_is(broken).trouble == "It could not be put together (KeyError)"

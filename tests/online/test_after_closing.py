"""No case is closed while anything is owed to anybody: what is in the way, one by one, and what opens it again."""

from __future__ import annotations

from typing import Any

import pytest

from access.actor import NotYours, System, acting
from access.time import now
from online.models import LadoReferral, NewInformation, Occupant, OnlineCase
from online.workflow import devices, lado, research, suspects
from online.workflow.cases import link, seen_elsewhere
from online.workflow.closing import close_case, not_safe_because, open_obligations, reopen_case, safeguarding_complete
from sla.models import Clock
from tests.online.after_scenes import (
    GROUNDS,
    arrested_in,
    bail_of,
    device_in,
    examined,
    filed,
    finished,
    lado_said,
    plan_of,
    referral_of,
    referred,
    searched,
    with_a_linked_child,
    works_at_a_nursery,
)
from tests.online.gate_scenes import discussed, maisie, notice_from, settled
from tests.online.scenes import as_it_is, attributed, child_of, lives_there, triaged
from tests.partners.scenes import an_agency
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def safe(case: OnlineCase, by: Any) -> OnlineCase:
    return safeguarding_complete(as_it_is(case), by=by, said="No child is concerned")


def closed(case: OnlineCase, by: Any) -> OnlineCase:
    return close_case(as_it_is(case), by=by, because="Charged; all is done")


@pytest.fixture
def done(clock: Any, cast: Any) -> OnlineCase:
    """Everything that the search left is done, and no suspect was named."""
    return finished(searched(cast), cast)


def test_with_nothing_owed_a_sergeant_says_it_is_safe_and_closes_it(done: Any, cast: Any) -> None:
    assert open_obligations(done) == []
    with pytest.raises(NotYours):
        safe(done, cast["iris"])
    with pytest.raises(NotNow, match="This cannot be done now"):
        closed(done, cast["dina"])
    safe(done, cast["dina"])
    over = closed(done, cast["dina"])
    assert (over.state, over.closed_by, over.closed_at) == ("closed", cast["dina"], now())
    assert not Clock.running().filter(record=done.pk).exists()


def test_each_thing_that_is_owed_is_named_and_closes_nothing(clock: Any, cast: Any) -> None:
    case = with_a_linked_child(cast)
    iris, rory = cast["iris"], cast["rory"]
    works_at_a_nursery(case, rory)
    lives_there(case, rory, "Ned Pell", works_with_children="not_known", works_how="Nobody would say")
    arrested_in(case, iris)
    suspects.interviewed_as_volunteer(
        suspects.suspect_named(
            suspects.Suspect(), by=rory, case=case, facts=suspects.SuspectFacts("Ned Pell", suspected_at=now())
        ),
        by=iris, at=now(), because="Ill",
    )  # fmt: skip
    examined(device_in(case, iris, "IRI/1"), iris)
    device_in(case, iris, "IRI/2")
    owed = " ".join(open_obligations(as_it_is(case)))
    for words in (
        "no notice has been submitted about this child",
        "it is not known whether this adult works with children",
        "the designated officer (LADO) has not been told",
        "the safety plan has not been filed",
        "nothing has been decided on this suspect",
        "this device has not been examined",
        "images have not been uploaded",
        "no number in the records system",
        "KIRAT has not been run again",
    ):
        assert words in owed, words
    with pytest.raises(NotNow, match="not known whether this adult works with children"):
        safe(case, cast["dina"])


def test_devices_that_were_counted_have_to_be_listed(clock: Any, cast: Any) -> None:
    case = searched(cast)
    counted = "1 devices were counted when enforcement was carried out, and 0 are listed."
    assert counted in open_obligations(case)
    devices.device_returned(device_in(case, cast["iris"]), by=cast["dina"], because="A neighbour's")
    assert counted not in open_obligations(case)


def test_a_child_is_settled_only_with_what_social_care_decided(clock: Any, cast: Any) -> None:
    case = with_a_linked_child(cast)
    child = maisie(case)
    assert f"{child}: no notice has been submitted about this child." in not_safe_because(case)
    notice_from(child, cast["iris"])
    assert f"{child}: no strategy discussion about this child has been held." in not_safe_because(case)
    discussed(child, cast["sam"])
    assert f"{child}: what social care decided about this child is not recorded." in not_safe_because(case)
    settled(child, cast["iris"])
    assert not_safe_because(case) == []


def test_what_became_part_of_it_is_owed_too(clock: Any, cast: Any) -> None:
    other, case = attributed(cast["rory"]), searched(cast)
    works_at_a_nursery(other, cast["rory"])
    link(as_it_is(other), by=cast["rory"], to=as_it_is(case), because="One account")
    assert any("has not been told" in each for each in open_obligations(as_it_is(case)))


def test_without_a_suspect_it_is_closed_early_by_a_sergeant_with_a_reason(clock: Any, cast: Any) -> None:
    case = triaged(cast["rory"])
    with pytest.raises(NotNow, match="Say why it is closed"):
        close_case(case, by=cast["dina"], because=" ")
    with pytest.raises(NotNow, match="no number in the records system"):
        closed(case, cast["dina"])
    seen_elsewhere(as_it_is(case), by=cast["rory"], system="Niche", ref="4426", at=now())
    assert closed(case, cast["dina"]).state == "closed"


def test_opened_again_it_is_as_old_as_it_ever_was(clock: Any, cast: Any) -> None:
    case = seen_elsewhere(triaged(cast["rory"]), by=cast["rory"], system="Niche", ref="4426", at=now())
    since = case.known_since
    closed(case, cast["dina"])
    clock.set(clock.at.replace(month=6))
    with pytest.raises(NotNow, match="Say what is new"):
        reopen_case(as_it_is(case), by=cast["dina"], because="")
    again = reopen_case(as_it_is(case), by=cast["dina"], because="The provider has answered")
    assert (again.state, again.closed_at, again.known_since) == ("researching", None, since)
    age = Clock.running().get(record=case.pk, deadline="OC5")
    assert age.started_at == since
    assert Clock.running().filter(record=case.pk, deadline="OC21").exists()


def test_that_an_adult_works_with_children_opens_a_closed_case_again(done: Any, cast: Any) -> None:
    safe(done, cast["dina"])
    closed(done, cast["dina"])
    with acting(System("test")):
        occupant = Occupant.objects.filter(online_case=done).first()
    said = {"works_with_children": "yes", "post": "Coach", "employer": "Vale Harriers", "how": "The club rang"}
    research.work_known(occupant, by=cast["rory"], **said)
    assert as_it_is(done).state == "executed"
    with acting(System("test")):
        assert LadoReferral.objects.get(online_case=done).state == "due"


def test_a_child_who_becomes_known_ends_that_it_was_called_safe(done: Any, cast: Any) -> None:
    safe(done, cast["dina"])
    child_of(as_it_is(done), cast["rory"])
    assert as_it_is(done).state == "executed"


def test_one_designated_officer_for_one_adult_until_answered_or_not_needed(clock: Any, cast: Any) -> None:
    case = searched(cast)
    occupant = works_at_a_nursery(case, cast["rory"])
    referral = referral_of(occupant)
    assert (referral.state, referral.known_at) == ("due", now())
    said = {"works_with_children": "yes", "post": "Manager", "employer": "Vale Nursery", "how": "Website"}
    research.work_known(as_it_is(occupant), by=cast["rory"], **said)
    with acting(System("test")):
        assert LadoReferral.objects.filter(occupant=occupant).count() == 1
    council = an_agency()
    with pytest.raises(NotYours):
        lado.lado_not_needed(referral, by=cast["iris"], because="She stopped")
    with pytest.raises(NotNow, match="is no designated officer"):
        lado.refer_to_lado(referral, by=cast["iris"], agency=council, said="She works there", grounds=GROUNDS)
    told = referred(referral, cast["iris"])
    lado.chase_lado(told, by=cast["iris"], said="Lena rings back")
    assert any("has not answered" in each for each in not_safe_because(case))
    lado.lado_answered(told, by=cast["iris"], said=lado_said())
    assert not any("designated officer" in each for each in not_safe_because(case))


def test_a_plan_that_is_filed_is_owed_no_more(clock: Any, cast: Any) -> None:
    case = with_a_linked_child(cast)
    suspect = arrested_in(case, cast["iris"])
    bail_of(suspect, cast["iris"])
    filed(plan_of(suspect), cast["iris"])
    assert not any("safety plan" in each for each in not_safe_because(case))


def test_what_is_new_to_the_level_is_owed(clock: Any, cast: Any) -> None:
    case = with_a_linked_child(cast)
    with acting(System("test")):
        waits = NewInformation.objects.filter(online_case=case, state="waiting")
        assert waits.exists()
    assert any("KIRAT has not been run again" in each for each in open_obligations(case))

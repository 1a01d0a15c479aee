"""Nothing of an offender leaves the force without a decision of its own."""

import json

import pytest

from access.actor import NotYours, System, acting
from access.roles import Can
from offenders.models import OffenderDisclosure
from offenders.workflow.disclosures import do_not_tell, propose_disclosure, tell_agency
from partners.disclose import Grounds
from partners.models import Disclosure
from tests.conftest import hours
from tests.offenders.scenes import managed
from tests.partners.agencies import as_system
from tests.partners.scenes import an_agency
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
GROUNDS = Grounds("public_task", "The nursery may meet him at the gate", "no_risk", "He would know who was told")
SAID = {
    "whom": "Designated safeguarding lead",
    "told": "A man who collects Poppy may not be alone with children. Do not hand her over to him.",
    "why": "Poppy is collected by her grandfather",
}
PRIVATE = ["Desmond", "Garmere", "violent", "NOM-", "has a dog that bites"]


@pytest.fixture
def nominal(clock, stella, omar):
    return managed(stella, omar, warnings="has a dog that bites")


@pytest.fixture
def nursery(clock):
    return an_agency("Vale Nursery", "school")


@pytest.fixture
def proposal(nominal, nursery, omar):
    return propose_disclosure(OffenderDisclosure(), by=omar, nominal=nominal, agency=nursery, **SAID)


def sent_rows():
    with acting(System("test")):
        return list(Disclosure.objects.all())


def what_they_fetch(nursery, ines):
    system = as_system(nursery, by=ines)
    listed = system.get("/partners/v1/disclosures/").json()
    one_by_one = [system.get(f"/partners/v1/disclosures/{each['id']}/").json() for each in listed["results"]]
    return json.dumps([listed, one_by_one, system.get("/partners/v1/changes/").json()])


def test_a_proposal_sends_nothing(proposal, nursery, ines):
    assert proposal.state == "proposed"
    assert sent_rows() == []
    assert "Poppy" not in what_they_fetch(nursery, ines)


def test_an_inspector_decides_and_exactly_that_goes(proposal, nursery, imran, ines):
    told = tell_agency(proposal, by=imran, grounds=GROUNDS)
    assert (told.state, told.decided_by) == ("sent", imran)
    (row,) = sent_rows()
    assert (row.agency, row.reference, row.sent_by, row.why_needed) == (
        nursery,
        told.reference,
        imran,
        GROUNDS.why_needed,
    )
    fetched = what_they_fetch(nursery, ines)
    assert SAID["told"] in fetched
    assert [each for each in PRIVATE if each in fetched] == []


def test_another_agency_gets_nothing_of_it(proposal, imran, ines):
    tell_agency(proposal, by=imran, grounds=GROUNDS)
    assert "Poppy" not in what_they_fetch(an_agency("Sallow Council"), ines)


def test_nobody_decides_on_their_own_proposal(nominal, nursery, imran, sue):
    own = propose_disclosure(OffenderDisclosure(), by=imran, nominal=nominal, agency=nursery, **SAID)
    for decide in (
        lambda: tell_agency(own, by=imran, grounds=GROUNDS),
        lambda: do_not_tell(own, by=imran, because="No"),
    ):
        with pytest.raises(NotYours, match="somebody else decides"):
            decide()
    assert tell_agency(own, by=sue, grounds=GROUNDS).state == "sent"


def test_a_sergeant_or_the_hub_does_not_decide(proposal, stella, hana, sam):
    for person in (stella, hana, sam):
        assert not person.can(Can.COMMAND_OFFENDERS)
        with pytest.raises(NotYours):
            tell_agency(proposal, by=person, grounds=GROUNDS)


def test_not_told_is_a_decision_with_a_reason(proposal, imran):
    with pytest.raises(NotNow, match="why they are not told"):
        do_not_tell(proposal, by=imran, because=" ")
    refused = do_not_tell(proposal, by=imran, because="The mother knows and collects her herself")
    assert (refused.state, refused.refused_because) == ("refused", "The mother knows and collects her herself")
    assert sent_rows() == []
    with pytest.raises(NotNow):
        tell_agency(proposal, by=imran, grounds=GROUNDS)


@pytest.mark.parametrize("name", ["whom", "told", "why"])
def test_a_proposal_that_is_half_said_is_refused(nominal, nursery, omar, name):
    with pytest.raises(NotNow, match="Say "):
        propose_disclosure(OffenderDisclosure(), by=omar, nominal=nominal, agency=nursery, **{**SAID, name: " "})


def test_an_agency_that_has_closed_since_is_told_nothing(proposal, nursery, imran, clock):
    with acting(System("test")):
        type(nursery).objects.filter(pk=nursery.pk).update(closed_at=clock.at)
    with pytest.raises(NotNow, match="Nothing is sent to Vale Nursery any more"):
        tell_agency(proposal, by=imran, grounds=GROUNDS)


def test_the_inspector_hears_at_once_and_his_cover_while_he_is_away(clock, nominal, nursery, omar, imran, stella):
    away(imran, days=14, cover=stella)
    proposal = propose_disclosure(OffenderDisclosure(), by=omar, nominal=nominal, agency=nursery, **SAID)
    swept(clock, MOMENT)
    assert raised(proposal.pk, "RS30") == [("RS30", 1, proposal.proposed_at, ["stella"])]
    assert tell_agency(proposal, by=stella, grounds=GROUNDS).decided_by == stella  # who covers may decide


def test_it_is_due_after_one_working_day_and_climbs(clock, proposal, imran, dmitri, sue):
    due = clock_of(proposal, "RS30").due_at
    assert due == proposal.proposed_at + hours(24)
    swept(clock, hours(24))
    assert [people for *_, people in raised(proposal.pk)] == [["imran"]]
    swept(clock, MOMENT)
    assert [people for *_, people in raised(proposal.pk)] == [["imran"], ["imran"]]
    swept(clock, hours(24))
    assert [people for *_, people in raised(proposal.pk)] == [["imran"], ["imran"], ["dmitri"], ["sue"]]


def test_deciding_stops_the_clock(clock, proposal, imran):
    do_not_tell(proposal, by=imran, because="Known there already")
    assert clock_of(proposal, "RS30").stopped_by == "offenders.do_not_tell"


def test_a_manager_proposes_on_a_page_and_what_is_half_said_stays_as_typed(client, nominal, nursery, omar):
    client.force_login(omar)
    address = f"{nominal.get_absolute_url()}disclosures/new/"
    page = client.get(address)
    assert nominal.reference in page.content.decode()
    half = client.post(address, {"agency": nursery.pk, **SAID, "why": ""})
    assert half.status_code == 422
    assert SAID["told"] in half.content.decode()
    sent = client.post(address, {"agency": nursery.pk, **SAID}, follow=True)
    assert "Telling Vale Nursery of Desmond Garmere" in sent.content.decode()
    assert sent_rows() == []

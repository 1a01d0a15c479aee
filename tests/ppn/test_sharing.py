"""A notice reaches the right agencies: proposed with reasons, shown before it goes, filed once each is settled."""

from dataclasses import replace

import pytest
from django.urls import reverse

from access.actor import System, acting, signed
from documents import workflow as documents
from encompass.schooling import addressee
from partners import workflow as sharing
from partners.models import Agency, Delivery, DisclosedDocument, Disclosure, Outcome, Recipient
from places.models import District, LocalAuthority, Postcode
from ppn import workflow
from ppn.content import Chosen, sheet_of
from ppn.models import Ppn
from ppn.recipients import facts_of, propose_agencies
from ppn.triggers import BY_HAND
from ppn.workflow import Grounds, Harm
from tests.documents.conftest import scanner, store
from tests.documents.files import added
from tests.encompass.conftest import a_school
from tests.partners.scenes import BY_PHONE, an_agency, everybody_settled
from tests.stories import ANYA, SubjectFacts, a_notice, clock_of, submitted
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
__all__ = ["scanner", "store"]
GROUNDS = Grounds(basis="public_task", why_needed="To see the child today", informed="yes")
HERE = "PO1 1AA"


@pytest.fixture
def vale(clock):
    """Postcode PO1 1AA lies in Vale, which has a council; another council lies elsewhere."""
    with signed(System("test")):
        council = LocalAuthority.objects.get_or_create(code="850", defaults={"name": "Vale"})[0]
        district = District.objects.get_or_create(gss="E07000001", defaults={"name": "Vale"})[0]
        District.objects.filter(pk=district.pk).update(authority=council)
        Postcode.objects.get_or_create(code=HERE, defaults={"district": district})
    an_agency("Sallow Council", authorities=["851"])
    return an_agency("Vale Council")


def assessed(olly, cora, grade="amber", **said):
    at_home = replace(ANYA, postcode=HERE, address="12 Example Street")
    ppn = workflow.take(submitted(olly, subjects=said.pop("subjects", [at_home]), **said), by=cora)
    return workflow.assess(
        ppn,
        by=cora,
        systems_checked="RMS",
        assessment="Seen with bruises",
        grade=grade,
        because="History",
        asked=dict.fromkeys(BY_HAND, "no"),
    )


def everybody(ppn, by):
    with acting(by):
        return {each.name: each for each in Recipient.objects.filter(record=ppn.pk).select_related("agency")}


def test_once_it_is_assessed_the_rules_propose_the_council_where_the_child_lives(vale, olly, cora):
    ppn = assessed(olly, cora)
    found = everybody(ppn, cora)
    assert found["Vale Council"].reasons == [
        "Anya Example: A child at risk, graded red or amber: social care decides what is done"
    ]
    assert "Sallow Council" not in found
    assert "No agency known: GP practice for Anya Example" in found
    assert (
        "Nobody knows which school Anya Example goes to."
        in found["No agency known: Education for Anya Example"].why_none
    )


def test_where_the_child_lives_is_not_known_it_says_so(vale, olly, cora):
    ppn = assessed(olly, cora, subjects=[ANYA])
    unknown = everybody(ppn, cora)["No agency known: Children's social care for Anya Example"]
    assert "nobody knows in which council's area" in unknown.why_none


def test_a_green_notice_of_domestic_abuse_with_a_child_goes_all_the_same(vale, olly, cora):
    ppn = assessed(olly, cora, "green", types=["domestic_abuse"], da_risk="standard")
    assert "Vale Council" in everybody(ppn, cora)


@pytest.mark.parametrize(
    ("harm", "person", "fact"),
    [
        ({"unborn": "yes"}, None, "unborn"),
        ({"position_of_trust": "yes"}, None, "position_of_trust"),
        ({}, {"works_with_children": "yes"}, "position_of_trust"),
        ({}, {"on_licence": "yes"}, "on_licence"),
    ],
)
def test_what_the_officer_wrote_decides_who_hears(clock, olly, harm, person, fact):
    risk = [SubjectFacts(part="poses_risk", name="Des Garmere", **person)] if person else []
    subjects = [ANYA, *risk]
    ppn = workflow.submit(Ppn(), by=olly, notice=a_notice(), subjects=subjects, harm=Harm(**harm))
    assert fact in facts_of(ppn).facts


def test_what_is_sent_is_what_each_agency_needs_the_voice_of_the_child_first(vale, olly, cora):
    ppn = assessed(olly, cora)
    workflow.share(ppn, by=cora, agencies=[vale], summary="Found under the stairs", grounds=GROUNDS)
    with acting(cora):
        content = Disclosure.objects.get(agency=vale).content
    assert content["sections"][0]["class"] == "voice"
    assert ANYA.own_words in content["sections"][0]["lines"][0]["text"]
    said = str(content)
    assert "Found under the stairs" in said
    assert ppn.narrative not in said


def test_a_notice_is_filed_only_when_everybody_proposed_was_told_or_refused(vale, olly, cora, sam):
    ppn = workflow.share(assessed(olly, cora), by=cora, agencies=[vale], summary="Seen", grounds=GROUNDS)
    with acting(cora):
        waiting = workflow.in_the_way(ppn)
    assert "Vale Council: not delivered yet. Telephone them" in waiting
    assert any(each.startswith("No agency known: GP practice for Anya Example: send it") for each in waiting)
    everybody_settled(ppn, cora, sam)
    with acting(cora):
        assert not [each for each in workflow.in_the_way(ppn) if "agency" in each or "Council" in each]


def test_nobody_is_told_only_where_two_people_said_so_for_each(vale, olly, cora, sam):
    ppn = assessed(olly, cora)
    nobody = {"agencies": [], "summary": "", "grounds": GROUNDS}
    with pytest.raises(NotNow, match="Choose at least one agency"):
        workflow.share(ppn, by=cora, **nobody)
    everybody_settled(ppn, cora, sam)
    shared = workflow.share(ppn, by=cora, **nobody)
    assert (shared.state, clock_of(shared, "P5").stopped_at is not None) == ("shared", True)


def test_where_no_rule_proposes_anybody_a_sergeant_decides_that_nobody_is_told(clock, olly, cora, sam):
    ppn = assessed(olly, cora, "green")
    nobody = {"agencies": [], "summary": "", "grounds": GROUNDS}
    with pytest.raises(NotNow, match="a sergeant decides"):
        workflow.share(ppn, by=cora, **nobody)
    assert workflow.share(ppn, by=sam, **nobody).state == "shared"


def test_to_assess_again_or_ask_again_adds_nobody_twice(vale, olly, cora):
    ppn = assessed(olly, cora)
    before = everybody(ppn, cora)
    propose_agencies(ppn, by=cora)
    assert set(everybody(ppn, cora)) == set(before)


def test_a_decision_that_changes_opens_a_filed_notice_again(vale, olly, cora, sam):
    ppn = workflow.share(assessed(olly, cora), by=cora, agencies=[vale], summary="Seen", grounds=GROUNDS)
    everybody_settled(ppn, cora, sam)
    with acting(cora):
        delivery = Delivery.objects.get(agency=vale)
    done = sharing.record_decision(delivery, by=cora, answer=BY_PHONE, outcome="nfa")
    filed = workflow.file(ppn, by=sam, strategy_meeting="not_needed", because="Agreed with the social worker")
    sharing.change_outcome(done, by=cora, answer=BY_PHONE, outcome=Outcome.SECTION_47.value, said="New facts")
    with acting(sam):
        again = type(filed).objects.get(pk=filed.pk)
    assert again.state == "shared"
    assert "New facts" in again.reopened_because


def test_a_correction_reaches_everybody_with_what_each_needs(vale, olly, cora):
    homes = an_agency("Vale Homes", "housing")
    ppn = workflow.share(assessed(olly, cora), by=cora, agencies=[vale, homes], summary="Seven", grounds=GROUNDS)
    workflow.correct_sharing(ppn, by=cora, summary="She is eight", because="Her age was wrong", grounds=GROUNDS)
    with acting(cora):
        rows = list(Disclosure.objects.filter(purpose="correction").select_related("agency"))
    assert {row.agency for row in rows} == {vale, homes}
    assert all(row.content["correction"] == "Her age was wrong" for row in rows)
    assert len({str(row.content) for row in rows}) == 2


def test_what_should_not_have_been_sent_is_taken_back_from_everybody(vale, olly, cora):
    ppn = workflow.share(assessed(olly, cora), by=cora, agencies=[vale], summary="Seen", grounds=GROUNDS)
    workflow.withdraw_sharing(ppn, by=cora, because="It is about another family")
    with acting(cora):
        assert Disclosure.objects.get(purpose="withdrawal").agency == vale


SAID = {
    "summary": "Found under the stairs by a neighbour, Nora Sample",
    "basis": "public_task",
    "why_needed": "To see the child today",
    "informed": "yes",
}


def _post(client, ppn, **said):
    return client.post(reverse("ppn-share", args=[ppn.pk]), {**SAID, **said})


def _seen(page, agency):
    return page.split(f'name="seen_{agency.pk}" value="')[1].split('"')[0]


def test_the_page_shows_exactly_what_goes_and_only_then_it_goes(client, vale, olly, cora):
    ppn = assessed(olly, cora)
    client.force_login(cora)
    page = client.get(reverse("ppn-share", args=[ppn.pk])).content.decode()
    assert "social care decides what is done" in page
    assert "No agency known: GP practice for Anya Example" in page
    shown = _post(client, ppn, agencies=[vale.pk], remove="Nora Sample")
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "by a neighbour, [removed]" in page
    assert "<strong>Parts of the record that were not sent:</strong> 1" in page
    with acting(cora):
        assert not Disclosure.objects.exists()
    ticked = {"agencies": [vale.pk], "remove": "Nora Sample", f"seen_{vale.pk}": _seen(page, vale)}
    with acting(cora):
        classes = [str(each) for each in Recipient.objects.get(agency=vale).field_classes]
    done = _post(client, ppn, **ticked, **{f"classes_{vale.pk}": classes})
    assert done.status_code == 302, done.content.decode()
    with acting(cora):
        sent = Disclosure.objects.get()
        content = sent.content
    assert "Nora" not in str(content)
    assert "that were not sent:</strong> 1" in client.get(sent.get_absolute_url()).content.decode()
    assert "Found under the stairs" in str(content)


def test_a_document_goes_to_whom_it_was_ticked_for_and_only_once_it_was_shown(client, vale, olly, cora, scanner):
    ppn = assessed(olly, cora)
    photo, waiting = added(ppn, olly), added(ppn, olly, caption="Not for anybody")
    client.force_login(cora)
    page = _post(client, ppn, agencies=[vale.pk]).content.decode()
    box = f'name="documents_{vale.pk}" id="documents_{vale.pk}_{photo.pk}" value="{photo.pk}"'
    assert f"{box}>" in page
    assert f'value="{waiting.pk}">' in page
    said = {"agencies": [vale.pk], f"classes_{vale.pk}": ["voice"], f"documents_{vale.pk}": [str(photo.pk)]}
    again = _post(client, ppn, **said, **{f"seen_{vale.pk}": _seen(page, vale)})
    page = again.content.decode()
    assert (again.status_code, "Read it again" in page, f"{box} checked>" in page) == (422, True, True)
    assert f"{ppn.reference}-{str(photo.pk)[:8]}.jpg:</strong> A JPEG photo" in page
    assert _post(client, ppn, **said, **{f"seen_{vale.pk}": _seen(page, vale)}).status_code == 302
    with acting(cora):
        (document,) = DisclosedDocument.objects.all()
        disclosure = Disclosure.objects.get()
    assert (document.attachment_id, document.disclosure_id) == (photo.pk, disclosure.pk)
    page = client.get(disclosure.get_absolute_url()).content.decode()
    assert f"{document.name}: <a" in page
    assert photo.get_absolute_url() in page


def test_a_document_that_was_withdrawn_while_the_page_was_read_is_named_and_does_not_go(
    client, vale, olly, cora, scanner
):
    ppn = assessed(olly, cora)
    photo = added(ppn, olly)
    client.force_login(cora)
    said = {"agencies": [vale.pk], f"classes_{vale.pk}": ["voice"], f"documents_{vale.pk}": [str(photo.pk)]}
    page = _post(client, ppn, **said, preview="yes", **{f"seen_{vale.pk}": "x"}).content.decode()
    documents.withdraw(photo, by=olly, because="Of another child")
    refused = _post(client, ppn, **said, **{f"seen_{vale.pk}": _seen(page, vale)})
    assert refused.status_code == 422
    assert "A document that you ticked cannot go any more" in refused.content.decode()
    with acting(cora):
        assert not Disclosure.objects.exists()


def test_what_was_changed_after_it_was_read_is_shown_again(client, vale, olly, cora):
    ppn = assessed(olly, cora)
    client.force_login(cora)
    page = _post(client, ppn, agencies=[vale.pk]).content.decode()
    said = {"agencies": [vale.pk], f"seen_{vale.pk}": _seen(page, vale), f"classes_{vale.pk}": ["voice"]}
    again = _post(client, ppn, **said)
    assert again.status_code == 422
    assert "Read it again" in again.content.decode()
    page = again.content.decode()
    assert _post(client, ppn, **{**said, f"seen_{vale.pk}": _seen(page, vale)}).status_code == 302
    with acting(cora):
        assert [each["class"] for each in Disclosure.objects.get().content["sections"]] == ["voice"]


def test_a_refused_page_keeps_what_was_typed_and_asks_who_will_tell_the_family(client, vale, olly, cora):
    ppn = assessed(olly, cora)
    client.force_login(cora)
    page = _post(client, ppn, agencies=[vale.pk], informed="not_yet")
    assert page.status_code == 422
    assert "Say who will tell them" in page.content.decode()
    assert "Found under the stairs" in page.content.decode()


def test_the_pages_for_everybody_say_who_that_is(client, vale, olly, cora):
    ppn = workflow.share(assessed(olly, cora), by=cora, agencies=[vale], summary="Seen", grounds=GROUNDS)
    client.force_login(cora)
    for name in ("ppn-correct", "ppn-take-back"):
        assert "Vale Council" in client.get(reverse(name, args=[ppn.pk])).content.decode()
    said = {**SAID, "because": "Her age was wrong", "summary": "She is eight"}
    shown = client.post(reverse("ppn-correct", args=[ppn.pk]), said)
    assert shown.status_code == 200
    seen = shown.content.decode().split('name="seen" value="')[1].split('"')[0]
    changed = client.post(reverse("ppn-correct", args=[ppn.pk]), {**said, "summary": "She is nine", "seen": seen})
    assert changed.status_code == 422
    assert "Read it again" in changed.content.decode()
    assert client.post(reverse("ppn-correct", args=[ppn.pk]), {**said, "seen": seen}).status_code == 302
    with acting(cora):
        assert "She is eight" in str(Disclosure.objects.get(purpose="correction").content)
    assert client.post(reverse("ppn-take-back", args=[ppn.pk]), {"because": "Wrong family"}).status_code == 302
    page = client.get(reverse("ppn", args=[ppn.pk])).content.decode()
    assert "correction" in page
    assert "taken back" in page


def test_a_closed_agency_is_not_offered(client, clock, olly, cora):
    an_agency("Old Homes", "housing", closed_at=clock.at)
    ppn = assessed(olly, cora)
    client.force_login(cora)
    assert "Old Homes" not in client.get(reverse("ppn-share", args=[ppn.pk])).content.decode()


def test_the_sheet_has_each_class_that_is_known_and_no_other(clock, olly, cora):
    ppn = assessed(olly, cora)
    with acting(cora):
        sheet = sheet_of(ppn, "Seen")
    assert [each.value for each in sheet.classes()][:3] == ["voice", "identity", "happened"]
    assert "third_party" not in sheet.classes()
    assert Chosen().parcel(sheet, Agency(pk=1), ["voice"]).classes == {"voice"}


def test_of_the_schools_only_those_that_are_proposed_are_offered_and_what_was_ticked_stays(client, vale, olly, cora):
    ppn = assessed(olly, cora)
    housing = an_agency("Vale Housing", "housing")
    with signed(System("test")):
        school = addressee(a_school("990901", "Lark Primary"), None)
    client.force_login(cora)
    offered = client.get(reverse("ppn-share", args=[ppn.pk])).content.decode()
    assert str(housing) in offered
    assert str(school) not in offered
    refused = _post(client, ppn, agencies=[vale.pk, school.pk], summary="").content.decode()
    assert str(school) in refused


def test_the_page_of_whoever_is_to_hear_leads_to_sharing_before_it_leads_to_refusing(client, vale, olly, cora):
    ppn = assessed(olly, cora)
    with acting(cora):
        recipient = Recipient.objects.get(agency=vale)
    client.force_login(cora)
    actions = client.get(recipient.get_absolute_url()).context["actions"]
    assert [each["label"] for each in actions] == ["Share with them", "Do not tell them"]
    assert actions[0]["url"] == reverse("ppn-share", args=[ppn.pk])

"""The pages of sharing: lists that count true, exactly what was sent, each reply in a few words, and nothing to see for
those who may not."""

import pytest
from django.core import mail
from django.urls import reverse

from access.actor import System, acting, signed
from partners import workflow
from partners.models import Agency, Delivery, Disagreement, Recipient, Reply, SharingRule
from partners.posting import deliver_waiting
from partners.showing import sharing_of
from places.models import LocalAuthority
from tests.partners.scenes import BY_PHONE, VALE, a_recipient, an_agency, arrived, latest, proposed, sent
from tests.stories import hours, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def council(ppn):
    return an_agency(telephone="01632 960001")


@pytest.fixture
def delivery(ppn, council, cora):
    return arrived(ppn, council, cora)


def read(client, who, url, status=200):
    client.force_login(who)
    answer = client.get(url, follow=True)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def fill(client, who, name, record, said, status=302):
    client.force_login(who)
    answer = client.post(reverse(name, args=[record.pk]), said)
    assert answer.status_code == status, answer.content.decode()
    return answer


ANSWER = {"who": "Kim Sample, duty", "how": "phone"}


def test_the_longest_silence_comes_first_and_each_count_is_what_its_list_shows(client, clock, ppn, council, cora):
    arrived(ppn, council, cora)
    clock.shift(hours(1))
    sent(ppn, an_agency("Nurses", "health"), cora)
    page = read(client, cora, reverse("partner-silence"))
    assert page.index("Vale Council has not") < page.index("On its way")
    for chip, shown, hidden in (
        ("not_delivered", "On its way", "Vale Council has not"),
        ("not_acknowledged", "Vale Council has not", "On its way"),
        ("no_decision", "Vale Council has not", "On its way"),
        ("no_outcome", "Vale Council has not", "On its way"),
    ):
        page = read(client, cora, f"{reverse('partner-silence')}?show={chip}")
        assert shown in page
        assert hidden not in page


def test_the_page_of_what_was_sent_shows_it_exactly_with_delivery_and_replies(client, delivery, cora):
    workflow.record_decision(delivery, by=cora, answer=BY_PHONE, outcome="in_need", said="Visit tomorrow")
    page = read(client, cora, delivery.get_absolute_url())
    for words in (
        "“I hid under the stairs.”",
        "12 Example Street",
        "Public task",
        "To see the child today",
        "01632 960001",
        "Child in need assessment",
        "Visit tomorrow",
        BY_PHONE.who,
    ):
        assert words in page


@pytest.mark.parametrize(
    ("name", "said", "state"),
    [
        ("delivery-acknowledge", ANSWER, "acknowledged"),
        ("delivery-decision", {**ANSWER, "outcome": "nfa", "said": "No"}, "settled"),
        ("delivery-asks", {**ANSWER, "said": "Who was there?"}, "acknowledged"),
        ("delivery-disagrees", {**ANSWER, "said": "No referral", "they_ask": "A visit"}, "delivered"),
        ("delivery-failed", {"because": "Mailbox full"}, "failed"),
    ],
)
def test_each_step_is_taken_from_its_page(client, delivery, cora, name, said, state):
    assert "What Vale Council was sent" in read(client, cora, reverse(name, args=[delivery.pk]))
    fill(client, cora, name, delivery, said)
    assert latest(cora, delivery).state == state


def test_a_form_that_is_refused_keeps_what_was_typed_and_names_the_field(client, delivery, cora):
    answer = fill(client, cora, "delivery-asks", delivery, {"who": "Kim Sample", "said": "Who was there?"}, 422)
    page = answer.content.decode()
    assert "Kim Sample" in page
    assert "Who was there?" in page
    assert "#id_how" in page


def test_a_mailbox_that_nobody_checked_is_telephoned(client, ppn, cora):
    delivery = sent(ppn, an_agency("Nurses", "health", secure=False), cora)
    deliver_waiting()
    assert len(mail.outbox) == 1
    assert "Not known to be secure" in read(client, cora, delivery.get_absolute_url())
    fill(client, cora, "delivery-phone", delivery, {"to_whom": "Ward sister"})
    assert "Ward sister" in read(client, cora, delivery.get_absolute_url())


def test_a_second_person_decides_on_not_sharing(client, ppn, council, cora, sam):
    recipient = a_recipient(ppn, council, cora)
    fill(client, cora, "recipient-refuse", recipient, {"because": "The father works there"})
    assert "The father works there" in read(client, sam, reverse("to-countersign"))
    assert "The father works there" in read(client, sam, reverse("home"))
    read(client, cora, reverse("recipient-countersign", args=[recipient.pk]), status=403)
    assert "The father works there" in read(client, sam, reverse("recipient-countersign", args=[recipient.pk]))
    fill(client, sam, "recipient-countersign", recipient, {})
    assert "Sam Sergeant agreed" in read(client, sam, recipient.get_absolute_url())


def test_a_sergeant_overrules_and_names_the_agency_that_nobody_knew(client, ppn, council, cora, sam):
    workflow.propose_recipients(ppn, [proposed(None)], by=cora)
    with acting(cora):
        unknown = Recipient.objects.get()
    assert "Nobody knows where she lives" in read(client, cora, unknown.get_absolute_url())
    fill(client, cora, "recipient-refuse", unknown, {"because": "Nobody to tell"})
    fill(client, sam, "recipient-overrule", unknown, {"because": "Ask the school"})
    fill(client, cora, "recipient-name", unknown, {"agency": council.pk})
    assert latest(cora, unknown).agency == council


def test_a_disagreement_is_raised_and_settled(client, delivery, cora):
    url = reverse("disagreement-raise", args=[delivery.pk])
    read(client, cora, url)
    answer = client.post(url, {"why": "They will not visit", "what_we_ask": "A visit", "key": ""})
    assert answer.status_code == 302
    with acting(cora):
        one = Disagreement.objects.get()
    assert "They will not visit" in read(client, cora, reverse("disagreements"))
    fill(client, cora, "disagreement-next", one, {"what_was_said": "No", "with_whom": "Their manager"})
    fill(client, cora, "disagreement-settle", one, {"how": "They visit today"})
    assert "They visit today" in read(client, cora, one.get_absolute_url())


def test_rules_are_read_added_and_ended_and_none_is_lost(client, sam):
    page = read(client, sam, reverse("sharing-rules"))
    assert "Domestic Abuse Act 2021, section 49A" in page
    assert "our default" in page
    said = {"kind": "housing", "why": "The door is broken", "source": "Local", "field_classes": ["address"]}
    assert "Exploitation" in read(client, sam, reverse("sharing-rule-new"))
    assert client.post(reverse("sharing-rule-new"), {**said, "why": ""}).status_code == 422
    assert client.post(reverse("sharing-rule-new"), said).status_code == 302
    rule = SharingRule.objects.get(kind="housing")
    assert "The door is broken" in read(client, sam, reverse("sharing-rule-end", args=[rule.pk]))
    assert client.post(reverse("sharing-rule-end", args=[rule.pk]), {"because": "Over"}).status_code == 302
    assert "Over" in read(client, sam, reverse("sharing-rules"))
    read(client, sam, reverse("sharing-rule-end", args=[rule.pk]), status=404)


def test_agencies_are_read_added_and_changed(client, cora, sam):
    LocalAuthority.objects.get_or_create(code=VALE, defaults={"name": "Vale"})
    council = LocalAuthority.objects.get(code=VALE)
    said = {"name": "Vale Council", "kind": "social_care", "mailbox": "mash@vale.example", "authorities": [council.pk]}
    client.force_login(sam)
    assert client.post(reverse("agency-new"), said).status_code == 302
    agency = Agency.objects.get(name="Vale Council")
    assert (agency.authorities, agency.mailbox_is_secure) == ([VALE], False)
    assert client.post(reverse("agency-new"), said).status_code == 422
    assert "mash@vale.example" in read(client, sam, reverse("agency-change", args=[agency.pk]))
    changed = {**said, "mailbox": "", "mailbox_is_secure": "on"}
    assert client.post(reverse("agency-change", args=[agency.pk]), changed).status_code == 422
    assert client.post(reverse("agency-change", args=[agency.pk]), {**said, "is_closed": "on"}).status_code == 302
    assert "Closed" in read(client, cora, reverse("agencies"))
    read(client, cora, reverse("agency-new"), status=403)


def test_of_a_restricted_case_there_is_nothing_to_see(client, delivery, cora, cole):
    with acting(cora):
        recipient = Recipient.objects.get()
    one = workflow.raise_disagreement(Disagreement(), by=cora, delivery=delivery, why="No", what_we_ask="Yes")
    with signed(System("test")):
        type(delivery.case).objects.filter(pk=delivery.case_id).update(restricted=True)
    for url in (
        delivery.get_absolute_url(),
        recipient.get_absolute_url(),
        one.get_absolute_url(),
        reverse("delivery-phone", args=[delivery.pk]),
        reverse("disagreement-raise", args=[delivery.pk]),
    ):
        read(client, cole, url, status=404)
    for name in ("partner-silence", "disagreements"):
        assert "Vale Council has" not in read(client, cole, reverse(name))
    with acting(cole):
        assert not Reply.objects.exists()


def test_officers_do_not_see_what_was_shared(client, delivery, olly, ppn):
    read(client, olly, delivery.get_absolute_url(), status=403)
    read(client, olly, reverse("partner-silence"), status=403)
    with acting(olly):
        assert sharing_of(ppn) == {"sharing": None}


def test_each_look_at_what_was_sent_is_a_look_at_a_record(client, delivery, cora):
    with acting(cora) as stretch:
        list(Delivery.objects.all())
        assert delivery.pk in stretch.handed_over["partners.delivery"]


def test_the_page_of_a_record_says_whom_it_goes_to_and_what_went(ppn, delivery, cora):
    with acting(cora):
        found = sharing_of(ppn)["sharing"]
    assert [each["state"] for each in found["recipients"]] == ["Sent"]
    assert [each["state"] for each in found["sent"]] == ["Delivered, not acknowledged"]
    assert "has not said that they have it, has not decided" in found["sent"][0]["owed"]

"""What was sent arrives, or somebody hears within the hour that it has not.

Nothing about anybody goes to a mailbox that nobody has checked."""

import pytest
from django.core import mail

from access.actor import NotYours, System, acting, signed
from demo.people import hire
from partners import workflow
from partners.models import Agency, Delivery
from partners.posting import deliver_waiting
from partners.replies import ON_DELIVERY
from partners.tasks import deliver_waiting as nudge
from sla.lengths import set_number
from tests.conftest import MONDAY
from tests.partners.peers import mail_peer
from tests.partners.scenes import BY_PHONE, GROUNDS, an_agency, arrived, latest, sent
from tests.sla.made import MOMENT, at_once, raised
from tests.stories import away, clock_of, hours, minutes, submitted, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def delivery(ppn, cora):
    return sent(ppn, an_agency(), cora)


@pytest.fixture
def no_server(settings):
    """Nobody listens there."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS = 9, False


def test_what_is_disclosed_waits_to_be_delivered_in_the_same_transaction(clock, delivery, cora):
    assert (delivery.state, delivery.sent_at, delivery.disclosure.sent_by) == ("waiting", clock.at, cora)
    assert clock_of(delivery, "PD").stopped_at is None


def test_everything_goes_to_a_mailbox_that_the_force_has_checked(clock, delivery, cora):
    nudge()
    (letter,) = mail.outbox
    assert letter.to == [delivery.agency.mailbox]
    assert "“I hid under the stairs.”" in letter.body
    assert delivery.reference in letter.subject
    assert "Anya" not in letter.subject
    done = latest(cora, delivery)
    assert (done.state, done.delivered_at, done.told_how) == ("delivered", clock.at, "mail")


def test_to_any_other_goes_only_that_something_waits_and_it_counts_when_told_by_telephone(clock, ppn, cora):
    delivery = sent(ppn, an_agency(secure=False), cora)
    deliver_waiting()
    (letter,) = mail.outbox
    assert not any(word in letter.body + letter.subject for word in ("Anya", "stairs", "Example Street", "child"))
    assert delivery.reference in letter.body
    waits = latest(cora, delivery)
    assert (waits.state, waits.knocked_at, waits.delivered_at) == ("waiting", clock.at, None)
    assert deliver_waiting() == 0
    told = workflow.told_by_phone(waits, by=cora, to_whom="Kim Sample, duty")
    assert (told.state, told.told_how, told.told_whom) == ("delivered", "phone", "Kim Sample, duty")
    assert clock_of(told, "PD").stopped_at == clock.at


def test_nobody_is_told_by_telephone_without_a_name(ppn, cora):
    delivery = sent(ppn, an_agency(secure=False), cora)
    with pytest.raises(NotNow, match="who was told"):
        workflow.told_by_phone(delivery, by=cora, to_whom=" ")


def test_what_goes_to_health_is_marked_in_the_mail(ppn, cora):
    sent(ppn, an_agency("Nurses", "health"), cora)
    deliver_waiting()
    assert "Do not show in online access" in mail.outbox[0].body


def test_a_mail_that_fails_is_tried_three_times_and_then_somebody_hears_at_once(clock, delivery, cora, no_server):
    for tries in (1, 2):
        assert deliver_waiting() == 1
        waits = latest(cora, delivery)
        assert (waits.state, waits.tries) == ("waiting", tries)
        assert "could not be sent" in waits.trouble
        assert deliver_waiting() == 0
        clock.shift(minutes(5))
    deliver_waiting()
    assert latest(cora, delivery).state == "failed"
    swept(clock, MOMENT)
    assert [people for *_, people in raised(delivery.pk, "PT")] == [["cole", "cora"]]
    swept(clock, minutes(30))
    assert [people for *_, people in raised(delivery.pk, "PT")] == [["cole", "cora"], ["sam"]]


def test_how_often_it_is_tried_is_the_forces_to_say(clock, delivery, cora, sam, no_server):
    set_number(
        "Times a mail is tried before somebody telephones",
        by=sam,
        number=1,
        starts=clock.at,
        because="Telephone sooner",
    )
    deliver_waiting()
    assert latest(cora, delivery).state == "failed"


def test_without_any_mailbox_somebody_telephones_at_once(ppn, cora):
    delivery = sent(ppn, an_agency("Vale Primary", "education", secure=False, mailbox=""), cora)
    deliver_waiting()
    failed = latest(cora, delivery)
    assert (failed.state, failed.trouble) == ("failed", "No mailbox of theirs is known")
    assert workflow.told_by_phone(failed, by=cora, to_whom="Head of year").state == "delivered"


def test_once_the_mailbox_is_put_right_it_is_mailed_again(clock, ppn, cora):
    delivery = sent(ppn, an_agency("Vale Primary", "education", secure=False, mailbox=""), cora)
    deliver_waiting()
    with signed(TEST):
        Agency.objects.update(mailbox="lead@school.example", mailbox_is_secure=True)
    again = workflow.try_again(latest(cora, delivery), by=cora, because="They gave us a mailbox")
    assert (again.state, again.tries) == ("waiting", 0)
    assert clock_of(again, "PT").stopped_at == clock.at
    deliver_waiting()
    assert latest(cora, delivery).state == "delivered"


def test_what_came_back_is_not_delivered_and_is_not_mailed_again_by_itself(clock, ppn, cora):
    delivery = arrived(ppn, an_agency(), cora)
    back = workflow.failed(delivery, by=cora, because="Mailbox full")
    assert (back.state, back.delivered_at, back.told_how) == ("failed", None, "")
    assert clock_of(back, "P7").stopped_at == clock.at
    assert deliver_waiting() == 0


def test_not_delivered_in_half_an_hour_the_co_ordinators_hear_and_in_two_hours_the_sergeant(clock, delivery):
    swept(clock, minutes(30))
    assert raised(delivery.pk, "PD") == []
    swept(clock, MOMENT)
    assert [people for *_, people in raised(delivery.pk, "PD")] == [["cole", "cora"]]
    swept(clock, minutes(90))
    assert [people for *_, people in raised(delivery.pk, "PD")] == [["cole", "cora"], ["sam"]]


def test_with_the_sergeant_away_the_inspector_covers(clock, delivery, sam, ines):
    away(sam, days=1, cover=ines)
    swept(clock, hours(2) + MOMENT)
    assert [people for *_, people in raised(delivery.pk, "PD")][-1] == ["ines"]


def test_those_who_answer_have_it_whatever_the_mail_says(clock, delivery, cora):
    done = workflow.acknowledge(delivery, by=cora, answer=BY_PHONE)
    assert (done.state, done.delivered_at, done.acknowledged_at) == ("acknowledged", clock.at, clock.at)
    assert clock_of(done, "PD").stopped_at == clock.at
    assert deliver_waiting() == 0


def test_an_officer_does_not_say_what_was_delivered(delivery, olly):
    with pytest.raises(NotYours):
        workflow.told_by_phone(delivery, by=olly, to_whom="Kim Sample")


def test_the_app_that_owns_the_record_hears_that_it_arrived_or_did_not(ppn, cora, monkeypatch):
    heard = []
    monkeypatch.setitem(ON_DELIVERY, "ppn.ppn", [lambda delivery: heard.append(bool(delivery.delivered_at))])
    arrived(ppn, an_agency(), cora)
    sent(ppn, an_agency("Vale Primary", "education", secure=False, mailbox=""), cora)
    deliver_waiting()
    assert heard == [True, False]


def test_one_bad_mailbox_does_not_hold_up_the_others(ppn, cora):
    bad = sent(ppn, an_agency("Bad", "housing", mailbox="a@b.example\nBcc: c@d.example"), cora)
    good = sent(ppn, an_agency("Good", "health"), cora)
    deliver_waiting()
    assert (latest(cora, bad).state, latest(cora, good).state) == ("waiting", "delivered")
    assert len(mail.outbox) == 1


def test_disclosing_by_itself_says_what_each_owes(ppn, cora):
    council, nurses = an_agency(), an_agency("Nurses", "health")
    with signed(cora):
        workflow.disclose(ppn, to=[council, nurses], content={"summary": "Seen"}, grounds=GROUNDS, by=cora)
        workflow.disclose(ppn, to=[nurses], content={"summary": "Seen"}, grounds=GROUNDS, by=cora, expects=())
    with acting(cora):
        owed = [each.expects for each in Delivery.objects.order_by("agency__name", "-expects")]
    assert owed == [["receipt", "outcome"], [], ["receipt", "decision", "outcome"]]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hangs_up_gets_it_again_as_the_same_mail(settings):
    people = hire(MONDAY)
    cora = people["cora"]
    delivery = sent(submitted(people["olly"]), an_agency(), cora)
    set_number(
        "Times a mail is tried before somebody telephones", by=people["sam"], number=9, starts=MONDAY, because="Test"
    )
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_USE_TLS = False
    with mail_peer(hang_ups=1) as peer:
        settings.EMAIL_PORT = peer.port
        deliver_waiting()
        waits = latest(cora, delivery)
        assert (waits.state, waits.tries, len(peer.taken)) == ("waiting", 1, 0)
        with signed(TEST):
            Delivery.objects.update(try_at=MONDAY)
        deliver_waiting()
    assert latest(cora, delivery).state == "delivered"
    first, second = (str(each["Message-ID"]) for each in peer.heard)
    assert first == second
    assert str(delivery.pk) in first


@pytest.mark.django_db(transaction=True)
def test_two_workers_mail_it_once():
    people = hire(MONDAY)
    cora, ppn = people["cora"], submitted(people["olly"])
    deliveries = [sent(ppn, an_agency(f"Agency {number}", "housing"), cora) for number in range(6)]
    at_once(deliver_waiting, deliver_waiting, deliver_waiting)
    assert len(mail.outbox) == 6
    assert {latest(cora, each).state for each in deliveries} == {"delivered"}

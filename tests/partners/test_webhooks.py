"""A partner's system is called when something changed, hears nothing but that, and knows that it was us who called."""

import base64
import hmac
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from access.actor import NotYours, System, acting, signed
from accounts.workflow import NotPossible
from demo.people import hire
from partners import workflow
from partners.calling import call_waiting
from partners.models import Webhook, WebhookCall
from partners.signing import secret_of
from partners.tasks import call_waiting as nudge
from partners.workflow.access import cut_off_system
from partners.workflow.webhooks import wait_after
from sla.lengths import set_number
from tests.conftest import MONDAY, minutes
from tests.partners.agencies import a_system
from tests.partners.peers import system_peer
from tests.partners.scenes import GROUNDS, an_agency, latest, sent
from tests.sla.made import MOMENT, at_once, raised
from tests.stories import away, clock_of, hours, submitted, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
NOT_NOW = b"HTTP/1.1 503 Service Unavailable\r\n\r\n"
NOBODY = "https://nobody.partners.example/longstop"


@pytest.fixture(autouse=True)
def on_this_machine(settings):
    settings.WEBHOOKS_MAY_BE_LOCAL = True


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def agency(ppn):
    return an_agency()


def called_at(agency, by, address=NOBODY):
    """A system of this agency that is called there."""
    return workflow.add_webhook(a_system(agency, by=by)[0], by=by, address=address)[0]


def calls(who):
    with acting(who):
        return list(WebhookCall.objects.order_by("owed_at", "pk"))


def only_call(who):
    (call,) = calls(who)
    return call


def test_a_call_is_owed_in_the_same_transaction_as_what_changed(clock, ppn, agency, cora, ines):
    webhook = called_at(agency, ines)
    delivery = sent(ppn, agency, cora)
    call = only_call(ines)
    assert (call.state, call.webhook, call.disclosure) == ("waiting", webhook, delivery.disclosure)
    assert (call.owed_at, call.try_at, call.team) == (clock.at, clock.at, delivery.team)
    with pytest.raises(PowerCut):
        disclosed_in_a_transaction_that_fails(ppn, agency, cora)
    assert calls(ines) == [call]


class PowerCut(Exception):
    pass


def disclosed_in_a_transaction_that_fails(ppn, agency, by):
    with signed(by):
        workflow.disclose(ppn, to=[agency], content={"summary": "Seen"}, grounds=GROUNDS, by=by)
        raise PowerCut


def test_other_agencies_systems_that_are_not_called_and_addresses_that_ended_are_owed_nothing(ppn, agency, cora, ines):
    called_at(an_agency("Nurses", "health"), ines)
    a_system(agency, by=ines, name="Not called")
    workflow.end_webhook(called_at(agency, ines), by=ines, because="Moved")
    sent(ppn, agency, cora)
    assert calls(ines) == []


def test_their_system_hears_that_something_changed_when_and_which_call_it_is_and_nothing_else(ppn, agency, cora, ines):
    with system_peer() as peer:
        called_at(agency, ines, peer.address)
        delivery = sent(ppn, agency, cora)
        nudge()
    ((first, headers, body),) = peer.heard
    call = only_call(ines)
    assert first == "POST /longstop?for=us HTTP/1.1"
    assert json.loads(body) == {"type": "disclosures.changed", "at": "2026-03-02T09:00:00Z", "id": f"msg_{call.pk.hex}"}
    assert headers["Content-Type"] == "application/json"
    assert delivery.reference not in str(headers) + body.decode()
    assert (call.state, call.tries) == ("called", 1)
    assert call_waiting() == 0


def test_each_call_is_signed_as_standard_webhooks_with_the_secret_of_its_own_address(clock, ppn, agency, cora, ines):
    with system_peer() as peer:
        _, secret = workflow.add_webhook(a_system(agency, by=ines)[0], by=ines, address=peer.address)
        sent(ppn, agency, cora)
        call_waiting()
    ((_, headers, body),) = peer.heard
    assert headers["Webhook-Id"] == json.loads(body)["id"]
    assert headers["Webhook-Timestamp"] == str(int(clock.at.timestamp()))
    said = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    assert len(key) == 32
    assert headers["Webhook-Signature"] == f"v1,{base64.b64encode(hmac.digest(key, said, 'sha256')).decode()}"


def test_a_secret_is_kept_nowhere_and_no_two_addresses_have_the_same(agency, ines):
    first = called_at(agency, ines)
    workflow.end_webhook(first, by=ines, because="They lost the secret")
    with acting(ines):
        system = first.account
        second, secret = workflow.add_webhook(system, by=ines, address=first.address)
        assert secret == secret_of(second) != secret_of(first)
        kept = [str(value) for row in Webhook.objects.all() for value in vars(row).values()]
    assert not any(secret.removeprefix("whsec_") in each for each in kept)


def test_while_the_key_of_the_site_is_changed_the_old_secret_and_the_new_one_are_good(
    ppn, agency, cora, ines, settings
):
    with system_peer() as peer:
        webhook, before = workflow.add_webhook(a_system(agency, by=ines)[0], by=ines, address=peer.address)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of the site"
        sent(ppn, agency, cora)
        call_waiting()
    ((_, headers, body),) = peer.heard
    said = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
    for secret in (secret_of(webhook), before):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        assert (
            f"v1,{base64.b64encode(hmac.digest(key, said, 'sha256')).decode()}" in headers["Webhook-Signature"].split()
        )


def test_one_that_fails_is_called_again_as_the_same_call_after_waits_that_double(clock, ppn, agency, cora, ines):
    with system_peer(NOT_NOW, NOT_NOW, NOT_NOW) as peer:
        called_at(agency, ines, peer.address)
        sent(ppn, agency, cora)
        for number, wait in enumerate((1, 2, 4), 1):
            assert call_waiting() == 1
            call = only_call(ines)
            assert (call.state, call.tries, call.try_at) == ("waiting", number, clock.at + minutes(wait))
            assert call.trouble == "They answered 503 Service Unavailable."
            clock.set(call.try_at - MOMENT)
            assert call_waiting() == 0
            clock.set(call.try_at)
        call_waiting()
    assert (only_call(ines).state, only_call(ines).tries, only_call(ines).trouble) == ("called", 4, "")
    assert len({(headers["Webhook-Id"], body) for _, headers, body in peer.heard}) == 1
    assert len({headers["Webhook-Timestamp"] for _, headers, _ in peer.heard}) == 4


def test_waits_grow_to_an_hour_and_no_further(clock):
    assert [wait_after(tries) for tries in (1, 6, 7, 500)] == [minutes(1), minutes(32), minutes(60), minutes(60)]


def test_after_ten_tries_it_is_given_up_and_called_no_more_until_somebody_says_so(clock, ppn, agency, cora, sam, ines):
    with system_peer(*[NOT_NOW] * 10) as peer:
        called_at(agency, ines, peer.address)
        sent(ppn, agency, cora)
        for _ in range(9):
            call_waiting()
            clock.set(only_call(ines).try_at)
        assert only_call(ines).state == "waiting"
        call_waiting()
        assert (only_call(ines).state, only_call(ines).tries) == ("given_up", 10)
        clock.shift(hours(24))
        assert call_waiting() == 0
        again = workflow.call_again(only_call(ines), by=sam, because="Their certificate is renewed")
        assert (again.state, again.tries, again.try_at) == ("waiting", 0, clock.at)
        call_waiting()
    assert only_call(ines).state == "called"


def test_how_often_it_is_tried_is_the_forces_to_say(clock, ppn, agency, cora, sam, ines):
    named = "Times a partner's system is called before it is given up"
    set_number(named, by=sam, number=1, starts=clock.at, because="Telephone sooner")
    with system_peer(NOT_NOW) as peer:
        called_at(agency, ines, peer.address)
        sent(ppn, agency, cora)
        call_waiting()
    assert only_call(ines).state == "given_up"


def test_an_hour_without_a_call_the_sergeant_hears_and_after_four_the_inspector(clock, ppn, agency, cora, ines):
    called_at(agency, ines)
    sent(ppn, agency, cora)
    call = only_call(ines)
    swept(clock, hours(1))
    assert raised(call.pk, "WC") == []
    swept(clock, MOMENT)
    assert [people for *_, people in raised(call.pk, "WC")] == [["sam"]]
    swept(clock, hours(3))
    assert [people for *_, people in raised(call.pk, "WC")] == [["sam"], ["ines"]]


def test_with_the_sergeant_away_whoever_covers_hears(clock, ppn, agency, cora, sam, ines):
    away(sam, days=1, cover=ines)
    called_at(agency, ines)
    sent(ppn, agency, cora)
    swept(clock, hours(1) + MOMENT)
    assert [people for *_, people in raised(only_call(ines).pk, "WC")] == [["ines"]]


def test_being_given_up_does_not_stop_the_clock_and_being_called_late_does_not_hide_it(
    clock, ppn, agency, cora, sam, ines
):
    set_number(
        "Times a partner's system is called before it is given up", by=sam, number=1, starts=clock.at, because="Test"
    )
    with system_peer(NOT_NOW) as peer:
        called_at(agency, ines, peer.address)
        sent(ppn, agency, cora)
        call_waiting()
        assert clock_of(only_call(ines), "WC").stopped_at is None
        swept(clock, hours(1) + MOMENT)
        workflow.call_again(only_call(ines), by=sam, because="They put it right")
        call_waiting()
    assert clock_of(only_call(ines), "WC").stopped_at == clock.at
    assert len(raised(only_call(ines).pk, "WC")) == 1


def test_one_system_that_is_silent_holds_up_no_other_and_is_tried_once_in_a_nudge(ppn, agency, cora, ines):
    nurses = an_agency("Nurses", "health")
    with system_peer(*[NOT_NOW] * 5) as silent, system_peer() as good:
        called_at(agency, ines, silent.address)
        called_at(nurses, ines, good.address)
        with signed(cora):
            for _ in range(3):
                workflow.disclose(ppn, to=[agency, nurses], content={"summary": "Seen"}, grounds=GROUNDS, by=cora)
        assert call_waiting() == 4
    assert (len(silent.heard), len(good.heard)) == (1, 3)
    assert sorted(call.state for call in calls(ines)) == ["called"] * 3 + ["waiting"] * 3


def test_where_the_address_ended_or_its_system_was_cut_off_nobody_is_called(ppn, agency, cora, ines):
    nurses = an_agency("Nurses", "health")
    with system_peer() as peer:
        ended, cut_off = called_at(agency, ines, peer.address), called_at(nurses, ines, peer.address)
        sent(ppn, agency, cora)
        sent(ppn, nurses, cora)
        workflow.end_webhook(ended, by=ines, because="Moved")
        cut_off_system(cut_off.account, by=ines, because="Their machine was broken into")
        call_waiting()
    assert peer.heard == []
    assert [call.state for call in calls(ines)] == ["dropped", "dropped"]
    assert clock_of(calls(ines)[0], "WC").stopped_at is not None


def test_a_system_that_ran_out_is_not_called(clock, ppn, agency, cora, ines):
    called_at(agency, ines)
    clock.shift(timedelta(days=30))
    sent(ppn, agency, cora)
    call_waiting()
    assert only_call(ines).state == "dropped"


def test_calling_again_and_dropping_need_a_reason_and_a_post(ppn, agency, cora, sam, ines):
    called_at(agency, ines)
    sent(ppn, agency, cora)
    for verb in (workflow.call_again, workflow.drop_call):
        with pytest.raises(NotNow, match="Say w"):
            verb(only_call(ines), by=sam, because=" ")
        with pytest.raises(NotYours):
            verb(only_call(ines), by=cora, because="Now")
    assert workflow.drop_call(only_call(ines), by=sam, because="Told by telephone").state == "dropped"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://partners.example/x", "https"),
        ("ftp://partners.example/x", "https"),
        ("https:///x", "host"),
        ("https://us:secret@partners.example/x", "user name"),
        ("https://partners.example/x#here", "#"),
        ("https://partners.example/a b", "space"),
        ("https://partners.example/x\r\nHost: other", "space"),
        ("https://partners.example:99999/x", "no address"),
        ("nonsense", "https"),
    ],
)
def test_an_address_that_will_not_do_is_refused_with_why(agency, ines, settings, address, why):
    settings.WEBHOOKS_MAY_BE_LOCAL = False
    with pytest.raises(NotPossible, match=why):
        called_at(agency, ines, address)


def test_a_system_has_one_address_at_a_time_and_only_who_keeps_access_adds_or_ends_one(agency, cora, ines):
    webhook = called_at(agency, ines)
    with pytest.raises(NotPossible, match="end that address first"):
        workflow.add_webhook(webhook.account, by=ines, address=NOBODY)
    with pytest.raises(NotYours):
        workflow.add_webhook(webhook.account, by=cora, address=NOBODY)
    with pytest.raises(NotYours):
        workflow.end_webhook(webhook, by=cora, because="Moved")
    with pytest.raises(NotPossible, match="Say why"):
        workflow.end_webhook(webhook, by=ines, because=" ")
    workflow.end_webhook(webhook, by=ines, because="Moved")
    with pytest.raises(NotPossible, match="any more"):
        workflow.end_webhook(webhook, by=ines, because="Moved")


def test_a_system_that_is_cut_off_gets_no_address(agency, ines):
    account, _ = a_system(agency, by=ines)
    cut_off_system(account, by=ines, because="Moved")
    with pytest.raises(NotPossible, match="not let in any more"):
        workflow.add_webhook(account, by=ines, address=NOBODY)


def test_the_database_lets_no_change_be_called_about_twice(ppn, agency, cora, ines):
    called_at(agency, ines)
    sent(ppn, agency, cora)
    call = only_call(ines)
    with pytest.raises(IntegrityError, match="one_call_for_each_change"), signed(System("test")), transaction.atomic():
        WebhookCall.objects.create(
            webhook=call.webhook, disclosure=call.disclosure, case=call.case, reference=call.reference,
            team=call.team, state="waiting", owed_at=call.owed_at, try_at=call.owed_at,
        )  # fmt: skip


def test_the_secret_is_on_the_page_that_adds_the_address_and_on_no_other(client, agency, ines):
    account, _ = a_system(agency, by=ines)
    client.force_login(ines)
    answer = client.post(reverse("webhook-new"), {"account": account.pk, "address": NOBODY})
    with acting(ines):
        webhook = Webhook.objects.get()
    assert secret_of(webhook) in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = client.get(reverse("webhooks")).content.decode()
    assert NOBODY in page
    assert secret_of(webhook) not in page
    again = client.post(reverse("webhook-new"), {"account": account.pk, "address": NOBODY})
    assert again.status_code == 422
    assert "end that address first" in again.content.decode()
    assert client.post(reverse("webhook-end", args=[webhook.pk]), {"because": "Moved"}).status_code == 302
    assert "Moved" in client.get(reverse("webhooks")).content.decode()


def test_whoever_keeps_access_sees_what_was_given_up_and_has_it_called_again(
    client, clock, ppn, agency, cora, sam, ines
):
    set_number(
        "Times a partner's system is called before it is given up", by=sam, number=1, starts=clock.at, because="Test"
    )
    with system_peer(NOT_NOW) as peer:
        called_at(agency, ines, peer.address)
        sent(ppn, agency, cora)
        call_waiting()
        client.force_login(sam)
        page = client.get(reverse("calls")).content.decode()
        assert "They answered 503 Service Unavailable." in page
        call = only_call(ines)
        assert reverse("call-again", args=[call.pk]) in client.get(call.get_absolute_url()).content.decode()
        refused = client.post(reverse("call-again", args=[call.pk]), {"because": ""})
        assert refused.status_code == 422
        client.post(reverse("call-again", args=[call.pk]), {"because": "They put it right"})
        call_waiting()
    assert latest(ines, call).state == "called"
    assert "They answered 503" not in client.get(reverse("calls")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_several_workers_make_each_call_once(settings):
    people = hire(MONDAY)
    cora, ppn = people["cora"], submitted(people["olly"])
    agency = an_agency()
    with system_peer() as peer:
        account, _ = a_system(agency, by=people["ines"])
        workflow.add_webhook(account, by=people["ines"], address=peer.address)
        with signed(cora):
            for _ in range(6):
                workflow.disclose(ppn, to=[agency], content={"summary": "Seen"}, grounds=GROUNDS, by=cora)
        at_once(call_waiting, call_waiting, call_waiting)
    assert len({headers["Webhook-Id"] for _, headers, _ in peer.heard}) == len(peer.heard) == 6
    assert {call.state for call in calls(people["ines"])} == {"called"}

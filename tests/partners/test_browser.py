"""In a real browser, on a phone and on a desk: axe finds nothing on any page of sharing, and a notice goes out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from access.actor import System, acting
from partners import workflow
from partners.calling import call_waiting
from partners.models import Disagreement, Disclosure, Recipient, SharingRule
from ppn import workflow as ppn_workflow
from tests.journeys.conftest import BOTH, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.partners.agencies import a_person, a_system
from tests.partners.scenes import BY_PHONE, a_recipient, an_agency, arrived, proposed, sent
from tests.stories import ANYA, submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(force):  # noqa: F811 - the fixture
    """One of everything: waiting, delivered, settled, taken back; proposed, refused, unknown; a disagreement."""
    cora, ppn = force["cora"], ppn_workflow.take(submitted(force["olly"]), by=force["cora"])
    ppn = ppn_workflow.assess(
        ppn, by=cora, systems_checked="RMS", assessment="Bruises", grade="amber", because="As the officer says"
    )
    council, nurses, homes = (
        an_agency(),
        an_agency("Nurses", "health", secure=False),
        an_agency("Vale Homes", "housing"),
    )
    delivery, waiting = arrived(ppn, council, cora), sent(ppn, nurses, cora)
    refusal = workflow.refuse(a_recipient(ppn, homes, cora), by=cora, because="The father works there")
    workflow.propose_recipients(ppn, [proposed(None)], by=cora)
    with acting(cora):
        unknown = Recipient.objects.filter(agency=None, state="proposed").first()
    one = workflow.raise_disagreement(
        Disagreement(), by=cora, delivery=delivery, why="They will not visit", what_we_ask="A joint visit"
    )
    asked = workflow.ask_for_more(
        arrived(ppn, an_agency("Sallow Council", authorities=["851"]), cora),
        by=cora,
        answer=BY_PHONE,
        said="Who was in the house?",
    )
    return {
        "ppn": ppn,
        "delivery": delivery,
        "waiting": waiting,
        "asked": asked,
        "refusal": refusal,
        "unknown": unknown,
        "disagreement": one,
        "agency": council,
        "rule": SharingRule.objects.first(),
    }


def test_every_page_is_sound_on_a_phone_and_on_a_desk(sign_in, force, made, live_server):  # noqa: F811
    page = sign_in("sam")
    steps = {
        "delivery": ["acknowledge", "decision", "asks", "disagrees", "failed"],
        "waiting": ["phone"],
        "asked": ["give"],
    }
    addresses = [reverse(f"delivery-{step}", args=[made[which].pk]) for which, all_ in steps.items() for step in all_]
    addresses += [made[which].get_absolute_url() for which in ("delivery", "waiting", "asked", "refusal", "unknown")]
    addresses += [reverse(f"recipient-{step}", args=[made["refusal"].pk]) for step in ("countersign", "overrule")]
    addresses += [reverse(f"recipient-{step}", args=[made["unknown"].pk]) for step in ("name", "refuse", "cover")]
    addresses += [made["disagreement"].get_absolute_url()]
    addresses += [reverse(f"disagreement-{step}", args=[made["disagreement"].pk]) for step in ("next", "settle")]
    addresses += [reverse("disagreement-raise", args=[made["delivery"].pk])]
    addresses += [
        reverse("sharing-rule-end", args=[made["rule"].pk]),
        reverse("agency-change", args=[made["agency"].pk]),
    ]
    addresses += [reverse(name, args=[made["agency"].pk]) for name in ("agency-access", "agency-system-new")]
    system, person = a_system(made["agency"], by=force["sam"])[0], a_person(made["agency"], by=force["sam"])
    addresses += [reverse(f"system-{step}", args=[system.pk]) for step in ("renew", "cut-off")]
    addresses += [reverse("agency-person-new", args=[made["agency"].pk])]
    addresses += [reverse("agency-person-let-go", args=[person.pk]), reverse("partner-access")]
    addresses += [reverse("agency-access", args=[made["agency"].pk])]
    lists = ("partner-silence", "to-countersign", "disagreements", "sharing-rules", "sharing-rule-new", "agencies")
    addresses += [reverse(name) for name in (*lists, "agency-new")]
    addresses += [reverse(name, args=[made["ppn"].pk]) for name in ("ppn", "ppn-share")]
    for address in addresses:
        page.goto(live_server.url + address)
        is_sound(page, address, BOTH)


def test_a_co_ordinator_reads_exactly_what_goes_and_sends_it(sign_in, force, live_server):  # noqa: F811
    cora = force["cora"]
    ppn = ppn_workflow.take(submitted(force["olly"], subjects=[replace(ANYA, name="Anya Example")]), by=cora)
    ppn = ppn_workflow.assess(
        ppn, by=cora, systems_checked="RMS", assessment="Bruises", grade="amber", because="As the officer says"
    )
    council = an_agency()
    page = sign_in("cora", reverse("ppn-share", args=[ppn.pk]))
    page.get_by_label("Vale Council").check()
    page.get_by_label("What they are told of what happened").fill("Found under the stairs by Nora Sample")
    page.get_by_label("Words to remove wherever they stand").fill("Nora Sample")
    page.get_by_label("Public task (safeguarding a child)").check()
    page.get_by_label("Why they need it").fill("To see her today")
    page.get_by_role("group", name="Has the family been told").get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Show exactly what goes").click()
    page.get_by_role("heading", name="Exactly what goes").wait_for()
    page.get_by_text("Found under the stairs by [removed]").wait_for()
    is_sound(page, "the preview", BOTH)
    page.get_by_role("button", name="Send exactly this").click()
    page.get_by_text("not delivered yet. Telephone them").first.wait_for()
    is_sound(page, "the notice", BOTH)
    with acting(System("test")):
        (row,) = Disclosure.objects.filter(agency=council)
    assert "Nora" not in str(row.content)
    assert ANYA.own_words in str(row.content)


def test_a_sergeant_has_a_system_called_and_sees_the_call_that_nobody_took(sign_in, force, live_server, settings):  # noqa: F811
    settings.WEBHOOKS_MAY_BE_LOCAL = True
    sam, council = force["sam"], an_agency()
    a_system(council, by=sam, name="Vale records")
    page = sign_in("sam", reverse("webhook-new"))
    page.get_by_label("Which system?").select_option("Vale records")
    page.get_by_label("Address").fill("http://127.0.0.1:9/longstop")
    is_sound(page, "a new address", BOTH)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("whsec_").wait_for()
    is_sound(page, "its secret", BOTH)
    page.get_by_role("link", name="I have it: go on").click()
    page.get_by_text("http://127.0.0.1:9/longstop").wait_for()
    is_sound(page, "the systems that are called", BOTH)
    sent(submitted(force["olly"]), council, force["cora"])
    call_waiting()
    page.goto(live_server.url + reverse("calls") + "?show=waiting")
    page.get_by_text("They cannot be reached").wait_for()
    is_sound(page, "the calls", BOTH)
    page.get_by_role("link", name="Vale records").click()
    page.get_by_role("heading", name="The call").wait_for()
    is_sound(page, "the call", BOTH)
    page.get_by_role("button", name="Call again now").click()
    page.get_by_label("Why").fill("Their system is up again")
    is_sound(page, "calling again", BOTH)
    page.get_by_role("button", name="Call").click()
    page.get_by_text("Their system is up again").wait_for()


def test_a_sergeant_lets_a_system_in_and_cuts_the_agency_off_with_one_click(sign_in, force, live_server):  # noqa: F811
    council = an_agency()
    page = sign_in("sam", reverse("partner-access"))
    page.get_by_role("link", name="Vale Council").click()
    page.get_by_role("button", name="Let a system in").click()
    page.get_by_label("What is the system called?").fill("Vale records")
    page.get_by_role("button", name="Let it in").click()
    page.get_by_text("Secret (client_secret)").wait_for()
    is_sound(page, "its secret", BOTH)
    page.get_by_role("link", name="I have it: go on").click()
    page.get_by_text("It has never signed in").wait_for()
    page.get_by_label("Why?").fill("Their network was broken into")
    page.get_by_role("button", name="Cut Vale Council off now").click()
    page.get_by_text("1 of its systems and people are let in no more").wait_for()
    is_sound(page, "cut off", BOTH)
    assert not council.accounts.filter(account__cut_off_at=None).exists()

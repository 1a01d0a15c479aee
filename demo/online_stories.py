"""Each way in which a child was lost sight of in an online investigation, told once: research, levels and the gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from access.actor import acting
from access.time import now
from demo.chronicle import Event, when
from demo.invented import household
from demo.online import Book, Hours, to_a_level
from demo.online_after import Investigation
from demo.online_case import DEMO, Adult, as_it_is
from online.models import CaseTransfer, GateOverride, OnlineCase, ReferralFile
from online.workflow.case_transfers import offer_case
from online.workflow.cases import seen_elsewhere, triage
from online.workflow.enforcing import override_gate
from online.workflow.referral_files import read_referrals

LEVELS = ["high", "medium", "medium", "low", "medium", "very_high", "medium", "high", "medium", "low", "medium"]
"""Of the investigations that are told here, in `online_ends` and in `online_well`: they count in the mix."""
IN_THE_MONTH = 18
"""So many referrals of the last weeks are these; three more are older."""
FOUND_LATE = {
    35: "Found in a shared mailbox that nobody reads since its owner moved on. 34 images, one account, one address.",
    64: "On a disc in the tray of an officer who has left: a copy of a referral that another force sent by post.",
    95: "Listed by the National Crime Agency as sent to us and never answered; nobody here can say who opened it.",
}
A_FILE = (
    "sender,sender_named,sender_ref,what,ip,username\n"
    "nca,Referrals bureau,NCA-5501-A,Nine images in an account that is closed now,203.0.113.201,slow.crane.12\n"
    "the bureau,Referrals bureau,NCA-5501-B,Forty images; the columns of the log have slipped,,late.finch.30\n"
)
ACCOUNT = "brown.hare.72"


def events(book: Book) -> Iterator[Event]:
    yield from held_for_days_without_a_number(book)
    yield from research_that_has_stalled(book)
    yield from high_and_its_time_has_passed(book)
    yield from something_new_and_no_second_look(book)
    yield from a_child_and_no_notice(book)
    yield from a_notice_and_no_discussion(book)
    yield from a_search_tomorrow_and_a_child_today(book)
    yield from an_inspector_goes_without(book)
    yield from nobody_asked_whether_she_works_with_children(book)
    yield from a_nursery_worker_and_nobody_told(book)
    yield from two_senders_and_one_account(book)
    yield from a_file_with_a_row_nobody_can_read(book)
    yield from offered_to_another_force(book)
    yield from three_that_came_to_light_late(book)


def taken_on(case: Investigation, **said: Any) -> Iterator[Event]:
    """The same day looked at, and to be found by anybody."""
    yield case.registered(**said)
    yield case.triaged(1.5)
    yield case.on_niche(2)


def with_a_level(case: Investigation, lead: float, **said: Any) -> Hours:
    yield from taken_on(case, **said)
    yield from case.looked_into(lead)
    return (yield from to_a_level(case, lead))


def held_for_days_without_a_number(book: Book) -> Iterator[Event]:
    """Worked on each day, and nobody in the force who looks up the address or the name finds anything."""
    case = book.begun(book.scene.ago(days=6.2))
    yield case.registered(what="Two accounts, one home. The sender asks not to make it known before their own arrests.")
    yield case.triaged(3)
    for hours in (4, 50, 102, 138):
        yield case.researched(hours, "open", kind="open_source")


def research_that_has_stalled(book: Book) -> Iterator[Event]:
    """The provider was asked, and rung once. Since six days nobody has done anything."""
    case = book.begun(book.scene.ago(days=9.1))
    yield from taken_on(case, what="51 images in one evening in March, from an address that its provider shares out.")
    yield case.researched(3, "asked")
    yield case.researched(66, "waiting")


def high_and_its_time_has_passed(book: Book) -> Iterator[Event]:
    """Seven days were allowed. The search was moved twice for want of officers, and is not planned now."""
    case = book.begun(book.scene.ago(days=11), level="high")
    yield from with_a_level(case, 20, what="Downloads each night since the winter, seen by two systems. Still goes on.")


def something_new_and_no_second_look(book: Book) -> Iterator[Event]:
    """His former wife rang two and a half days ago. The level is the one of last week."""
    case = book.begun(book.scene.ago(days=8))
    yield from with_a_level(case, 30, what="One folder of 17 images on a shared drive, opened from a home in our area.")
    niece = "His niece of six stays with him every other weekend, and this is one of them"
    yield case.news(case.hours_until(book.scene.ago(days=2.5)), niece, "His former wife, by telephone")


def a_child_and_no_notice(book: Book) -> Iterator[Event]:
    """A boy was found at the address three days ago. Everybody thought that somebody else had written the notice."""
    case = book.begun(book.scene.ago(days=6), children=1)
    yield from with_a_level(case, 60, what="The account was used on four evenings, each time from the same home.")


def a_notice_and_no_discussion(book: Book) -> Iterator[Event]:
    """Two children; the notice is in since four days, and nobody has asked for a discussion."""
    case = book.begun(book.scene.ago(days=7), children=2, level="low")
    yield from with_a_level(case, 64, what="An old account, opened again in April: 8 images, none of them new.")
    yield case.noticed(case.hours_until(book.scene.ago(days=4)))


def a_search_tomorrow_and_a_child_today(book: Book) -> Iterator[Event]:
    """No child was found, and the warrant is for tomorrow morning. An hour and a half ago a school rang."""
    scene = book.scene
    case, child = book.begun(scene.ago(days=8)), household(scene.rng, scene.today, (5, 6)).children[0]
    yield from with_a_level(case, 40, what="Messages about meeting others; 23 images sent from a home in our area.")
    tomorrow = case.by_the_clock(case.hours_until(scene.now), 6.5, days=1)
    yield case.planned(case.hours_until(scene.ago(hours=20)), tomorrow)
    said = {
        "how": "stays_there",
        "what": "The school rings: he collects his sister's child on Fridays, who stays the night",
    }
    yield case.child_known(case.hours_until(scene.ago(hours=1.6)), child.name, child.age, **said)


def an_inspector_goes_without(book: Book) -> Iterator[Event]:
    """A child may be harmed now. Delia decided not to wait; a discussion was owed four hours later."""
    scene, override = book.scene, GateOverride()
    case = book.begun(scene.ago(hours=20), children=1, level="very_high")
    yield from taken_on(case, what="Live pictures, tonight, from an account that speaks of “the little one here”.")
    yield case.attributed(2.5)
    yield from case.lived_in(2.8)
    yield case.assessed(3.4)
    yield case.suspected(3.5)
    yield case.ratified(3.7)
    yield case.allocated(3.8)
    yield case.children_looked_for(4.1)
    yield case.at(4.4, _goes_without, case, override)
    yield case.at(4.6, _plans_with, case, override)
    yield case.carried_out(5.6, 2, result="One arrest. The child was asleep and is with her grandmother tonight")
    yield case.arrested(5.8)
    yield case.seen(6.9)
    yield case.noticed(7.4)
    yield case.seized(7.6, 2)


def _goes_without(case: Investigation, override: GateOverride) -> None:
    because = "He is alone with the child now and is on line; waiting until the agencies meet is not safe"
    override_gate(override, by=case.scene.people["delia"], case=as_it_is(case.case), because=because)


def _plans_with(case: Investigation, override: GateOverride) -> None:
    case.planned(0, 5.6, override=as_it_is(override)).does()


def nobody_asked_whether_she_works_with_children(book: Book) -> Iterator[Event]:
    """His partner leaves at seven in a uniform, a neighbour says. Nobody has asked where to, and there is no level."""
    case = book.begun(book.scene.ago(days=5.5))
    case.adults.append(Adult(case.told.partner, is_suspect=False, asked=False))
    yield from taken_on(case, what="12 images, found by a service that looks through what is sent. One home.")
    yield from case.looked_into(50)
    yield case.attributed(50)
    yield from case.lived_in(51)
    yield case.children_looked_for(52)
    yield case.researched(86, "open", kind="open_source")


def a_nursery_worker_and_nobody_told(book: Book) -> Iterator[Event]:
    """She has looked after small children all week. The designated officer has not been told since six days."""
    case = book.begun(book.scene.ago(days=8.5))
    works = ("Nursery worker, children under three", "Kestrelhythe Nursery")
    case.adults.append(Adult(case.told.partner, is_suspect=False, works=works))
    yield from taken_on(case, what="A tablet in the family's name was used for 30 images; whose hands, nobody knows.")
    yield from case.looked_into(30)
    yield from to_a_level(case, 30, tells=False)


def two_senders_and_one_account(book: Book) -> Iterator[Event]:
    """The same account from the National Crime Agency and from another force. Both were looked at, by two people."""
    for hours, sender, who in ((34, "nca", "rory"), (20, "other_force", "researcher1")):
        case = book.begun(book.scene.ago(hours=hours), sender=sender)
        case.researcher = book.scene.people[who]
        case.told = replace(case.told, user=ACCOUNT)
        what = f"{hours} images, account {ACCOUNT}: a man who writes that he drives a school bus."
        yield from taken_on(case, what=what)
        yield case.researched(4, "asked")


def a_file_with_a_row_nobody_can_read(book: Book) -> Iterator[Event]:
    """Two rows came; one became a case, of the other the columns have slipped. Nobody has typed it in since."""
    at, rory = book.scene.ago(hours=29), book.scene.people["rory"]
    about = {"name": "bureau-week-22.csv", "content": A_FILE.encode(), "received_at": at}
    yield when(at, read_referrals, ReferralFile(), by=rory, **about)
    yield when(at + timedelta(hours=2), _looked_at, book)


def _looked_at(book: Book) -> None:
    rory = book.scene.people["rory"]
    with acting(DEMO):
        case = OnlineCase.objects.get(sender_ref="NCA-5501-A")
    said = {"immediate_risk": "no", "immediate_because": "The account is closed and years old"}
    triage(case, by=rory, duplicates_looked_for="slow.crane.12 and its address: nothing", **said)
    seen_elsewhere(case, by=rory, system="Niche", ref="44265501", at=now())


def offered_to_another_force(book: Book) -> Iterator[Event]:
    """He moved in the spring. Six days ago the other force was asked to take it; it is ours until they say so."""
    case = book.begun(book.scene.ago(days=8.2))
    yield from taken_on(case, what="Subscriber found at once, and he has moved: the home is in another force's area.")
    for hours in (3, 40, 96, 160):
        yield case.researched(hours, "waiting")
    yield case.at(50, _offered, case)


def _offered(case: Investigation) -> None:
    because = "He lives in their area since April; the council there confirms it"
    about: dict[str, Any] = {"case": as_it_is(case.case), "force": "Marchland Police", "because": because}
    offer_case(CaseTransfer(), by=case.sergeant, **about)


def three_that_came_to_light_late(book: Book) -> Iterator[Event]:
    """Months old on the day somebody found them. Their age counts from when they reached the force."""
    found = book.scene.ago(days=3.1)
    for number, (days, what) in enumerate(FOUND_LATE.items()):
        case = book.begun(book.scene.ago(days=days))
        at = case.hours_until(found) + number
        yield case.registered(at, what=what)
        yield case.triaged(at + 0.6)
        yield case.on_niche(at + 1.1)
        yield case.researched(at + 3, "asked")
        yield case.researched(at + 52, "waiting")

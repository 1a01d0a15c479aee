"""Research in a real browser: a researcher finds the address, says who lives there and what each system says, and sets
a level; a sergeant ratifies it. Every page is sound on a phone and at a desk."""

import pytest
from django.urls import reverse

from access.actor import acting
from online.models import KiratAssessment, Occupant
from online.research_urls import urlpatterns
from online.workflow.kirat import return_level
from online.workflow.occupants import occupant_gone
from online.workflow.research import OccupantFacts, add_occupant, rule_out
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, late_by, sign_in  # noqa: F401 - fixtures
from tests.online.research_scenes import a_family, at_an_end, of_each, researched
from tests.online.scenes import as_it_is, assessed, candidate_of, level_of, lives_there, triaged

pytestmark = pytest.mark.django_db(transaction=True)
FIVE_DAYS = 5 * 24 * 60


def test_every_page_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    rory, dina = force["rory"], force["dina"]
    made = of_each(force)
    a_family(rory, force["sam"])
    back = assessed(rory, "very_high")
    return_level(level_of(back), by=dina, said="The niece is not in it")
    gone = occupant_gone(lives_there(back, rory, "Nora Pell"), by=rory, because="Moved to Leeds")
    case = researched(triaged(rory), rory, next_step="Ask again")
    known = candidate_of(case, rory, "12 Example Street", postcode="ZV1 1AA")
    out = rule_out(candidate_of(case, rory, "9 Larch Rise, Vale"), by=rory, because="Another provider")
    add_occupant(Occupant(), by=rory, at=known, facts=OccupantFacts("A man of forty", "not_known"))
    ended = at_an_end(triaged(rory), dina)
    late_by(FIVE_DAYS)
    page = sign_in("dina")
    pages = [(each.name, []) for each in urlpatterns if "<uuid" not in str(each.pattern)]
    pages += [(each.name, [made[each.name.split("-")[0]].pk]) for each in urlpatterns if "<uuid" in str(each.pattern)]
    pages += [("candidateaddress", [known.pk]), ("candidateaddress", [out.pk]), ("occupant", [gone.pk])]
    pages += [("onlinecase", [each.pk]) for each in (made["onlinecase"], back, case, ended)]
    pages += [("kiratassessment", [level_of(back).pk])]
    for name, keys in pages:
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, f"{name} {keys}", BOTH)
    for show in ("not_ratified", "news", "overdue"):
        page.goto(f"{live_server.url}{reverse('online-levels')}?show={show}")
        is_sound(page, show, BOTH)
    assert complaints() == []


def test_a_researcher_comes_from_an_address_to_a_level_and_a_sergeant_ratifies_it(
    sign_in,  # noqa: F811
    force,  # noqa: F811
    live_server,
    complaints,  # noqa: F811
):
    a_family(force["rory"], force["sam"])
    case = triaged(force["rory"])
    page = sign_in("rory", case.get_absolute_url())
    page.get_by_role("button", name="Add an address").click()
    page.get_by_label("Address", exact=True).fill("12 Example Street")
    page.get_by_label("Postcode").fill("ZV1 1AA")
    page.get_by_label("Likely").check()
    page.get_by_label("How do you come to this address?").fill("The provider names this subscriber")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Attribute it to this address").click()
    page.get_by_label("What makes it this address?").fill("He pays the bill")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Take Graham Pell as somebody who lives there").click()
    assert page.get_by_label("Who is it?").input_value() == "Graham Pell"
    page.get_by_role("group", name="Are they the suspect?").get_by_label("Yes").check()
    page.get_by_role("group", name="Do they work with children, paid or not?").get_by_label("Yes").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused")
    page.get_by_label("What do they do?").fill("Football coach")
    page.get_by_label("How do you know about their work, or whom did you ask?").fill("His own page")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Graham Pell works with children: Football coach").first.wait_for()
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Record what systems say").click()
    for system in ("Police National Computer", "Police National Database", "Our records management system"):
        page.get_by_label(f"{system}: what was found?").fill("Nothing")
    page.get_by_label("ViSOR: what was found?").fill("Nothing")
    page.get_by_label("Longstop: people, homes, notices: what was found?").fill("A girl of six lives there")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("A girl of six lives there").first.wait_for()
    page.goto(live_server.url + case.get_absolute_url())
    page.get_by_role("button", name="Set the KIRAT level").click()
    page.get_by_label("Which version of the tool?").fill("3")
    for heading in ("1. Previous behaviour", "2. Access to children", "3. Current behaviour", "4. Other factors"):
        page.get_by_label(heading).fill("He coaches a team of under-tens")
    page.get_by_role("group", name="Which level did the tool give?").get_by_label("High", exact=True).check()
    page.get_by_role("group", name="Which level do you set?").get_by_label("Very high").check()
    page.get_by_label("Why was it run?").fill("The first time")
    page.get_by_role("button", name="Set the level").click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("If you set another: why?").fill("He is with children each Saturday")
    page.get_by_role("button", name="Set the level").click()
    page.get_by_text("Nobody has ratified it").first.wait_for()
    is_sound(page, "level", [PHONE])
    assert as_it_is(case).kirat == "very_high"
    page = sign_in("dina", f"{reverse('online-levels')}?show=not_ratified")
    page.get_by_text("KIRAT very high, not ratified").first.wait_for()
    with acting(force["dina"]):
        assessment = KiratAssessment.objects.get()
    page.goto(live_server.url + reverse("home"))
    page.get_by_role("link", name=f"{case.reference}: Very high").first.click()
    page.get_by_role("button", name="Ratify it").click()
    page.get_by_role("button", name="Ratify it").click()
    page.get_by_text("Ratified").first.wait_for()
    assert as_it_is(assessment).decided_by == force["dina"]
    assert complaints() == []

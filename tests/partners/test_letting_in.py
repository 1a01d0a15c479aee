"""A MASH sergeant lets a partner's system and its people in, sees who looked at what, and cuts them off."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import System, acting
from accounts.models import ServiceAccount, User
from partners.models import AgencyAccount, AgencyPerson
from partners.workflow.access import cut_off_system
from tests.partners.agencies import a_person, a_system, as_system, ask_for_token
from tests.partners.scenes import an_agency, sent
from tests.stories import submitted

pytestmark = pytest.mark.django_db
SYSTEM = {"name": "Vale case system", "acts": ["pull shared", "send replies"], "lasts": "90"}
PERSON = {"first_name": "Amy", "last_name": "Field", "post": "Safeguarding lead", "username": "Amy"}


@pytest.fixture
def agency(cast):
    return an_agency()


@pytest.fixture
def sees(client, sam):
    """What the sergeant sees and sends: by the name of the page and what it is about."""
    client.force_login(sam)

    def open_(name, about=None, said=None, *, status=200):
        address = reverse(name, args=[about.pk] if about else [])
        answer = client.get(address) if said is None else client.post(address, said, follow=True)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    return open_


def in_code(shown):
    return re.findall("<code>(.*?)</code>", shown)


def test_a_system_is_let_in_and_its_secret_is_on_that_one_page(sees, agency):
    name, secret = in_code(sees("agency-system-new", agency, SYSTEM))
    assert ask_for_token(name, secret).status_code == 200
    account = ServiceAccount.objects.get()
    assert (account.name, account.expires_at - account.created_at) == ("Vale case system", timedelta(days=90))
    for later in (sees("agency-access", agency), sees("partner-access")):
        assert "Vale case system" in later
        assert secret not in later


def test_it_may_do_what_was_ticked_from_where_and_with_what_was_said(sees, agency):
    more = {"acts": ["pull shared"], "networks": "192.0.2.0/24\n198.51.100.7", "certificate": "AB:" * 31 + "AB"}
    sees("agency-system-new", agency, SYSTEM | more)
    let_in = AgencyAccount.objects.get()
    assert let_in.account.acts == ["pull shared"]
    assert (let_in.networks, let_in.certificate) == (["192.0.2.0/24", "198.51.100.7/32"], "ab" * 32)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", " ", "Answer needed"),
        ("lasts", "367", "A token lasts from one to 366 days"),
        ("lasts", "0", "A token lasts from one to 366 days"),
        ("lasts", "9" * 30, "A token lasts from one to 366 days"),
        ("acts", [], "Answer needed"),
        ("acts", ["see incidents"], "Choose one of the answers offered"),
        ("networks", "192.0.2.0/24 everywhere", "That is no network"),
        ("certificate", "ab", "has 64 digits"),
    ],
)
def test_what_is_not_right_is_named_and_nothing_typed_is_lost(sees, agency, field, typed, said):
    shown = sees("agency-system-new", agency, SYSTEM | {"networks": "203.0.113.0/24", field: typed}, status=422)
    assert said in shown
    assert f'href="#id_{field}' in shown
    assert ("Vale case system" in shown) == (field != "name")
    assert not ServiceAccount.objects.exists()


def test_two_systems_are_not_called_the_same(sees, agency):
    sees("agency-system-new", agency, SYSTEM)
    shown = sees("agency-system-new", agency, SYSTEM, status=422)
    assert "There is an account called Vale case system already" in shown


def test_a_new_secret_works_and_the_old_one_opens_nothing(sees, agency):
    name, old = in_code(sees("agency-system-new", agency, SYSTEM))
    again, new = in_code(sees("system-renew", AgencyAccount.objects.get(), {"lasts": "30"}))
    assert again == name
    assert [ask_for_token(name, each).status_code for each in (old, new)] == [401, 200]


def test_a_system_is_cut_off_for_a_reason_and_stays_to_be_read(sees, agency):
    name, secret = in_code(sees("agency-system-new", agency, SYSTEM))
    of_agency = AgencyAccount.objects.get()
    assert "Answer needed" in sees("system-cut-off", of_agency, {"because": ""}, status=422)
    shown = sees("system-cut-off", of_agency, {"because": "A laptop was stolen"})
    assert "is cut off" in shown
    assert "A laptop was stolen" in shown
    assert ask_for_token(name, secret).status_code == 401
    sees("system-renew", of_agency, status=404)


def test_one_click_cuts_off_every_system_and_everybody_of_an_agency_and_nobody_elses(sees, agency, sam, client):
    ours, other = as_system(agency, by=sam), as_system(an_agency("Nurses", "health"), by=sam)
    a_person(agency, by=sam)
    assert "Cut Vale Council off now" in sees("agency-access", agency)
    assert "Answer needed" in sees("agency-cut-off", agency, {"because": " "}, status=422)
    shown = sees("agency-cut-off", agency, {"because": "Their network was broken into"})
    assert "2 of its systems and people are let in no more" in shown
    assert [each.get("/partners/v1/me/").status_code for each in (ours, other)] == [401, 200]
    assert not User.objects.get(username="amy").is_active
    assert "Cut Vale Council off now" not in shown
    assert "Nobody is let in now" in sees("partner-access")


def test_somebody_is_let_in_with_a_password_shown_once_and_let_go_for_a_reason(sees, agency, client, sam):
    username, password = in_code(sees("agency-person-new", agency, PERSON))
    client.logout()
    assert client.login(username=username, password=password)
    client.force_login(sam)
    person = AgencyPerson.objects.get()
    assert (str(person.user), person.post, person.let_in_by) == ("Amy Field", "Safeguarding lead", sam)
    assert password not in sees("agency-access", agency)
    assert "Answer needed" in sees("agency-person-let-go", person, {"because": ""}, status=422)
    assert "Left the school" in sees("agency-person-let-go", person, {"because": "Left the school"})
    client.logout()
    assert not client.login(username=username, password=password)


def test_a_user_name_that_is_taken_is_refused_by_its_field(sees, agency):
    shown = sees("agency-person-new", agency, PERSON | {"username": "CORA"}, status=422)
    assert "Somebody is called cora already" in shown
    assert 'href="#id_username"' in shown
    assert 'value="Field"' in shown


def test_of_a_closed_agency_nobody_is_let_in(sees, sam):
    closed = an_agency("Old school", "education", closed_at="2026-01-05T09:00:00Z")
    for name, said in (("agency-system-new", SYSTEM), ("agency-person-new", PERSON)):
        assert "is closed: nobody of it is let in" in sees(name, closed, said, status=422)


def test_access_that_ends_is_on_the_home_page_two_weeks_before_and_until_somebody_does_something(
    sees, agency, sam, clock
):
    of_agency, _ = a_system(agency, by=sam)  # for 30 days
    said = "Partners&#x27; systems whose access ends"
    clock.shift(timedelta(days=16) - timedelta(microseconds=1))
    assert said not in sees("home")
    clock.shift(timedelta(microseconds=1))
    assert "Ends soon" in sees("home")
    clock.shift(timedelta(days=14))
    assert "Ended" in sees("home")
    cut_off_system(of_agency, by=sam, because="They use another now")
    assert said not in sees("home")


def test_whoever_sent_it_sees_who_looked_when_and_how_often(sees, clock, agency, sam, olly, cora, client):
    notice = submitted(olly)
    delivery = sent(notice, agency, cora)
    system = as_system(agency, by=sam, name="Vale case system")
    client.force_login(cora)
    assert "Nobody on our pages" in client.get(delivery.disclosure.get_absolute_url()).content.decode()
    for _ in range(3):
        assert system.get(f"/partners/v1/disclosures/{delivery.disclosure_id}/").status_code == 200
        clock.shift(timedelta(minutes=5))
    shown = client.get(delivery.disclosure.get_absolute_url()).content.decode()
    assert "Vale case system" in shown
    assert "3 times, last" in shown
    assert "Looked at by Vale case system" in client.get(notice.get_absolute_url()).content.decode()
    client.force_login(sam)
    assert "Vale case system" in sees("agency-access", agency)


def test_nobody_below_a_sergeant_lets_anybody_in(client, agency, cora, sam):
    of_agency, person = a_system(agency, by=sam)[0], a_person(agency, by=sam)
    client.force_login(cora)
    for name, about in (("agency-access", agency), ("system-cut-off", of_agency), ("agency-person-let-go", person)):
        assert client.get(reverse(name, args=[about.pk])).status_code == 403
    client.post(reverse("agency-cut-off", args=[agency.pk]), {"because": "To see"})
    assert AgencyAccount.objects.filter(account__cut_off_at=None).exists()


def test_those_that_are_let_in_are_read_with_no_more_questions_for_many_than_for_few(
    sees, agency, sam, django_assert_max_num_queries
):
    for number in range(12):
        other = an_agency(f"School {number}", "education")
        a_system(other, by=sam)
        a_person(other, by=sam, username=f"amy{number}")
    with django_assert_max_num_queries(14):
        sees("partner-access")


def test_the_looks_of_a_restricted_case_are_not_told_on_the_agencys_page(sees, agency, sam, olly, cora, ines):
    from cases.workflow.cases import restrict

    notice = submitted(olly)
    delivery = sent(notice, agency, cora)
    as_system(agency, by=sam).get(f"/partners/v1/disclosures/{delivery.disclosure_id}/")
    assert delivery.reference in sees("agency-access", agency)
    with acting(System("test")):
        case = delivery.disclosure.case
    restrict(case, by=ines, people=[ines], because="A member of staff is involved")
    assert delivery.reference not in sees("agency-access", agency)

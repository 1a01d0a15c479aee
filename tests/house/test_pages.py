"""Every page: whom it lets in, what is not there for whom, and what is entered in the ledger before it is shown."""

import re

import pytest
from django.db import connections
from django.urls import reverse

from access.actor import acting
from access.checks import every_endpoint, every_page
from accounts.models import User
from cases.workflow.cases import restrict
from demo.people import hire
from ppn.models import Ppn
from tests.conftest import MONDAY
from tests.house.one_of_each import NOT_OPENED, address, every_name, one_of_each
from tests.stories import as_seen_by, submitted


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def made(clock, cast):
    return one_of_each(cast)


@pytest.mark.django_db
def test_nobody_sees_a_page_without_signing_in(client, cast, made):
    for name in every_name():
        response = client.get(address(name, made))
        assert (response.status_code, response.url.split("?")[0]) == (302, "/sign-in/"), name


@pytest.mark.django_db
def test_every_address_is_named_so_that_the_table_holds_it():
    assert len(list(every_page())) - len(list(every_endpoint())) == len(every_name()) + len(NOT_OPENED)


@pytest.mark.django_db
def test_a_restricted_case_is_a_404_to_others_and_there_for_the_people_named(client, ppn, ines, sue, sam, cora):
    case = as_seen_by(ines, ppn).case
    restrict(case, by=ines, people=[ines, sue], because="A member of staff is involved")
    absent = reverse("ppn", args=["00000000-0000-4000-8000-000000000000"])
    for person, status in ((cora, 404), (sam, 404), (ines, 200), (sue, 200)):
        client.force_login(person)
        for name in ("ppn", "ppn-take", "ppn-found-a-child"):
            assert client.get(reverse(name, args=[ppn.pk])).status_code == status, (person, name)
        listed = ppn.reference in client.get(reverse("ppn-queue")).content.decode()
        assert listed == (status == 200)
    client.force_login(cora)
    hidden, missing = client.get(reverse("ppn", args=[ppn.pk])), client.get(absent)
    assert _without_what_always_differs(hidden) == _without_what_always_differs(missing)


def _without_what_always_differs(response):
    """The page without its form tokens."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())


@pytest.mark.django_db(transaction=True)
def test_each_view_of_a_record_is_in_the_ledger_with_who_and_when(client):
    people = hire(MONDAY)
    ppn = submitted(people["olly"])
    for username in ("cora", "ines", "cora"):
        client.force_login(people[username])
        assert client.get(reverse("ppn", args=[ppn.pk])).status_code == 200
    with connections["owner"].cursor() as ledger:
        ledger.execute(
            "SELECT actor, at IS NOT NULL, page FROM ledger_consultation "
            "WHERE kind = 'ppn.ppn' AND %s = ANY(records) ORDER BY id",
            [ppn.pk],
        )
        assert ledger.fetchall() == [(f"user: {people[name].pk}", True, "ppn") for name in ("cora", "ines", "cora")]


@pytest.mark.django_db(transaction=True)
def test_a_list_enters_every_record_it_shows_and_a_404_enters_none(client):
    people = hire(MONDAY)
    shown = [submitted(people["olly"]) for _ in range(3)]
    client.force_login(people["cora"])
    client.get(reverse("ppn-queue"))
    client.get(reverse("ppn", args=["00000000-0000-4000-8000-000000000000"]))
    with connections["owner"].cursor() as ledger:
        ledger.execute(
            "SELECT page, records FROM ledger_consultation WHERE kind = 'ppn.ppn' AND actor = %s",
            [f"user: {people['cora'].pk}"],
        )
        entered = [(page, {str(key) for key in records}) for page, records in ledger.fetchall()]
    assert entered == [("ppn-queue", {str(ppn.pk) for ppn in shown})]


@pytest.mark.django_db(transaction=True)
def test_where_the_ledger_cannot_be_written_nothing_is_shown(client):
    people = hire(MONDAY)
    ppn = submitted(people["olly"], narrative="canary-under-the-stairs")
    client.force_login(people["cora"])
    with connections["owner"].cursor() as owner:
        owner.execute("REVOKE INSERT (actor, page, kind, records) ON ledger_consultation FROM longstop_app")
    for url in (reverse("ppn", args=[ppn.pk]), reverse("ppn-queue")):
        response = client.get(url)
        assert response.status_code == 503
        assert b"canary" not in response.content
        assert ppn.reference.encode() not in response.content


@pytest.mark.django_db
def test_the_queue_asks_the_database_no_more_for_many_than_for_few(
    client, clock, olly, cora, django_assert_max_num_queries
):
    client.force_login(cora)
    submitted(olly)
    client.get(reverse("ppn-queue"))
    for _ in range(25):
        submitted(olly)
    with django_assert_max_num_queries(14):
        client.get(reverse("ppn-queue"))


@pytest.mark.django_db
def test_a_notice_sent_twice_is_one_notice(client, clock, olly, cora):
    from uuid import uuid4

    client.force_login(olly)
    sent = {
        "key": str(uuid4()),
        "types": ["child_at_risk"],
        "child": "yes",
        "grade": "amber",
        "da_risk": "none",
        "narrative": "Seen at the door",
        "first_known_at": "2026-03-02T08:00",
        "subjects-TOTAL_FORMS": "1",
        "subjects-INITIAL_FORMS": "0",
        "subjects-0-part": "child",
        "subjects-0-name": "Anya Example",
        "subjects-0-seen": "yes",
        "subjects-0-spoken_to": "no",
        "subjects-0-not_spoken_to_because": "Asleep; Olly will see her at eight",
    }
    first, second = client.post(reverse("ppn-new"), sent), client.post(reverse("ppn-new"), sent)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    with acting(cora):
        assert [child.name for child in Ppn.objects.get(pk=sent["key"]).subjects.all()] == ["Anya Example"]


@pytest.mark.django_db
def test_a_person_added_to_a_form_loses_nothing_typed(client, clock, olly):
    client.force_login(olly)
    page = client.post(
        reverse("ppn-new"),
        {"add_person": "1", "narrative": "Half a sent", "first_known_at_day": "31", "first_known_at_month": "2",
         "subjects-TOTAL_FORMS": "1", "subjects-INITIAL_FORMS": "0", "subjects-0-name": "Anya"},
    ).content.decode()  # fmt: skip
    assert all(text in page for text in ("Half a sent", 'value="31"', 'value="Anya"', "Person 2"))
    assert "There is a problem" not in page


@pytest.mark.django_db
def test_signing_in_says_nothing_about_who_works_here(client, cast):
    def said(username):
        page = client.post(reverse("sign-in"), {"username": username, "password": "wrong"})
        return page.content.decode().replace(username, "")

    assert User.objects.filter(username="cora").exists()
    unknown, known = said("nobody"), said("cora")
    assert "The user name or the password is not right" in known
    assert unknown.count("\n") == known.count("\n")


@pytest.mark.django_db
def test_a_queue_is_narrowed_and_its_counts_stay_true(client, clock, olly, cora):
    submitted(olly, grade="red", types=["missing", "child_at_risk"])
    submitted(olly, grade="green")
    client.force_login(cora)
    everything, narrowed, nonsense = (
        client.get(reverse("ppn-queue") + query).context for query in ("", "?type=missing&grade=red", "?grade=purple")
    )
    assert [len(page["rows"]) for page in (everything, narrowed, nonsense)] == [2, 1, 2]
    assert [page["chips"][0]["count"] for page in (everything, narrowed, nonsense)] == [2, 1, 2]
    assert "grade=red" in narrowed["chips"][1]["url"]
    assert nonsense["filter_form"].errors["grade"]


@pytest.mark.django_db
def test_the_pages_of_a_queue_show_each_record_once_whatever_is_taken_meanwhile(client, clock, olly, cora):
    shown = {submitted(olly).reference for _ in range(60)}
    client.force_login(cora)
    seen, address = [], "?show=waiting"
    while address:
        page = client.get(reverse("ppn-queue") + address).context
        seen += [row.reference for row in page["rows"]]
        address = page["pager"]["older_url"]
        client.post(reverse("ppn-take-next"))
    assert len(seen) == len(set(seen)) == 60
    assert set(seen) == shown

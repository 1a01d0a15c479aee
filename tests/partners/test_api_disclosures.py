"""An agency's system lists and fetches what its agency was sent, and it is seen that it did."""

from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from access.actor import System, acting
from access.models import Consultation
from partners.models import Delivery, Look
from tests.conftest import hours, minutes
from tests.partners.agencies import as_system
from tests.partners.scenes import an_agency, arrived, sent, without
from tests.partners.test_corrections import corrected, taken_back
from tests.stories import submitted

pytestmark = pytest.mark.django_db
LIST = "/partners/v1/disclosures/"


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def council(ppn):
    return an_agency()


@pytest.fixture
def system(council, ines):
    return as_system(council, by=ines)


@pytest.fixture
def many(clock, olly, cora, council):
    """Five things that were sent, two minutes apart, the newest first."""
    rows = []
    for _ in range(5):
        rows.insert(0, arrived(submitted(olly), council, cora).disclosure)
        clock.shift(minutes(2))
    return rows


def _everything(of):
    with acting(System("test")):
        return list(of.objects.all())


def _ids(answer):
    assert answer.status_code == 200, answer.json()
    return [each["id"] for each in answer.json()["results"]]


def test_it_is_given_exactly_as_it_was_sent(system, ppn, council, cora):
    disclosure = arrived(ppn, council, cora).disclosure
    answer = system.get(f"{LIST}{disclosure.pk}/")
    assert answer.status_code == 200
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-store")
    said = dict(answer.json())
    assert said.pop("content") == disclosure.content
    assert UUID(said.pop("record")) not in (ppn.pk, ppn.case_id, disclosure.pk)
    assert said == {
        "id": str(disclosure.pk),
        "kind": "ppn.ppn",
        "reference": ppn.reference,
        "purpose": "share",
        "sent_at": "2026-03-02T09:00:00+00:00",
        "available_until": disclosure.available_until.isoformat(),
        "replaces": None,
        "because": "",
        "state": "delivered",
        "expects": ["receipt", "decision", "outcome"],
        "acknowledged_at": None,
        "outcome": None,
        "withheld": disclosure.content["withheld"],
        "documents": [],
    }
    assert system.get(LIST).json() == {"next": None, "previous": None, "results": [answer.json()]}


def test_how_much_was_not_for_them_is_counted_and_where_nobody_counted_that_is_said(system, ppn, council, cora):
    sent(ppn, council, cora, classes=frozenset(["voice", "happened"]), redactions=without("Nora Sample"))
    assert [each["withheld"] for each in system.get(LIST).json()["results"]] == [4]
    taken_back(ppn, cora)
    assert [each["withheld"] for each in system.get(LIST).json()["results"]] == [None]


def test_who_fetches_it_first_is_who_it_arrived_by(clock, system, ppn, council, cora):
    delivery = sent(ppn, council, cora)
    clock.shift(minutes(5))
    assert system.get(LIST).json()["results"][0]["state"] == "delivered"
    (now_told,) = _everything(Delivery)
    assert (now_told.pk, now_told.told_how, now_told.delivered_at) == (delivery.pk, "system", clock.at)
    assert now_told.told_whom == "Vale Council's system"
    clock.shift(minutes(5))
    system.get(f"{LIST}{delivery.disclosure_id}/")
    (look,) = _everything(Look)
    assert (look.who, look.times) == ("Vale Council's system", 2)
    assert (look.first_at, look.last_at) == (clock.at - minutes(5), clock.at)
    assert _everything(Delivery)[0].delivered_at == clock.at - minutes(5)


def test_a_page_asked_for_by_what_is_on_its_way_is_shown_though_it_has_arrived_with_that(system, ppn, council, cora):
    delivery = sent(ppn, council, cora)
    assert _ids(system.get(LIST, {"state": "waiting"})) == [str(delivery.disclosure_id)]
    assert _ids(system.get(LIST, {"state": "waiting"})) == []


def test_a_system_that_may_only_read_is_noted_too(council, ines, ppn, cora):
    delivery = sent(ppn, council, cora)
    reader = as_system(council, by=ines, scope="shared.read")
    assert _ids(reader.get(LIST)) == [str(delivery.disclosure_id)]
    assert len(_everything(Look)) == 1


def test_every_read_is_in_the_ledger_with_each_disclosure(system, many):
    with CaptureQueriesContext(connections["audit"]) as entered:
        _ids(system.get(LIST))
    (entry,) = [query["sql"] for query in entered if Consultation._meta.db_table in query["sql"]]
    assert all(str(each.pk) in entry for each in many)
    assert "api-partner-disclosures" in entry


def test_a_page_costs_as_many_queries_whether_it_has_one_row_or_all(system, many):
    counted = []
    for size in (1, 5):
        with CaptureQueriesContext(connections["default"]) as queries:
            assert len(_ids(system.get(LIST, {"page_size": size}))) == size
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_pages_lead_to_each_other_both_ways_and_newer_rows_do_not_shift_them(system, many, olly, cora, council):
    keys = [str(each.pk) for each in many]
    first = system.get(LIST, {"page_size": 2})
    assert (_ids(first), first.json()["previous"]) == (keys[:2], None)
    arrived(submitted(olly), council, cora)
    second = system.get(first.json()["next"])
    third = system.get(second.json()["next"])
    assert (_ids(second), _ids(third), third.json()["next"]) == (keys[2:4], keys[4:], None)
    back = system.get(third.json()["previous"])
    assert _ids(back) == keys[2:4]
    assert _ids(system.get(system.get(back.json()["previous"]).json()["next"])) == keys[2:4]


def test_rows_of_the_same_moment_are_each_on_one_page(system, olly, cora, council):
    keys = {str(arrived(submitted(olly), council, cora).disclosure_id) for _ in range(3)}
    seen, url = [], f"{LIST}?page_size=1"
    while url:
        answer = system.get(url)
        seen, url = seen + _ids(answer), answer.json()["next"]
    assert (len(seen), set(seen)) == (3, keys)


@pytest.mark.parametrize(
    ("asked", "which"),
    [
        ({"kind": "ppn.ppn"}, [0, 1, 2, 3, 4]),
        ({"kind": "strategy.strategymeeting"}, []),
        ({"purpose": "share"}, [0, 1, 2, 3, 4]),
        ({"purpose": "correction"}, []),
        ({"state": "delivered"}, [0, 1, 2, 3, 4]),
        ({"state": "settled"}, []),
        ({"sent_after": "2026-03-02T09:04:00Z"}, [0, 1]),
        ({"sent_after": "2026-03-02T09:03:59Z"}, [0, 1, 2]),
        ({"sent_after": "2026-03-01T09:34:00-23:30"}, [0, 1]),
        ({"sent_before": "2026-03-02T09:04:00+00:00"}, [3, 4]),
        ({"reference": "none"}, []),
    ],
)
def test_a_list_is_narrowed(system, many, asked, which):
    assert _ids(system.get(LIST, asked)) == [str(many[number].pk) for number in which]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("knd=ppn.ppn", "knd"),
        ("purpose=theft", "purpose"),
        ("state=lost", "state"),
        ("sent_after=yesterday", "sent_after"),
        ("sent_after=2026-03-02T09:00:00", "sent_after"),
        ("sent_after=0001-01-01T00:00:00%2B01:00", "sent_after"),
        ("sent_before=9999-12-31T23:59:59-01:00", "sent_before"),
        ("kind=a&kind=b", "kind"),
        ("kind=", "kind"),
        ("sent_before=", "sent_before"),
        ("reference=%00", "reference"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=%C2%B2", "page_size"),
        ("cursor=x", "cursor"),
        ("fields=id,nam", "fields"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(system, asked, field):
    answer = system.get(f"{LIST}?{asked}")
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, [field])
    assert answer["Content-Type"] == "application/problem+json"


def test_only_the_fields_that_were_asked_for_are_sent(system, many):
    assert system.get(LIST, {"fields": "id,reference", "page_size": 1}).json()["results"] == [
        {"id": str(many[0].pk), "reference": many[0].reference}
    ]
    assert list(system.get(f"{LIST}{many[0].pk}/", {"fields": "record"}).json()) == ["record"]


def test_a_record_has_one_key_for_an_agency_and_another_for_the_next(system, ppn, council, cora, ines):
    nurses = an_agency("Nurses", "health")
    theirs = as_system(nurses, by=ines)
    for agency in (council, nurses):
        arrived(ppn, agency, cora)
    ours = system.get(LIST).json()["results"][0]["record"]
    corrected(ppn, cora)
    assert system.get(LIST).json()["results"][0]["record"] == ours
    assert theirs.get(LIST).json()["results"][0]["record"] != ours


def test_what_was_corrected_is_gone_and_leads_to_what_is_right(system, ppn, council, cora):
    before = arrived(ppn, council, cora).disclosure
    (right,) = corrected(ppn, cora)
    answer = system.get(f"{LIST}{before.pk}/")
    said = answer.json()
    assert (answer.status_code, said["what"], said["replaced_by"]) == (410, "corrected", str(right.pk))
    assert answer["Content-Type"] == "application/problem+json"
    assert _ids(system.get(LIST)) == [str(right.pk)]
    assert system.get(f"{LIST}{right.pk}/").json()["replaces"] == str(before.pk)
    (back,) = taken_back(ppn, cora)
    for gone in (before, right):
        said = system.get(f"{LIST}{gone.pk}/").json()
        assert (said["what"], said["replaced_by"]) == ("withdrawn", str(back.pk))
    assert "under the stairs" not in system.get(f"{LIST}{back.pk}/").content.decode()


def test_what_has_run_out_is_as_unknown_as_what_is_anothers_or_never_was(clock, system, ppn, council, cora, ines):
    nurses = an_agency("Nurses", "health")
    ours, theirs = (arrived(ppn, agency, cora).disclosure for agency in (council, nurses))
    tried = [system.get(f"{LIST}{key}/") for key in (theirs.pk, uuid4(), "x", "%00")]
    clock.set(ours.available_until - hours(1))
    assert as_system(council, by=ines, name="before").get(f"{LIST}{ours.pk}/").status_code == 200
    clock.set(ours.available_until)
    after = as_system(council, by=ines, name="after")
    tried.append(after.get(f"{LIST}{ours.pk}/"))
    assert _ids(after.get(LIST)) == []
    assert {(each.status_code, each.content) for each in tried} == {(404, tried[0].content)}
    assert {str(sorted(each.headers.items())) for each in tried} == {str(sorted(tried[0].headers.items()))}


def test_each_kind_has_its_own_list_and_nothing_else_is_in_it(system, many):
    for where in ("strategy-meetings", "missing-notices", "school-notices", "return-interview-requests"):
        assert _ids(system.get(f"/partners/v1/{where}/")) == []
        assert system.get(f"/partners/v1/{where}/{many[0].pk}/").status_code == 404


def test_what_has_not_changed_is_not_sent_again(system, many, cora, council, olly):
    first = system.get(LIST)
    again = system.get(LIST, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], "no-store")
    arrived(submitted(olly), council, cora)
    assert system.get(LIST, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert {look.times for look in _everything(Look)} == {1, 3}

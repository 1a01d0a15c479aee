"""The pages of the ViSOR hub, of transfers, lists, scrutiny and the workload: what they say, whom they let in, and what
they keep when something is missing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from access.actor import System, acting
from cases.workflow.people import declare_conflict
from offenders.hub_urls import urlpatterns
from offenders.models import HubQuery, HubTask, ImportedList, Nominal, ScrutinyItem, ScrutinyRound, Transfer
from sla.lengths import set_number
from tests.households import on_record
from tests.offenders.hub_scenes import (
    RELEASES,
    a_round,
    asked,
    begun,
    coming,
    everything_is_checked,
    going,
    of_each,
    on_visor,
    task_of,
)
from tests.offenders.scenes import managed
from tests.strategy.test_pages import moment, text

pytestmark = pytest.mark.django_db
LISTS = ["offenders-hub", "offenders-lists", "offenders-transfers", "offenders-scrutiny", "offenders-workload",
         "offenders-board"]  # fmt: skip
NEW = ["hubtask-new", "importedlist-new", "transfer-new-in", "transfer-new-out", "offenders-workload-share",
       "offenders-scrutiny-begin"]  # fmt: skip
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in [*LISTS, *NEW]]
ABOUT_SOMEBODY = [each for each in ABOUT_A_RECORD if not each.startswith(("importedlist", "scrutinyround"))]


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar, "Conrad Fernfold")


def page(client, who, name, *keys, **query):
    client.force_login(who)
    return client.get(reverse(name, args=keys), query)


def sends(client, who, name, *keys, **said):
    client.force_login(who)
    return client.post(reverse(name, args=keys), said)


def as_it_is(record):
    with acting(System("test")):
        return type(record).objects.get(pk=record.pk)


def the(model, **about):
    with acting(System("test")):
        return model.objects.get(**about)


def never(name):
    return {f"{name}_{part}": "" for part in ("day", "month", "year", "time")}


@pytest.mark.parametrize("name", [*LISTS, *NEW])
def test_the_lists_and_new_pages_open_for_an_inspector_and_not_for_an_officer(client, nominal, imran, olly, name):
    assert page(client, imran, name).status_code == 200
    assert page(client, olly, name).status_code == 403


@pytest.mark.parametrize("name", ABOUT_A_RECORD)
def test_every_page_of_a_record_opens_for_an_inspector_and_not_for_an_officer(client, cast, name):
    record = of_each(cast)[name.split("-")[0]]
    shown = page(client, cast["imran"], name, record.pk)
    assert shown.status_code == 200, text(shown)
    assert page(client, cast["olly"], name, record.pk).status_code == 403


@pytest.mark.parametrize(
    "name", [each for each in ABOUT_A_RECORD if not each.startswith(("importedlist", "scrutinyround"))]
)
def test_somebody_whom_one_may_not_see_is_not_there_on_any_page(client, cast, chidi, name):
    made = of_each(cast)
    declare_conflict(made["nominal"].person, by=chidi, user=cast["imran"], because="His brother")
    record = made[name.split("-")[0]]
    assert page(client, cast["imran"], name, record.pk).status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_nor_in_any_list(client, cast, chidi, name):
    made = of_each(cast)
    declare_conflict(made["nominal"].person, by=chidi, user=cast["imran"], because="His brother")
    assert "Conrad Fernfold" not in text(page(client, cast["imran"], name))


# The hub


def test_the_pages_take_a_task_from_the_mail_to_a_second_look(client, nominal, hana, hugo, omar, imran, clock):
    everything_is_checked(imran)
    shown = page(client, hana, "hubtask-new", nominal=nominal.reference)
    assert nominal.reference in text(shown)
    said = {
        "key": shown.context["key"],
        "kind": "change",
        "nominal": nominal.reference,
        "what": "Has a new telephone",
        "source": "His letter",
        **moment("received_at", clock.at),
        **never("happens_at"),
    }
    made = sends(client, hana, "hubtask-new", **said)
    assert made.status_code == 302, text(made)
    task = the(HubTask)
    assert sends(client, hana, "hubtask-new", **said).url == made.url  # sent twice is one task
    for name in ("hubtask-take", "hubtask-begin"):
        assert sends(client, hana, name, task.pk).status_code == 302
    assert page(client, hana, "hubtask-ask", task.pk).context["form"].initial == {"asked_of": omar.pk}
    question = {"question": "Which telephone?", "asked_of": omar.pk}
    assert sends(client, hana, "hubtask-ask", task.pk, **question).status_code == 302
    query = the(HubQuery)
    assert "The ViSOR hub asks you" in text(page(client, omar, "home"))
    assert "Which telephone?" in text(page(client, omar, "hubquery-answer", query.pk))
    assert sends(client, omar, "hubquery-answer", query.pk, answer="The second one").status_code == 302
    assert "The second one" in text(page(client, hana, "hubtask", task.pk))
    done = {"visor_ref": "V-2026-11", **moment("updated_at", clock.at)}
    assert sends(client, hana, "hubtask-on-visor", task.pk, **done).status_code == 302
    refused = sends(client, hana, "hubtask-verify", task.pk)
    assert (refused.status_code, "somebody else looks" in text(refused)) == (422, True)
    assert sends(client, hugo, "hubtask-error", task.pk, found="Another number").status_code == 302
    assert "found it wrong: Another number" in text(page(client, hana, "hubtask", task.pk))
    assert sends(client, hana, "hubtask-on-visor", task.pk, **done).status_code == 302
    assert sends(client, hugo, "hubtask-verify", task.pk).status_code == 302
    assert as_it_is(task).state == "closed"


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("hubtask-on-visor", {"visor_ref": "V-123"}, "V-123"),
        ("hubtask-join", {"of": "HUB-999999"}, "HUB-999999"),
        ("hubtask-ask", {"question": "Which telephone is it?"}, "Which telephone is it?"),
    ],
)
def test_a_refused_form_of_a_task_keeps_what_was_typed(client, nominal, hana, name, said, kept):
    task = begun(task_of(hana, nominal), hana)
    refused = sends(client, hana, name, task.pk, **said)
    assert (refused.status_code, kept in text(refused)) == (422, True)
    assert as_it_is(task).state == "in_progress"


def test_a_refused_new_task_keeps_what_was_typed(client, hana, clock):
    said = {"kind": "change", "nominal": "NOM-999999", "what": "Half a sent", "source": "His letter"}
    refused = sends(client, hana, "hubtask-new", **said, received_at_day="31", received_at_month="2")
    assert refused.status_code == 422
    for kept in ("Half a sent", "His letter", "NOM-999999", 'value="31"', "Nobody we manage has this reference"):
        assert kept in text(refused)


@pytest.mark.parametrize(
    ("show", "count"),
    [("open", 4), ("late", 2), ("departing", 1), ("mine", 1), ("nobody", 2), ("asked", 0), ("to_check", 1),
     ("travel", 1), ("custody", 0), ("transfers", 0), ("differences", 0), ("others", 3), ("closed", 1)],
)  # fmt: skip
def test_the_queue_shows_what_it_says(client, nominal, hana, hugo, imran, clock, show, count):
    everything_is_checked(imran)
    from offenders.workflow import hub_tasks

    task_of(hana, nominal, kind="travel_out", happens_at=clock.at + timedelta(hours=20))
    begun(task_of(hana, nominal, received_at=clock.at - timedelta(days=9)), hana)
    task_of(hana, nominal, what="Another")
    on_visor(task_of(hana, nominal, what="Done"), hugo)
    hub_tasks.close_without_update(task_of(hana, nominal, what="Nothing"), by=hugo, because="Wrong force")
    clock.shift(timedelta(microseconds=1))
    shown = page(client, hana, "offenders-hub", show=show)
    assert next(chip["count"] for chip in shown.context["chips"] if chip["current"]) == count
    assert len(shown.context["rows"]) == count


def test_the_queue_says_whether_it_grows(client, nominal, hana, clock):
    task_of(hana, nominal)
    task_of(hana, nominal, received_at=clock.at - timedelta(days=8))
    assert "2 open" in text(page(client, hana, "offenders-hub"))
    assert "1 came in and 0 were done. 1 more than a week ago" in text(page(client, hana, "offenders-hub"))


def test_the_queue_asks_the_database_no_more_for_many_than_for_few(
    client, nominal, hana, django_assert_max_num_queries
):
    task_of(hana, nominal)
    page(client, hana, "offenders-hub")
    with django_assert_max_num_queries(25) as few:
        page(client, hana, "offenders-hub")
    for number in range(20):
        task_of(hana, nominal, what=f"Change {number}")
    with django_assert_max_num_queries(len(few)):
        page(client, hana, "offenders-hub")


def test_whoever_leaves_within_a_day_is_a_warning_on_the_task(client, nominal, hana, clock):
    task = task_of(hana, nominal, kind="travel_out", happens_at=clock.at + timedelta(hours=23))
    clock.shift(timedelta(minutes=1))
    assert "in less than a day, and ViSOR does not have it" in text(page(client, hana, "hubtask", task.pk))
    assert "ViSOR does not know" in text(page(client, hana, "home"))


# Lists


def test_a_list_is_sent_and_its_differences_are_shown(client, nominal, hana):
    sent = RELEASES.format(name="Conrad Fernfold", ref="", on="09/03/2026") + ";;;09/03/2026;HMP Larkmoor\n"
    file = SimpleUploadedFile("releases.csv", sent.encode("cp1252"))
    made = sends(client, hana, "importedlist-new", kind="releases", file=file)
    assert made.status_code == 302, text(made)
    shown = text(client.get(made.url))
    for said in ("2 rows", "1 differ", "1 could not be read", "Conrad Fernfold", "It names nobody"):
        assert said in shown, said
    assert "releases.csv" in text(page(client, hana, "offenders-lists"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"name,born\nA,B\n", "has no column headed visor_ref, release_date, prison"),
        (b"\x00\x01\x02", "not a CSV file"),
        (b" \n", "The file is empty"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words_and_nothing_is_kept(client, hana, content, why):
    file = SimpleUploadedFile("x.csv", content)
    refused = sends(client, hana, "importedlist-new", kind="releases", file=file)
    assert (refused.status_code, why in text(refused)) == (422, True)
    with acting(hana):
        assert not ImportedList.objects.exists()


def test_what_columns_a_list_needs_stands_on_the_page(client, hana):
    assert "visor_ref, name, date_of_birth, release_date, prison" in text(page(client, hana, "importedlist-new"))


# Transfers


def test_the_pages_take_a_transfer_to_us(client, hana, imran, omar, clock):
    said = {
        "name_given": "Bertram Marchfold",
        "external_ref": "V-77001",
        "force": "Vale Police",
        "contact": "Inspector Ida Sallowfold",
        "because": "Moves to his sister",
        "risk": "",
        **{f"moves_on_{part}": "" for part in ("day", "month", "year")},
        **moment("requested_at", clock.at),
    }
    made = sends(client, hana, "transfer-new-in", **said)
    assert made.status_code == 302, text(made)
    shown = text(client.get(made.url))
    assert "They are managed by Vale Police." in shown
    assert "Not said" in shown
    transfer = the(Transfer)
    person = on_record(hana, "Bertram Marchfold")
    days = ("last_notified_on", "first_visited_on", "last_visited_on", "assessed_on", "reviewed_on", "relevant_on")
    accept = {
        "person": person.reference,
        "managed_as": "violent",
        "category": "2",
        "level": "1",
        "lead_agency": "police",
        "risk": "not_assessed",
        "external_system": "ViSOR",
        "external_ref": "V-77001",
        "manager": omar.pk,
        **{f"{day}_{part}": "" for day in days for part in ("day", "month", "year")},
    }
    assert page(client, hana, "transfer-accept-in", transfer.pk).status_code == 403
    refused = sends(client, imran, "transfer-accept-in", transfer.pk, **{**accept, "person": "PER-999999"})
    assert (refused.status_code, "PER-999999" in text(refused)) == (422, True)
    assert sends(client, imran, "transfer-accept-in", transfer.pk, **accept).status_code == 302
    assert "They are managed here." in text(page(client, hana, "transfer", transfer.pk))
    assert the(Nominal).manager == omar


def test_the_pages_take_a_transfer_from_us(client, nominal, omar, imran):
    said = {
        "nominal": nominal.reference,
        "force": "Vale Police",
        "contact": "Inspector Ida Sallowfold",
        "because": "Moves to his sister",
        **{f"moves_on_{part}": "" for part in ("day", "month", "year")},
    }
    assert sends(client, omar, "transfer-new-out", **said).status_code == 302
    transfer = the(Transfer)
    again = sends(client, omar, "transfer-new-out", **said)
    assert (again.status_code, "being decided on already" in text(again)) == (422, True)
    assert sends(client, imran, "transfer-accept-out", transfer.pk, accepted_by_name="", because="").status_code == 422
    name = {"accepted_by_name": "Inspector Ida Sallowfold", "because": ""}
    assert sends(client, imran, "transfer-accept-out", transfer.pk, **name).status_code == 302
    assert as_it_is(nominal).state == "transferred"


@pytest.mark.parametrize("name", ["transfer-refuse", "transfer-withdraw"])
def test_a_refusal_has_a_reason(client, hana, imran, name):
    transfer = coming(hana)
    assert sends(client, imran, name, transfer.pk, because="").status_code == 422
    assert sends(client, imran, name, transfer.pk, because="He stays there").status_code == 302
    assert "He stays there" in text(page(client, imran, "transfer", transfer.pk))


def test_the_list_of_transfers_says_who_has_them(client, nominal, hana, omar):
    going(nominal, omar)
    coming(hana)
    shown = text(page(client, omar, "offenders-transfers"))
    assert "To Vale Police. They are managed here." in shown
    assert "From Vale Police. They are managed by Vale Police." in shown


# Scrutiny


def test_the_rounds_are_begun_looked_at_and_put_right(client, nominal, stella, seb, omar):
    assert "No round is going on for Offender management north" in text(page(client, stella, "offenders-scrutiny"))
    assert sends(client, stella, "offenders-scrutiny-begin").status_code == 302
    drawn, item = the(ScrutinyRound), the(ScrutinyItem)
    shown = text(page(client, seb, "scrutinyround", drawn.pk))
    assert drawn.seed in shown
    assert "Conrad Fernfold" in shown
    assert "You are of the same team" in text(page(client, stella, "scrutinyitem", item.pk))
    said = {"grade": "improve", "found": "No school is named", "plan_is_bespoke": "no", "action": ""}
    refused = sends(client, seb, "scrutinyitem-grade", item.pk, **said)
    assert (refused.status_code, "No school is named" in text(refused)) == (422, True)
    assert sends(client, seb, "scrutinyitem-grade", item.pk, **{**said, "action": "Name it"}).status_code == 302
    assert "Another team has looked at your records" in text(page(client, omar, "home"))
    assert sends(client, omar, "scrutinyitem-done", item.pk, done_said="Named in the plan").status_code == 302
    assert "Named in the plan" in text(page(client, seb, "scrutinyitem", item.pk))


# The workload


def test_a_sergeant_is_shown_what_would_move_and_confirms_it(client, nominal, hana, imran, stella, omar, olga, clock):
    set_number("Offenders of every kind one person can manage", by=imran, number=1, starts=clock.at, because="For now")
    other = managed(hana, omar, "Edgar Garmere")
    assert "1 offender more than 1 in all" in text(page(client, omar, "offenders-workload"))
    assert page(client, omar, "offenders-workload-share").status_code == 403
    shown = page(client, stella, "offenders-workload-share")
    assert "1 would move" in text(shown)
    print_of = shown.context["plan"].fingerprint
    refused = sends(client, stella, "offenders-workload-share", fingerprint=print_of, because="")
    assert refused.status_code == 422
    stale = sends(client, stella, "offenders-workload-share", fingerprint="0" * 64, because="Omar has too many")
    assert (stale.status_code, "Look at it again" in text(stale), "Omar has too many" in text(stale)) == (
        422,
        True,
        True,
    )
    moved = sends(client, stella, "offenders-workload-share", fingerprint=print_of, because="Omar has too many")
    assert moved.status_code == 302
    assert {as_it_is(nominal).manager, as_it_is(other).manager} == {omar, olga}


def test_a_sergeant_gives_somebody_another_manager(client, nominal, stella, omar, olga):
    assert sends(client, omar, "nominal-reallocate", nominal.pk).status_code == 403
    refused = sends(client, stella, "nominal-reallocate", nominal.pk, manager=omar.pk, because="He knows him")
    assert (refused.status_code, "manages them already" in text(refused)) == (422, True)
    client.force_login(stella)
    url = reverse("nominal-reallocate", args=[nominal.pk])
    assert client.post(url, {"manager": "", "because": "He knows her"}).status_code == 422
    assert as_it_is(nominal).manager == omar


def test_a_question_that_is_open_is_taken_back_on_its_page(client, nominal, hana, omar):
    query = asked(task_of(hana, nominal), hana, omar)
    assert sends(client, hana, "hubquery-take-back", query.pk, because="").status_code == 422
    assert sends(client, hana, "hubquery-take-back", query.pk, because="Found it").status_code == 302
    assert "No longer needed" in text(page(client, hana, "hubquery", query.pk))


def test_the_round_is_not_begun_twice(client, nominal, stella):
    a_round(nominal)
    assert sends(client, stella, "offenders-scrutiny-begin").status_code == 302
    assert the(ScrutinyRound)

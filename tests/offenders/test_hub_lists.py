"""A list that another agency sent is held against our records; every difference becomes work with a clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.actor import NotYours, System, acting, signed
from cases.workflow.people import declare_conflict
from offenders.list_files import COLUMNS, NotAList, read
from offenders.models import HubTask, ImportedList, Travel
from offenders.reconcile import Books, Listed, Ours, OurSpell, OurTransfer, OurTravel, release, transfer_in, travel
from offenders.workflow import hub_tasks
from tests.offenders.hub_scenes import RELEASES, coming, compared, in_custody, tasks_of
from tests.offenders.scenes import managed
from tests.stories import clock_of
from workflow.transitions import NotNow

TODAY, LATER = date(2026, 3, 2), date(2026, 3, 5)
BORN = date(1958, 2, 11)
LISTED = "V-100;Conrad Fernfold;11/02/1958;09/03/2026;HMP Larkmoor"
IN_THE_DATABASE = pytest.mark.django_db


def ours(**known):
    return Ours(**{"key": 1, "reference": "NOM-1", "ref": "V-100", "name": "Conrad Fernfold", "born_on": BORN,
                   "is_ours": True, "state": "managed actively", **known})  # fmt: skip


def row(on=TODAY, **said):
    known = {"line": 2, "name": "Conrad Fernfold", "born_on": BORN, "ref": "V-100", "on": on, **said}
    return Listed(**known)


def inside(ends_on):
    return ours(spells=[OurSpell("HMP Larkmoor", ends_on, None)])


# Comparing


@pytest.mark.parametrize(
    ("book", "listed", "kind", "says"),
    [
        ([inside(date(2026, 3, 9))], row(date(2026, 3, 9)), None, ""),
        ([inside(TODAY)], row(TODAY), None, ""),
        ([inside(date(2026, 3, 1))], row(date(2026, 3, 1)), "release", "They may be out already"),
        ([inside(None)], row(date(2026, 3, 9)), "difference", "no day of release known"),
        ([inside(date(2026, 4, 1))], row(date(2026, 3, 9)), "difference", "expected on 1 April 2026"),
        ([ours()], row(date(2026, 3, 9)), "difference", "NOM-1 is not in custody"),
        ([ours(spells=[OurSpell("X", None, date(2026, 3, 1))])], row(date(2026, 3, 1)), None, ""),
        (
            [ours(spells=[OurSpell("X", None, date(2026, 2, 1))])],
            row(date(2026, 3, 1)),
            "difference",
            "out since 1 Feb",
        ),
        ([], row(), "difference", "nobody of that reference"),
        ([ours(is_ours=False, state="transferred out")], row(), "difference", "NOM-1, transferred out"),
        ([ours(name="Edgar Garmere")], row(), "difference", "the reference is that of Edgar Garmere"),
        ([ours(ref=""), ours(key=2, reference="NOM-2", ref="")], row(ref=""), "difference", "NOM-1 and NOM-2"),
    ],
)
def test_a_release_is_held_against_the_time_in_custody(book, listed, kind, says):
    found = release(listed, Books(book), TODAY)
    assert (found.kind if found else None) == kind
    assert says in (found.what if found else "")


def test_somebody_is_found_by_reference_however_it_is_spelt_else_by_name_and_birth():
    books = Books([ours(ref="V 100")])
    assert books.find(row(ref="v-100", name="Somebody Else"))
    assert books.find(row(ref="", name="conrad  FERNFOLD"))
    assert not books.find(row(ref="", born_on=date(1958, 2, 12)))
    assert not books.find(row(ref="", born_on=None))


@pytest.mark.parametrize(
    ("transfers", "book", "kind", "says"),
    [
        ([], [], "transfer_in", "We have no request"),
        ([OurTransfer("TRF-1", "V-100", "C", TODAY, "asked for", False)], [], None, ""),
        ([OurTransfer("TRF-1", "V-100", "C", None, "asked for", False)], [], None, ""),
        (
            [OurTransfer("TRF-1", "", "conrad fernfold", date(2026, 3, 5), "asked for", False)],
            [],
            "difference",
            "5 March",
        ),
        ([OurTransfer("TRF-1", "V-100", "C", TODAY, "refused", True)], [], "transfer_in", "TRF-1 says: refused"),
        ([], [ours()], None, ""),
        ([], [ours(is_ours=False)], "transfer_in", "We have no request"),
    ],
)
def test_whoever_is_said_to_move_to_us_is_held_against_the_requests(transfers, book, kind, says):
    found = transfer_in(row(), Books(book), transfers)
    assert (found.kind if found else None) == kind
    assert says in (found.what if found else "")


def trip(on=TODAY, countries="France"):
    return ours(travels=[OurTravel("TRV-1", on, countries)])


@pytest.mark.parametrize(
    ("book", "countries", "kind", "says"),
    [
        ([trip()], "france", None, ""),
        ([trip(countries="Spain and France")], "France; Spain", None, ""),
        ([trip()], "Thailand", "difference", "TRV-1, to France"),
        ([trip(date(2026, 3, 9))], "France", "travel_out", "TRV-1 on 9 March 2026 to France"),
        ([ours()], "France", "travel_out", "NOM-1 has given no notice"),
        ([], "France", "difference", "nobody of that reference"),
    ],
)
def test_a_journey_is_held_against_the_notices(book, countries, kind, says):
    found = travel(row(said={"countries": countries}), Books(book), TODAY)
    assert (found.kind if found else None) == kind
    assert says in (found.what if found else "")


# Reading


PLAIN = "visor_ref,name,date_of_birth,release_date,prison\nV-1,Ægir Fernföld,11/02/1958,09/03/2026,HMP Larkmoor\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("cp1252"),
        PLAIN.encode("utf-16"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").replace("\n", "\r\n").encode(),
        PLAIN.replace("visor_ref", '"ViSOR Ref"').replace("date_of_birth", "DOB").encode(),
        PLAIN.replace("09/03/2026", "2026-03-09").encode(),
        PLAIN.replace("09/03/2026", "9 Mar 2026").encode(),
        PLAIN.replace("09/03/2026", "09/03/2026 08:30").encode(),
        PLAIN.replace("HMP Larkmoor", '"HMP Larkmoor,\nwing B"').encode(),
    ],
)
def test_a_list_is_read_however_it_was_written(content):
    found = read("releases", content)
    assert [(each.ref, each.name, each.born_on, each.on) for each in found.rows] == [
        ("V-1", "Ægir Fernföld", BORN, date(2026, 3, 9))
    ]
    assert found.unread == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("V-1,,11/02/1958,09/03/2026,X", "It names nobody"),
        (",A Fernfold,,09/03/2026,X", "nobody can be told by a name alone"),
        ("V-1,A Fernfold,11/02/1958,,X", "It has no release date"),
        ("V-1,A Fernfold,11/02/1958,31/02/2026,X", "is no date"),
        ("V-1,A Fernfold,eleven,09/03/2026,X", "is no date"),
        ("V-1", "It has no release date"),
    ],
)
def test_one_bad_row_is_kept_with_its_reason_and_costs_no_other(line, why):
    found = read("releases", f"{PLAIN}{line}\n".encode())
    assert len(found.rows) == 1
    (unread,) = found.unread
    assert unread.line == 3
    assert why in unread.because
    assert unread.text.startswith(line.split(",")[0])


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_file_that_lacks_a_column_is_refused_as_a_whole(kind):
    for name in COLUMNS[kind]:
        headings = ",".join(each for each in COLUMNS[kind] if each != name)
        with pytest.raises(NotAList, match=name):
            read(kind, f"{headings}\n".encode())


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: (PLAIN + text).encode("utf-8", "replace")))
def test_whatever_is_sent_is_read_or_refused_in_words(content):
    try:
        found, refusal = read("releases", content), ""
    except NotAList as refused:
        found, refusal = None, str(refused)
    assert all(each.because for each in found.unread) if found else refusal.endswith(".")


# In our records


@pytest.fixture
def nominal(clock, hana, omar):
    return managed(hana, omar, "Conrad Fernfold", external_system="ViSOR", external_ref="V-100")


def releases(*rows):
    first = RELEASES.splitlines()[0]
    return "\n".join([first, *rows]) + "\n"


@IN_THE_DATABASE
def test_released_on_the_list_and_in_custody_here_becomes_work_at_once(nominal, hana, clock):
    in_custody(nominal, hana, date(2026, 4, 1))
    imported = compared(hana, "releases", releases("V-100;Conrad Fernfold;11/02/1958;01/03/2026;HMP Larkmoor"))
    (task,) = tasks_of(imported)
    assert (task.kind, task.nominal, task.received_at) == ("release", nominal, clock.at)
    assert "We say: NOM" in task.what
    assert clock_of(task, "RS9").due_at == clock.at
    assert (imported.rows, imported.agreed, imported.differing) == (1, 0, 1)


@IN_THE_DATABASE
def test_what_agrees_is_counted_and_what_differs_has_a_clock(nominal, hana, omar, clock):
    in_custody(nominal, hana, date(2026, 3, 9))
    imported = compared(
        hana,
        "releases",
        releases(LISTED, "V-5;Nemo Marchfold;;09/03/2026;X", ";;;;X"),
    )
    (task,) = tasks_of(imported)
    assert (task.kind, task.nominal) == ("difference", None)
    assert clock_of(task, "RS10").due_at == datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    assert (imported.rows, imported.agreed, imported.differing, imported.unreadable) == (3, 1, 1, 1)


@IN_THE_DATABASE
def test_the_same_file_and_the_same_difference_make_nothing_twice(nominal, hana):
    text = releases(LISTED)
    first = compared(hana, "releases", text)
    with pytest.raises(NotNow, match=f"compared already: see {first.reference}"):
        compared(hana, "releases", text)
    again = compared(hana, "releases", text + "\n\n")
    assert (again.differing, tasks_of(again), len(tasks_of(first))) == (1, [], 1)


@IN_THE_DATABASE
def test_what_was_closed_and_is_listed_again_is_work_again(nominal, hana, hugo):
    text = releases(LISTED)
    (task,) = tasks_of(compared(hana, "releases", text))
    hub_tasks.close_without_update(task, by=hugo, because="The list is wrong")
    assert len(tasks_of(compared(hana, "releases", text + "\n"))) == 1


@IN_THE_DATABASE
def test_a_journey_nobody_gave_notice_of_is_due_a_day_before_it(nominal, hana, clock):
    text = "ref,name,dob,departure,destination\nV-100,Conrad Fernfold,11/02/1958,04/03/2026,France\n"
    (task,) = tasks_of(compared(hana, "travel", text))
    assert (task.kind, task.due_at) == ("travel_out", datetime(2026, 3, 3, 0, 0, tzinfo=UTC))


@IN_THE_DATABASE
def test_a_notice_that_we_have_agrees(nominal, hana, clock):
    with signed(System("test")):
        Travel.objects.create(
            reference="TRV-1", state="notified", nominal=nominal, notified_at=clock.at, given_where="Here",
            departs_at=clock.at + timedelta(days=9), countries="France", with_children="no", changed_at=clock.at,
        )  # fmt: skip
    text = "ref,name,dob,departure,destination\nV-100,Conrad Fernfold,,11/03/2026,France\n"
    assert compared(hana, "travel", text).agreed == 1


@IN_THE_DATABASE
def test_a_request_that_we_have_agrees_and_another_is_work(hana, clock):
    coming(hana, ref="V-77001")
    text = "ref,name,dob,moves_on,from\nV-77001,Bertram Marchfold,,11/03/2026,Vale\nV-2,Nemo Garmere,,11/03/2026,Vale\n"
    imported = compared(hana, "transfers", text)
    (task,) = tasks_of(imported)
    assert (imported.agreed, task.kind) == (1, "transfer_in")
    assert "Nemo Garmere" in task.what


@IN_THE_DATABASE
def test_of_somebody_the_hub_may_not_see_it_is_not_said_that_nobody_is_here(nominal, hana, chidi):
    declare_conflict(nominal.person, by=chidi, user=hana, because="Her uncle")
    imported = compared(hana, "releases", releases(LISTED))
    (task,) = tasks_of(imported)
    assert task.nominal == nominal
    with acting(hana):
        assert not HubTask.objects.exists()


@IN_THE_DATABASE
def test_only_those_who_keep_the_register_compare_lists_of_a_kind_there_is(hana, omar):
    with pytest.raises(NotYours):
        compared(omar, "releases", PLAIN)
    with pytest.raises(NotNow, match="what kind of list"):
        compared(hana, "gossip", PLAIN)
    with acting(hana):
        assert not ImportedList.objects.exists()

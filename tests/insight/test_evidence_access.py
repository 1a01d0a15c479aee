"""Who sees a pack: whoever prepares and releases; an inspector only what was released to them, for its time, changing
nothing. Each look and each copy is in the ledger."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import acting
from accounts.models import User
from cases.workflow.cases import open_case, restrict
from insight.evidence_manifest import wrong_with
from insight.models import EvidenceCopy, EvidencePack
from insight.workflow import evidence_out
from tests.access.entries import consultations
from tests.insight.evidence_scenes import (
    TEST,
    as_it_is,
    cases_of,
    checked,
    forced,
    prepared,
    released,
    store,  # noqa: F401 - fixture
)
from tests.stories import called_in, hours
from workflow.transitions import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
STEPS = ["draw", "add", "together", "check", "back", "release", "refuse", "close", "handed-back", "withdraw"]


def opened(client, who: User, page: str, *keys, **asked):
    client.force_login(who)
    return client.get(reverse(page, args=keys), asked)


def test_an_inspector_sees_a_pack_from_its_release_until_its_time_is_over(
    client, clock, cast, callie, greta, anya, sue
):
    hettie, call = cast["hettie"], called_in(callie)
    pack = checked(greta, cast["anya"], call)
    assert opened(client, hettie, "evidencepack", pack.pk).status_code == 404
    assert opened(client, greta, "evidencepack", pack.pk).status_code == 200
    evidence_out.release_evidence(pack, by=sue, readers=[hettie])
    page = opened(client, hettie, "evidencepack", pack.pk).content.decode()
    assert call.reference in page
    assert "Take a copy" in page
    for what in ("Close it", "Draw cases", "Withdraw it", "Who did what"):
        assert what not in page
    clock.shift(timedelta(days=28))
    assert opened(client, hettie, "evidencepack", pack.pk).status_code == 404
    assert opened(client, sue, "evidencepack", pack.pk).status_code == 200


def test_an_inspector_to_whom_it_was_not_released_does_not_see_it(client, clock, cast, callie):
    pack = released(cast, called_in(callie))
    other = User.objects.create(username="other", first_name="Another", last_name="Inspector-Example")
    post = cast["hettie"].postings.get()
    post.pk, post.person = None, other
    post.save()
    assert opened(client, other, "evidencepack", pack.pk).status_code == 404
    assert "no evidence pack for you" in opened(client, other, "evidence").content.decode()


def test_an_inspector_changes_nothing(client, clock, cast, callie, hettie):
    pack = released(cast, called_in(callie))
    (case,) = cases_of(pack)
    client.force_login(hettie)
    addresses = [reverse("evidence-new"), *(reverse(f"evidencepack-{step}", args=[pack.pk]) for step in STEPS)]
    addresses += [reverse(f"evidencecase-{step}", args=[case.pk]) for step in ("out", "in")]
    assert {client.get(each).status_code for each in addresses} == {403}
    assert {client.post(each, {"because": "x"}).status_code for each in addresses} == {403}


@pytest.mark.parametrize("who", ["sam", "callie", "cora", "quinn"])
def test_for_everybody_else_there_are_no_packs(client, clock, cast, callie, who):
    pack = released(cast, called_in(callie))
    for name, keys in (("evidence", []), ("evidencepack", [pack.pk]), ("evidencepack-copy", [pack.pk])):
        assert opened(client, cast[who], name, *keys).status_code == 403


def test_reading_a_chronology_and_taking_a_copy_are_in_the_ledger_with_the_case(client, clock, cast, callie, hettie):
    call = called_in(callie)
    pack = released(cast, call)
    (case,) = cases_of(pack)
    before = len(consultations())
    page = opened(client, hettie, "evidencepack-part", pack.pk, name=f"cases/{call.reference}.csv")
    assert page.status_code == 200
    assert "First reported to police" in page.content.decode()
    answer = client.post(reverse("evidencepack-copy", args=[pack.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    found = as_it_is(pack)
    with acting(TEST):
        assert wrong_with(answer.content, found.file.manifest_sha256) == []
        copy = EvidenceCopy.objects.get()
    assert (copy.given_to, copy.pack_id) == (hettie, pack.pk)
    mine = [each for each in consultations()[before:] if each[0] == hettie.signature()]
    for name in ("evidencepack-part", "evidencepack-copy"):
        read = {kind: keys for _, at, kind, keys in mine if at == name}
        assert read["insight.evidencepack"] == [pack.pk]
        assert read["insight.evidencecase"] == [case.pk]


def test_that_records_were_read_for_a_pack_is_in_the_ledger_of_whoever_prepared_it(clock, callie, greta):
    call = called_in(callie)
    prepared(greta, call)
    about = (greta.signature(), "evidence pack put together", "triage.incident")
    (read,) = [keys for actor, page, kind, keys in consultations() if (actor, page, kind) == about]
    assert call.pk in read


def test_a_part_that_is_no_table_or_not_there_is_not_found(client, clock, cast, callie, hettie):
    pack = released(cast, called_in(callie))
    for name in ("pack.pdf", "manifest.json", "../secrets", ""):
        assert opened(client, hettie, "evidencepack-part", pack.pk, name=name).status_code == 404


def test_a_pack_with_a_restricted_case_is_there_only_for_those_who_may_see_it(client, clock, cast, callie, greta, sue):
    call = called_in(callie)
    pack = checked(greta, cast["anya"], call)
    with acting(TEST):
        (case,) = cases_of(pack)
    hidden = open_case_for(sue)
    forced(case, case=hidden)
    assert opened(client, greta, "evidencepack", pack.pk).status_code == 404
    assert opened(client, sue, "evidencepack", pack.pk).status_code == 200
    with pytest.raises(NotNow, match="A case in it is not for them to see: Hettie"):
        evidence_out.release_evidence(as_it_is(pack), by=sue, readers=[cast["hettie"]])


def open_case_for(only):
    from access.actor import signed

    with signed(TEST):
        case = open_case()
    return restrict(case, by=TEST, people=[only], because="A relative works for the force")


def test_the_forms_make_a_pack(client, clock, callie, greta, anya, sue, hettie):
    call = called_in(callie)
    clock.shift(hours(1))
    client.force_login(greta)
    asked_of = {"begins_on": (1, 2, 2026), "ends_on": (31, 3, 2026), "needed_by": (31, 3, 2026)}
    days = {
        f"{name}_{part}": value
        for name, day in asked_of.items()
        for part, value in zip(("day", "month", "year"), day, strict=True)
    }
    said = {"requested_by": "Harriet Inspector-Example", "power": "joint", "purpose": "To see", "profile": "names"}
    answer = client.post(reverse("evidence-new"), {**said, **days})
    assert answer.status_code == 302, answer.content.decode()
    with acting(TEST):
        pack = EvidencePack.objects.get()
    assert "Draw cases, or add one" in client.get(pack.get_absolute_url()).content.decode()
    wrong = client.post(reverse("evidencepack-draw", args=[pack.pk]), {"of": "incident", "group": "notice:red"})
    assert wrong.status_code == 422
    assert client.post(reverse("evidencepack-draw", args=[pack.pk]), {"of": "incident", "size": "1"}).status_code == 302
    page = client.get(pack.get_absolute_url()).content.decode()
    assert call.reference in page
    (case,) = cases_of(pack)
    assert client.get(case.get_absolute_url()).status_code == 200
    with acting(TEST):
        draw = pack.draws.get()
    assert draw.seed in client.get(draw.get_absolute_url()).content.decode()
    assert client.post(reverse("evidencepack-together", args=[pack.pk])).status_code == 302
    assert as_it_is(pack).state == "building"

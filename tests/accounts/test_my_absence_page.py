"""My absence: never without cover, and nothing typed is lost."""

import pytest
from django.urls import reverse

from access.time import now
from accounts.models import Absence
from accounts.workflow import CannotCover, go_away
from tests.conftest import MONDAY
from tests.partners.agencies import a_person
from tests.partners.scenes import an_agency
from tests.stories import away, hours

pytestmark = pytest.mark.django_db


def moment(name, day):
    return {f"{name}_day": day, f"{name}_month": "3", f"{name}_year": "2026", f"{name}_time": "9am"}


def typed(*, ends="9", **changes):
    return {"kind": "leave", **moment("starts", "3"), **moment("ends", ends), **changes}


@pytest.fixture
def save(client, sam):
    client.force_login(sam)
    return lambda sent: client.post(reverse("my-absence"), sent)


def test_an_absence_is_saved_with_its_cover(save, sam, ines):
    assert save(typed(cover=ines.pk)).status_code == 302
    absence = Absence.objects.get()
    assert (absence.person, absence.cover, absence.ends - absence.starts) == (sam, ines, hours(6 * 24))


def test_without_cover_it_is_not_saved_and_nothing_typed_is_lost(save):
    refused = save(typed())
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "Answer needed: Who covers" in said
    assert 'value="9"' in said
    assert not Absence.objects.exists()


def test_somebody_whose_own_cover_is_me_cannot_cover_for_me(save, sam, ines, clock):
    away(ines, days=9, cover=sam)
    refused = save(typed(cover=ines.pk)).content.decode()
    assert "Ines Inspector is away then too and Sam Sergeant covers for them" in refused
    assert Absence.objects.count() == 1


def test_coming_back_cannot_be_before_going(save, ines):
    assert "Back on duty must be after away from" in save(typed(ends="2", cover=ines.pk)).content.decode()


def test_back_early_and_work_comes_to_me_again(client, sam, ines, clock):
    client.force_login(sam)
    absence = away(sam, days=9, cover=ines)
    clock.shift(hours(5))
    client.post(reverse("come-back", args=[absence.pk]))
    absence.refresh_from_db()
    assert absence.ends == MONDAY + hours(5)


def test_nobody_ends_somebody_elses_absence(client, sam, ines, cole):
    absence = away(sam, days=9, cover=ines)
    client.force_login(cole)
    assert "Only the person" in client.post(reverse("come-back", args=[absence.pk]), follow=True).content.decode()
    absence.refresh_from_db()
    assert absence.ends == MONDAY + hours(9 * 24)


def test_nobody_of_a_partner_agency_covers_for_somebody_here(client, cora, sam):
    amy = a_person(an_agency("Vale School", "education"), by=sam).user
    with pytest.raises(CannotCover, match="works for a partner agency"):
        go_away(cora, by=cora, kind="leave", starts=now(), ends=now() + hours(24), cover=amy)
    client.force_login(cora)
    assert "Amy Field" not in client.get(reverse("my-absence")).content.decode()

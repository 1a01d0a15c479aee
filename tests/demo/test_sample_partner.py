"""The sample partner of the demo takes part as a partner would: it fetches, says that it has it, asks, decides."""

import json

import pytest

from access.actor import System, acting
from demo import partner_account
from demo.sample_partner import DECIDED_AFTER, ONE_IN, SEEN_AFTER, WHO, Memory, SamplePartner
from partners import workflow
from partners.models import Delivery, Reply
from tests.partners.conftest import Scene, scene

__all__ = ["scene"]
pytestmark = pytest.mark.django_db(transaction=True)
TEST = System("test")


class Played:
    """The partner, on a clock that the test moves."""

    def __init__(self, scene: Scene, path) -> None:
        self.now, self.said, self.path, self.client = 0.0, [], path, scene.client()
        self.again()

    def again(self) -> None:
        """As after a restart."""
        memory = Memory.kept_in(self.path)
        self.partner = SamplePartner(self.client, memory, say=self.said.append, clock=lambda: self.now)

    def after(self, seconds: float) -> None:
        self.now += seconds
        self.partner.pull_once()


@pytest.fixture
def played(scene, tmp_path):
    return Played(scene, tmp_path / "memory.json")


def state_of(delivery):
    """Where it stands, and what they said, by name."""
    with acting(TEST):
        found = Delivery.objects.get(pk=delivery.pk)
        return found.state, sorted(each.what for each in Reply.objects.filter(delivery=delivery))


def one_that(scene, asks):
    """Something is sent about which it asks for more first, or does not."""
    while True:
        delivery = scene.sends()
        if (SamplePartner._chance(str(delivery.disclosure_id)) % ONE_IN == 0) == asks:
            return delivery


def test_what_was_sent_before_it_was_connected_is_left_to_people(scene, played):
    delivery = scene.sends()
    played.after(0)
    played.after(10_000)
    assert state_of(delivery) == ("waiting", [])


def test_what_is_new_is_fetched_at_once_acknowledged_a_little_later_and_decided_some_minutes_later(scene, played):
    played.after(0)
    delivery = one_that(scene, asks=False)
    played.after(0)
    assert state_of(delivery) == ("delivered", [])
    played.after(SEEN_AFTER[1])
    assert state_of(delivery) == ("acknowledged", ["acknowledged"])
    played.after(DECIDED_AFTER[1])
    assert state_of(delivery)[0] == "settled"
    with acting(TEST):
        replies = list(Reply.objects.filter(delivery=delivery))
    assert {(each.who, each.get_how_display()) for each in replies} == {(WHO, "By their own system")}
    played.after(10_000)
    assert len(state_of(delivery)[1]) == 2


def test_now_and_then_it_asks_for_more_before_it_decides(scene, played):
    played.after(0)
    delivery = one_that(scene, asks=True)
    for seconds in (0, SEEN_AFTER[1], DECIDED_AFTER[1]):
        played.after(seconds)
    assert state_of(delivery)[1] == ["acknowledged", "asks"]
    played.after(DECIDED_AFTER[1])
    assert state_of(delivery) == ("settled", ["acknowledged", "asks", "decision"])


def test_after_a_restart_it_goes_on_where_it_was(scene, played):
    played.after(0)
    delivery = one_that(scene, asks=False)
    played.after(0)
    played.again()
    played.after(SEEN_AFTER[1])
    played.again()
    played.after(0)
    assert state_of(delivery) == ("acknowledged", ["acknowledged"])


def test_what_is_taken_back_is_destroyed_and_not_decided_on(scene, played):
    played.after(0)
    notice = scene.notice()
    delivery = scene.sends(notice)
    played.after(0)
    with acting(scene.people["cora"]):
        (back,) = workflow.withdraw(notice, because="The wrong family", by=scene.people["cora"])
        withdrawal = Delivery.objects.get(disclosure=back)
    played.after(0)
    played.after(SEEN_AFTER[1])
    assert state_of(withdrawal) == ("confirmed", ["destroyed"])
    played.after(10_000)
    assert state_of(delivery) == ("withdrawn", [])


def test_its_secret_is_readable_by_its_owner_only_and_a_new_demo_leaves_nothing_of_the_old(
    scene, tmp_path, monkeypatch
):
    monkeypatch.setenv("LONGSTOP_RUN", str(tmp_path))
    scene.agency.name = partner_account.AGENCY
    place = tmp_path / "sample-partner"
    place.mkdir()
    (place / "memory.json").write_text("{}")
    partner_account.let_in([scene.agency], scene.people["ines"])
    (file,) = place.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    account = partner_account.kept()
    assert json.loads(file.read_text()) == vars(account)
    assert (
        type(scene.client())(scene.url, account.client_id, account.client_secret).me().account == partner_account.NAME
    )

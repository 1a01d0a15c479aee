"""The pack of the demonstration: the inspector finds it on their home page and reads it."""

from datetime import timedelta

import pytest

from access.actor import System, acting
from demo.chronicle import Chronicle
from demo.figures import Figures
from demo.insight_evidence import events
from demo.scene import Scene
from insight.evidence_manifest import wrong_with
from insight.models import EvidencePack
from tests.insight.evidence_scenes import file_of, store  # noqa: F401 - fixture
from tests.stories import called_in, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_one_pack_is_released_and_the_inspector_may_read_it(client, clock, cast, callie, olly, hettie):
    called_in(callie)
    submitted(olly)
    clock.shift(timedelta(days=3))
    scene = Scene(clock.at, Figures().scaled(0.01), cast, {})
    with acting(System("test")):
        Chronicle(scene.ago(days=2), scene.now).live(events(scene), scene.now)
        pack = EvidencePack.objects.get()
    assert (pack.state, pack.trouble, wrong_with(file_of(pack))) == ("released", "", [])
    client.force_login(hettie)
    assert f"For {pack.requested_by}" in client.get("/").content.decode()
    assert client.get(pack.get_absolute_url()).status_code == 200

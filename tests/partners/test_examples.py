"""What the pages for partners show is what happens: their examples are run, against the real application, with curl."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from access.actor import acting
from partners import workflow
from partners.calling import call_waiting
from partners.models import Disclosure
from partners.workflow.access import let_system_in
from tests.conftest import MONDAY
from tests.documents import files
from tests.documents.conftest import scanner, store
from tests.documents.files import added
from tests.partners.peers import system_peer
from tests.strategy.meetings import agreed, held

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["scanner", "store"]
ROOT = Path(__file__).resolve().parents[2]
API, CURL = ROOT / "docs" / "partner-api.md", ROOT / "clients" / "curl.md"
BLOCK = re.compile(r"^```(sh|json|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEXT = "--- the next example ---"


def blocks(page):
    return BLOCK.findall(page.read_text())


def run(page, folder, scene, **more):
    """The commands of a page, in one shell as a reader would type them. Gives what each block says."""
    commands = [text for kind, text in blocks(page) if kind == "sh"]
    script = "set -euo pipefail\n" + f"echo; echo '{NEXT}'\n".join(commands)
    known = {"LONGSTOP": scene.url, "CLIENT_ID": f"ls_{scene.account.account_id}", "CLIENT_SECRET": scene.secret}
    done = subprocess.run(  # noqa: S603 - our own pages
        ["/bin/bash", "-c", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **known, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout.split(NEXT)


def assert_like(shown, said, where="answer"):
    """Every key that is shown is there and none else; each value is of its kind. An empty object stands for any."""
    if isinstance(shown, dict):
        assert isinstance(said, dict), where
        if shown:
            assert set(shown) == set(said), where
        for name in shown:
            assert_like(shown[name], said[name], f"{where}.{name}")
    elif isinstance(shown, list):
        assert isinstance(said, list), where
        for one in said if shown else []:
            assert_like(shown[0], one, f"{where}[]")
    elif shown is None or said is None:
        assert shown is said, where
    else:
        assert type(shown) is type(said), where


def test_each_answer_on_the_page_of_the_api_is_like_the_real_one(scene, tmp_path):
    scene.sends()
    said = run(API, tmp_path, scene)
    found = blocks(API)
    after = [(found[number - 1], text) for number, (kind, text) in enumerate(found) if kind == "json"]
    assert all(before[0] == "sh" for before, _ in after)
    shown = {before[1]: text for before, text in after}
    commands = [text for kind, text in found if kind == "sh"]
    assert len(commands) == len(shown)
    for command, answer in zip(commands, said, strict=True):
        assert_like(json.loads(shown[command]), json.loads(answer), command)
    assert list(tmp_path.iterdir()) == []


def test_the_check_of_a_call_on_the_page_of_the_api_knows_a_real_one(scene, settings):
    settings.WEBHOOKS_MAY_BE_LOCAL = True
    (source,) = [text for kind, text in blocks(API) if kind == "python"]
    names = {}
    exec(source, names)  # noqa: S102 - our own page
    with system_peer() as peer:
        _, secret = workflow.add_webhook(scene.account, by=scene.people["ines"], address=peer.address)
        scene.sends()
        call_waiting()
    ((_, headers, body),) = peer.heard
    headers = {name.lower(): value for name, value in headers.items()}
    at = MONDAY.timestamp()
    assert names["is_theirs"](secret, headers, body, at)
    assert not names["is_theirs"](secret, headers, body + b" ", at)
    assert not names["is_theirs"](secret, headers, body, at + 301)


def test_everything_once_with_curl(scene, tmp_path_factory, scanner):
    notice, sam = scene.notice(), scene.people["sam"]
    scene.sends(notice, documents=(added(notice, scene.people["olly"]),))
    meeting = held(agreed(sam), sam)  # asked of the same agency
    with acting(sam):
        asked = Disclosure.objects.get(record=meeting.pk)
    minutes, desk = tmp_path_factory.mktemp("minutes") / "minutes.pdf", tmp_path_factory.mktemp("desk")
    minutes.write_bytes(files.PDF)
    said = run(CURL, desk, scene, MEETING=str(asked.pk), MINUTES=str(minutes))
    assert [": OK" in each for each in said].count(True) == 1
    assert ['"what":"minutes"' in each for each in said].count(True) == 1
    assert list(desk.iterdir()) == []


def test_a_secret_that_is_wrong_stops_the_page_at_once(scene, tmp_path):
    _, scene.secret = let_system_in(scene.agency, by=scene.people["ines"], name="Another", lasts=scene.lasts)
    with pytest.raises(AssertionError, match="error: 401"):
        run(CURL, tmp_path, scene)

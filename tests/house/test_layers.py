"""An app may use what stands below it, and nothing above."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.sources import PRODUCT, ROOT


def test_no_part_uses_a_part_above_it():
    command = str(Path(sys.executable).with_name("lint-imports"))
    answer = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_part_has_its_floor():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = {part.strip() for floor in settings["contracts"][0]["layers"] for part in floor.split("|")}
    assert layers == set(settings["root_packages"]) == set(PRODUCT)

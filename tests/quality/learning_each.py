"""One of each record of learning, training and publishing."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from tests.quality import attendance_scenes, learning_scenes, publication_scenes, training_scenes


def of_each(people: dict[str, User]) -> dict[str, Any]:
    parts = (learning_scenes, training_scenes, attendance_scenes, publication_scenes)
    return {name: record for part in parts for name, record in part.of_each(people).items()}

"""Courses, who took them and who has to, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from access.actor import acting
from access.time import today
from accounts.models import User
from quality.models import Champion, Course, TrainingDue, TrainingNeed, TrainingRecord
from quality.workflow import champions, training, training_due
from tests.quality.learning_scenes import TEST, theme_of


def course_of(name: str = "MASH refresher") -> Course:
    with acting(TEST):
        course: Course = Course.objects.get(name=name)
        return course


def required(person: User, name: str = "MASH refresher") -> TrainingDue:
    """As it stands once the posts have been read."""
    training_due.keep_up(course_of(name))
    return due_of(person, name)


def due_of(person: User, name: str = "MASH refresher") -> TrainingDue:
    with acting(TEST):
        due: TrainingDue = TrainingDue.objects.get(person=person, course__name=name)
        return due


def took(person: User, by: User, on: date | None = None, name: str = "MASH refresher") -> TrainingRecord:
    about: dict[str, Any] = {"course": course_of(name), "person": person, "certificate": ""}
    return training.record_training(TrainingRecord(), by=by, taken_on=on or today(), **about)


def proposed(person: User, by: User) -> TrainingNeed:
    """After feedback in which nobody asked about other children."""
    needs = training.propose(person, theme=theme_of(), because="The brother was not asked about", by=by)
    return next(need for need in needs if need.course.name == "Voice of the child")


def champion_of(person: User, by: User) -> Champion:
    about = {"person": person, "team": person.postings.get().team, "since": today()}
    return champions.name_champion(Champion(), by=by, **about)


def of_each(people: dict[str, User]) -> dict[str, Any]:
    """One record of each kind of this part, by the prefix of its addresses."""
    quinn, cora = people["quinn"], people["cora"]
    return {
        "trainingdue": required(cora),
        "course": course_of(),
        "trainingrecord": took(cora, quinn),
        "trainingneed": proposed(people["olly"], people["reva"]),
        "champion": champion_of(people["olly"], quinn),
        "learner": people["olly"],
    }

"""Who was trained: nearly everybody, except who never was and whose year is over; a list that could not be read in one
row; and whom colleagues ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from access.actor import acting
from accounts.models import Posting
from demo.chronicle import Event, when
from demo.online_case import DEMO
from demo.scene import Scene
from quality.models import AttendanceFile, Champion, Course, TrainingRecord
from quality.workflow.attendance import read_attendance
from quality.workflow.champions import name_champion
from quality.workflow.training import record_training
from quality.workflow.training_due import keep_all_up, months_after

MASH = "MASH refresher"
NEVER = {
    ("officer5", "Public protection notice (PPN)"),
    ("calltaker3", "Risk assessment (THRIVE)"),
    ("olga", "Voice of the child"),
}
MONTHS_AGO = {("cora", MASH): 11, ("cole", MASH): 13}
"""Warned of after ten; and overdue since a month."""
LIST = "who,taken_on,certificate\nSam Sergeant,{day},MR-218\nInes Inspector,{day},MR-219\nT. Outlander,{day},MR-220\n"
CHAMPIONS = ["olly", "callie"]
"""Of their teams. All others have none."""


def events(scene: Scene) -> Iterator[Event]:
    yield when(scene.ago(days=70), _taken, scene)
    yield when(scene.ago(days=69.9), keep_all_up)
    for username in CHAMPIONS:
        yield when(scene.ago(days=21), _champion, scene, username)
    yield when(scene.ago(days=6.2), _list_read, scene)


def _taken(scene: Scene) -> None:
    """Put on record by whoever keeps training, course by course."""
    quinn = scene.people["quinn"]
    with acting(DEMO):
        courses = list(Course.objects.order_by("name"))
    for course in courses:
        posts = Posting.objects.filter(role__in=course.roles).select_related("person").order_by("pk")
        for number, post in enumerate(posts):
            who = (post.person.username, course.name)
            if who not in NEVER:
                about = {"course": course, "person": post.person, "taken_on": _day(scene, who, number)}
                record_training(TrainingRecord(), by=quinn, certificate="", **about)


def _day(scene: Scene, who: tuple[str, str], number: int) -> date:
    """A class of eight at a time, each two weeks after the other."""
    if who in MONTHS_AGO:
        return months_after(scene.today, -MONTHS_AGO[who])
    return scene.today - timedelta(days=200 - number // 8 * 14 % 100)


def _champion(scene: Scene, username: str) -> None:
    person = scene.people[username]
    team = Posting.objects.select_related("team").get(person=person).team
    since = scene.today - timedelta(days=21)
    name_champion(Champion(), by=scene.people["quinn"], person=person, team=team, since=since)


def _list_read(scene: Scene) -> None:
    """One who attended came from another force, and is nobody here."""
    with acting(DEMO):
        course = Course.objects.get(name=MASH)
    content = LIST.format(day=f"{scene.today - timedelta(days=9):%d/%m/%Y}").encode()
    about = {"course": course, "name": "mash-refresher.csv", "content": content}
    read_attendance(AttendanceFile(), by=scene.people["quinn"], **about)

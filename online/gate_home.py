"""What the home page says of children whom an online case concerns, of planned enforcement, and of what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from online.gate_rows import check_as_work, child_as_work, enforcement_as_work, override_as_work
from online.gate_shut import NO_DISCUSSION, shut_in_words
from online.models import ChildrenCheck, Enforcement, GateOverride, LinkedChild
from sla.work import HOME, Share

FEW = 5
OF_A_CASE = ("online_case__team", "online_case__researcher", "online_case__investigator")
State = LinkedChild.State


def _children(heading: str, condition: Q, show: str) -> Share:
    rows = LinkedChild.objects.filter(condition)
    first = rows.select_related("person", *OF_A_CASE).order_by("due_at", "pk")[:FEW]
    url = f"{reverse('online-children')}?show={show}"
    return Share(heading, [child_as_work(each) for each in first], rows.count(), url)


def _checks(heading: str, condition: Q) -> Share:
    rows = ChildrenCheck.objects.filter(condition, state=ChildrenCheck.State.DUE)
    first = rows.select_related("at", "done_by", *OF_A_CASE).order_by("due_at", "pk")[:FEW]
    url = f"{reverse('online-checks')}?show=mine"
    return Share(heading, [check_as_work(each) for each in first], rows.count(), url)


def _planned(heading: str, condition: Q, show: str, *, only_shut: bool = False) -> Share:
    rows = Enforcement.objects.filter(condition, state=Enforcement.State.PLANNED)
    planned = list(rows.select_related(*OF_A_CASE).order_by("planned_for", "pk"))
    shut = shut_in_words(planned)
    found = [each for each in planned if each.pk in shut or not only_shut]
    work = [enforcement_as_work(each, shut.get(each.pk, ())) for each in found[:FEW]]
    return Share(heading, work, len(found), f"{reverse('online-enforcement')}?show={show}")


def _owed(heading: str, condition: Q) -> Share:
    rows = GateOverride.objects.filter(condition, state=GateOverride.State.OWED)
    first = rows.select_related("online_case", "by").order_by("due_at", "pk")[:FEW]
    url = f"{reverse('online-enforcement')}?show=owed"
    return Share(heading, [override_as_work(each) for each in first], rows.count(), url)


def theirs(user: User) -> Q:
    """Of cases that this person researches or investigates, or covers for whoever does; and those nobody has yet."""
    people: Any = people_answered_for(user)
    nobody = Q(online_case__researcher=None, online_case__investigator=None)
    return Q(online_case__researcher__in=people) | Q(online_case__investigator__in=people) | nobody


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.RESEARCH_ONLINE not in acts:
        return
    mine = theirs(user)
    yield _children("Children in your online cases: submit a notice now", mine & Q(state=State.KNOWN), "mine")
    yield _checks("Nobody has looked for children at an address", mine)
    if Can.INVESTIGATE_ONLINE in acts:
        yield _planned("Enforcement planned in your online cases", mine, "mine")
    if Can.SUPERVISE_ONLINE in acts:
        yield _planned("Enforcement is planned and the gate is shut", Q(), "shut", only_shut=True)
        yield _children("Children in online cases: no strategy discussion", NO_DISCUSSION, "no_discussion")
    if Can.COMMAND_ONLINE in acts:
        yield _owed("Strategy discussions owed: enforcement without the gate", Q())


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.RESEARCH_ONLINE not in acts:
        return
    late = Q(state=State.KNOWN, due_at__lt=at)
    yield _children("A child in an online case has no notice, and it is late", theirs(user) & late, "mine")
    if Can.COMMAND_ONLINE in acts:
        yield _owed("A strategy discussion is owed, and it is late", Q(due_at__lt=at))


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)

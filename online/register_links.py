"""What would be lost if a case became part of another: an address where somebody looks for children, and children: the
gate of the other case would not wait for them (`online.gate_hearing`)."""

from __future__ import annotations

from access.actor import System, acting
from online.models import CandidateAddress, CaseTransfer, LinkedChild, OnlineCase
from online.referrals import home_as_compared

LOOKS = System("what a case has that another has not")


def would_be_lost(case: OnlineCase, to: OnlineCase) -> list[str]:
    """In words. Read as the system: what the reader may not see counts as well."""
    with acting(LOOKS, apart=True):
        return [*_offered(case), *_addresses(case, to), *_children(case, to)]


def _offered(case: OnlineCase) -> list[str]:
    offers = CaseTransfer.objects.filter(online_case=case, state=CaseTransfer.State.OFFERED)
    return [f"the answer of {offer.force}, to which it is offered" for offer in offers]


def _addresses(case: OnlineCase, to: OnlineCase) -> list[str]:
    attributed = CandidateAddress.objects.filter(state=CandidateAddress.State.ATTRIBUTED)
    there = {_written(each) for each in attributed.filter(online_case=to)}
    ours = attributed.filter(online_case=case).order_by("recorded_at", "pk")
    return [f"the address {each.written}" for each in ours if _written(each) not in there]


def _written(each: CandidateAddress) -> str:
    return home_as_compared(each.written, each.postcode) or " ".join(each.written.casefold().split())


def _children(case: OnlineCase, to: OnlineCase) -> list[str]:
    children = LinkedChild.objects.exclude(state=LinkedChild.State.IN_ERROR).select_related("person")
    there = {_who(each) for each in children.filter(online_case=to)}
    missing = [each for each in children.filter(online_case=case) if _who(each) not in there]
    if not missing:
        return []
    return ["a child who is linked with it" if len(missing) == 1 else f"{len(missing)} children who are linked with it"]


def _who(child: LinkedChild) -> object:
    """Two children of whom no name is known are not one child."""
    if child.person:
        return child.person.same_as_id
    name = " ".join(child.name_said.casefold().split())
    return child.pk if name in ("not known", "unknown") else name

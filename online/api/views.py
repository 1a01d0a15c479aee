"""Endpoints for referrals: a new one, and how one stands."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from access.api import GuardedApi
from access.problems import Problem
from access.roles import Can
from accounts.once import once
from online.api.bodies import ReferralBody
from online.codes import Channel
from online.models import OnlineCase
from online.referrals import ReferralFacts, Said
from online.workflow import cases

NUL = "\0"


def shown(case: OnlineCase) -> dict[str, Any]:
    """How a referral stands, for the system that sent it."""
    return {
        "reference": case.reference,
        "sender": case.sender,
        "sender_ref": case.sender_ref,
        "state": case.state,
        "received_at": case.received_at,
        "received_again_at": case.received_again_at,
        "records_system_ref": case.external_ref or None,
        "part_of": case.linked_to.reference if case.linked_to else None,
    }


class Referrals(GuardedApi):
    """A referral that another system has: 201 for a new case, 200 for one we have, which was received again."""

    may = cases.register.may

    @once
    def post(self, request: Request) -> Response:
        sent = self.read(ReferralBody)
        said = tuple(Said(**each) for each in sent.pop("identifiers", []))
        facts = ReferralFacts(**sent, said=said)
        _is_in_order(facts)
        case, is_new = cases.take_in(facts, by=self.actor, channel=Channel.SYSTEM.value)
        return Response(shown(case), status=201 if is_new else 200)


def _is_in_order(facts: ReferralFacts) -> None:
    """What the verb refuses, by the name of the field."""
    if facts.uploaded_at and facts.uploaded_at > facts.received_at:
        raise Problem(422, "It cannot have happened after it was received.", field="uploaded_at", code="too_late")
    for number, each in enumerate(facts.said):
        if each.seen_from and each.seen_to and each.seen_to < each.seen_from:
            field = f"identifiers.{number}.seen_to"
            raise Problem(422, "The log times end before they begin.", field=field, code="too_early")


class OneReferral(GuardedApi):
    """How a referral stands: by our reference."""

    may = Can.SEE_ONLINE

    def get(self, request: Request, reference: str) -> Response:
        found = OnlineCase.objects.select_related("linked_to")
        wanted = "" if NUL in reference else reference  # the database cannot be asked for one
        return Response(shown(get_object_or_404(found, reference=wanted)))

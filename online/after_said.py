"""What is known of suspects, bail, safety plans, the designated officer and devices, line by line. “Not known” is never
blank."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse

from access.roles import Can
from govuk.times import exactly
from online.after_rows import children_of, in_charge
from online.codes import Authority
from online.models import Bail, Device, LadoReferral, SafetyPlan, Suspect

NOT_KNOWN = "Not known"


class Said(NamedTuple):
    """One line: what it is about, what is known, and where more is."""

    label: str
    text: str
    url: str = ""


def _case(record: Any) -> Said:
    case = record.online_case
    return Said("Investigation", f"{case}, with {in_charge(case)}", case.get_absolute_url())


def suspect_said(suspect: Suspect, user: Any) -> list[Said]:
    managed = suspect.nominal
    lines = [
        _case(suspect),
        _who(suspect),
        Said("Suspected since", exactly(suspect.suspected_at)),
        Said("Arrested or interviewed", exactly(suspect.arrested_at) if suspect.arrested_at else "Not yet"),
        Said("Stands like this since", exactly(suspect.changed_at)),
        Said("Why", suspect.because or "Nothing has been decided"),
        Said("How linked children are protected", suspect.protects or NOT_KNOWN),
    ]
    if managed:
        url = managed.get_absolute_url() if user.can(Can.SEE_OFFENDERS) else ""
        lines.append(Said("Managed offender", f"{managed.reference}, with {managed.manager}. Ring them", url))
    lines += [
        Said("Bail", f"{each.reference}: {each.get_state_display().lower()}", each.get_absolute_url())
        for each in Bail.objects.filter(suspect=suspect).order_by("-released_at", "pk")
    ]
    lines += [
        Said("Safety plan", f"{each.reference}: {each.get_state_display().lower()}", each.get_absolute_url())
        for each in SafetyPlan.objects.filter(suspect=suspect).order_by("-needed_since", "pk")
    ]
    return lines


def _who(suspect: Suspect) -> Said:
    if suspect.person:
        return Said("Person", f"{suspect.person.name}, {suspect.person.reference}", suspect.person.get_absolute_url())
    at = f". Lives at {suspect.occupant.at}" if suspect.occupant else ""
    return Said("Person", f"{suspect.name_said}{at}. Not on record, or not known who")


def bail_said(bail: Bail) -> list[Said]:
    children = ", ".join(children_of(bail.online_case))
    lines = [
        _case(bail),
        Said("Suspect", bail.suspect.name_said, bail.suspect.get_absolute_url()),
        Said("Children whom it protects", children or "None is linked with the case"),
        Said("Contact", bail.about_contact),
        Said("Where they live and may go", bail.about_address),
        Said("Devices and the internet", bail.about_devices),
        Said("Released", f"{exactly(bail.released_at)}, by {bail.custody_officer}"),
        Said("Ends", exactly(bail.expires_at)),
        Said("By whose authority", f"{Authority(bail.authority).label}. {bail.rule}"),
        Said("Breaches", str(bail.breaches) if bail.breaches else "None is known"),
    ]
    if bail.applied_at:
        lines.append(Said("Court", f"Asked {exactly(bail.applied_at)}; bail goes on until it decides (s.47ZJ)"))
    if bail.ended_at:
        lines.append(Said("Ended", f"{exactly(bail.ended_at)}, {bail.ended_by}: {bail.ended_because}"))
    return lines


def plan_said(plan: SafetyPlan) -> list[Said]:
    filed = f"{exactly(plan.filed_at)}, {plan.filed_by}" if plan.filed_at else "Not yet"
    paper = plan.document
    lines = [
        _case(plan),
        Said("Suspect", plan.suspect.name_said, plan.suspect.get_absolute_url()),
        Said("Owed since", exactly(plan.needed_since)),
        Said("How the child is kept safe", plan.plan or "No plan is filed"),
        Said("Agreed with", plan.agreed_with or NOT_KNOWN),
        Said("Filed", filed),
    ]
    if paper:
        lines.append(Said("Paper", paper.caption, reverse("document", args=[paper.pk])))
    if plan.why_not_yet:
        lines.append(Said("Why it was not there at release", plan.why_not_yet))
    if plan.not_needed_because:
        lines.append(Said("Not needed", plan.not_needed_because))
    return lines


def lado_said(referral: LadoReferral) -> list[Said]:
    occupant = referral.occupant
    told = f"{referral.agency}, {exactly(referral.referred_at)}, by {referral.referred_by}" if referral.agency else ""
    answer = f"{referral.reply} {referral.reply_from}, {exactly(referral.replied_at)}" if referral.replied_at else ""
    chased = f", asked again {referral.chased} time{'' if referral.chased == 1 else 's'}" if referral.chased else ""
    lines = [
        _case(referral),
        Said("Who", f"{occupant.name_said}, {occupant.at}"),
        Said("What they do with children", f"{occupant.post}, {occupant.employer or 'employer not known'}"),
        Said("First known to us", exactly(referral.known_at)),
        Said("Designated officer told", told or "Not yet"),
        Said("Answer", answer or f"Not known{chased}"),
        Said("Risk at their work", referral.transfer_of_risk or NOT_KNOWN),
    ]
    if referral.not_needed_because:
        lines.append(Said("Not needed", referral.not_needed_because))
    return lines


def device_said(device: Device) -> list[Said]:
    lines = [
        _case(device),
        Said("What it is", device.what),
        Said("Seized", exactly(device.seized_at)),
        Said("Examined", exactly(device.examined_at) if device.examined_at else "Not yet"),
        Said("What was found", device.examined_said or NOT_KNOWN),
        Said("Uploaded", f"{exactly(device.uploaded_at)}, {device.caid_ref}" if device.uploaded_at else "Not yet"),
    ]
    if device.ended_because:
        lines.append(Said("Why not", device.ended_because))
    return lines

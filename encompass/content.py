"""What a school reads about a child, and what must never be in it.

A refuge or a new address, other people's data and intelligence never go. The notice or incident it comes from is never
copied: what happened is written for the school, and where nobody wrote it a standard sentence stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from access.actor import System, acting
from access.time import today
from cases.models import Involvement, Person
from cases.records import must_place_nobody
from encompass.models import Answer, Practice, Profile, SchoolNotice
from encompass.schooling import key_adults, practice_of
from govuk.times import exactly
from workflow.transitions import NotNow

READS = System("Operation Encompass: what may not be sent")
HAPPENED = "Police recorded an incident of domestic abuse in the child's family."
VICTIM = (
    "A child who sees, hears or experiences the effects of domestic abuse is a victim of it in their own right "
    "(Domestic Abuse Act 2021, section 3)."
)
SUPPORT = (
    "Please have an adult the child trusts ready for them. Do not ask the child what happened; listen if they tell you."
)
NOT_KNOWN = "not known"


def content_for_school(notice: SchoolNotice) -> dict[str, str]:
    """What one school is told, in the order in which it reads it."""
    practice = practice_of(notice.authority, today())
    said = {
        "about": "Operation Encompass: domestic abuse",
        "police_reference": notice.about_reference,
        "child": notice.child,
        "born_on": f"{notice.born_on:%-d %B %Y}" if notice.born_on else NOT_KNOWN,
    }
    said |= _least(notice) if _profile(practice) == Profile.MINIMUM else _in_full(notice)
    said["what_it_means"] = VICTIM
    said["please"] = notice.support_note or SUPPORT
    if practice and practice.local_line:
        said["agreed_here"] = practice.local_line
    return said


def _profile(practice: Practice | None) -> str:
    return practice.profile if practice else Profile.FULL.value


def _least(notice: SchoolNotice) -> dict[str, str]:
    day = exactly(notice.happened_at).split(", ")[0] if notice.happened_at else NOT_KNOWN
    return {"when": day, "what_happened": HAPPENED}


def _in_full(notice: SchoolNotice) -> dict[str, str]:
    return {
        "when": exactly(notice.happened_at) if notice.happened_at else NOT_KNOWN,
        "where": _where(notice),
        "child_present": _present(notice),
        "what_happened": notice.happened or HAPPENED,
        "voice_of_the_child": notice.voice or "not recorded",
        "spoken_to": notice.voice_how or NOT_KNOWN,
    }


def _where(notice: SchoolNotice) -> str:
    """Where there may be a refuge or a new address, no place is sent at all."""
    if notice.refuge in (Answer.YES, Answer.NOT_KNOWN, ""):
        return "not sent"
    return notice.happened_where or NOT_KNOWN


def _present(notice: SchoolNotice) -> str:
    said = {Answer.YES: "Yes", Answer.NO: "No, the child was not present"}.get(Answer(notice.present), "Not known")
    return f"{said}: {notice.present_where}" if notice.present_where else said


INTELLIGENCE = re.compile(
    r"\b(intelligence|intel|informant|chis|source report|[35]x5x[25]|pnd|pnc|visor|warning marker|sex offender|rso)\b",
    re.IGNORECASE,
)
REFUGE = re.compile(
    r"\b(refuge|safe ?house|women'?s aid|(?:new|protected|secret) address|moved? (?:in)?to|staying (?:at|with)"
    r"|rehoused|relocated)\b",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)


def what_may_not_go(notice: SchoolNotice) -> list[str]:
    """What stands in the text and may not be sent, each as a sentence for the person who has to reword it."""
    sent = content_for_school(notice)
    own = " ".join(sent.get(name, "") for name in ("what_happened", "voice_of_the_child", "spoken_to", "please"))
    own += f" {notice.present_where}" if "child_present" in sent else ""
    wrong = [f"Leave out “{found[0]}”: intelligence is not sent." for found in _each(INTELLIGENCE, own)]
    wrong += [f"Leave out “{found[0]}”: no refuge or new address is sent." for found in _each(REFUGE, own)]
    wrong += [f"Leave out “{found[0]}”: no address is sent in the text." for found in _each(POSTCODE, own)]
    wrong += [f"Leave out “{name}”: other people's data is not sent." for name in _names_in(notice, own)]
    try:
        must_place_nobody(f"{own} {sent.get('where', '')}")
    except NotNow as refusal:
        wrong.append(str(refusal))
    return list(dict.fromkeys(wrong))


def _each(pattern: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    return pattern.finditer(text)


def _names_in(notice: SchoolNotice, text: str) -> list[str]:
    """Names of other people of the incident that stand in the text: whole names, and given names by themselves."""
    own = set(notice.child.lower().split())
    found = []
    for name in _other_names(notice):
        words = [word for word in name.split() if len(word) > 1 and word.lower() not in own]
        parts = [name, *words] if words else []
        if any(re.search(rf"\b{re.escape(part)}\b", text) for part in parts):
            found.append(name)
    return sorted(set(found))


def _other_names(notice: SchoolNotice) -> set[str]:
    """Everybody the incident or its notice names, and every other child of it."""
    with acting(READS):
        about = [notice.about, notice.arises_from]
        parts = Involvement.objects.filter(record__in=about, withdrawn_at=None).select_related("person")
        people = [part.person for part in parts]
        if notice.person_id:
            root = Person.objects.filter(pk=notice.person_id).figures().values_list("same_as", flat=True).first()
            people = [person for person in people if person.same_as_id != root]
        children = SchoolNotice.objects.filter(arises_from=notice.arises_from).exclude(pk=notice.pk)
        names = {person.name for person in people} | {other.child for other in children} | set(notice.others)
    return {name for name in names if name and name != notice.child and name.lower() != NOT_KNOWN}


def preview(notice: SchoolNotice) -> list[tuple[str, str]]:
    """The text as the school reads it, with its headings."""
    return in_words(notice.content or content_for_school(notice))


def in_words(content: dict[str, str]) -> list[tuple[str, str]]:
    return [(HEADINGS.get(name, name.replace("_", " ").capitalize()), text) for name, text in content.items()]


HEADINGS = {
    "about": "About",
    "born_on": "Date of birth",
    "what_it_means": "What it means",
    "child_present": "Was the child there?",
    "spoken_to": "How the child was spoken to",
    "please": "What the school can do",
    "agreed_here": "Agreed with schools here",
}


def whom_to_tell(notice: SchoolNotice) -> list[str]:
    """Key adults of the place, with their telephone numbers."""
    adults = key_adults(notice.school, notice.authority if notice.school is None else None)
    return [f"{adult}: {adult.phone or 'no number known'}" for adult in adults]

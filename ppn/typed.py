"""What was typed into a notice, kept as it was typed: text box by text box, checked by nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.http import QueryDict

NOT_KEPT = {"csrfmiddlewaretoken", "key", "add_person", "save_draft"}
MOST = 200_000
"""Characters. A notice of 20 people with every box full of text is below it."""

Typed = dict[str, list[str]]


class NotKept(ValueError):
    """What was sent cannot be kept as it is. Plain English, for the person."""


def kept(sent: QueryDict) -> Typed:
    """Every box that has something in it. Raises NotKept."""
    typed = {name: [str(each) for each in sent.getlist(name)] for name in sent if name not in NOT_KEPT}
    if sum(len(text) for texts in typed.values() for text in texts) > MOST:
        raise NotKept("That is more than a notice can hold.")
    if any("\0" in text for texts in typed.values() for text in texts):
        raise NotKept("There is a character in it that cannot be kept (NUL). Take it out; it cannot be seen.")
    return {name: texts for name, texts in typed.items() if any(text.strip() for text in texts)}


def as_sent(typed: Mapping[str, Sequence[str]]) -> QueryDict:
    """The same as a form reads it."""
    sent = QueryDict(mutable=True)
    for name, texts in typed.items():
        sent.setlist(name, list(texts))
    return sent


def people_in(typed: Mapping[str, Sequence[str]]) -> int:
    """How many people have been begun."""
    numbers = [
        int(name.split("-")[1]) for name in typed if name.startswith("subjects-") and name.split("-")[1].isdigit()
    ]
    return max(numbers, default=0) + 1


def in_words(typed: Mapping[str, Sequence[str]], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each box by its label, for somebody who reads a draft of another."""
    for name, texts in typed.items():
        if name.endswith(("_FORMS", "from")):
            continue
        *person, box = name.split("-")
        who = f"Person {int(person[1]) + 1}: " if len(person) > 1 and person[1].isdigit() else ""
        yield f"{who}{labels.get(box, box.replace('_', ' '))}", ", ".join(text for text in texts if text.strip())

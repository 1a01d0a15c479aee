"""Numbers and addresses that belong to few people: telephone, e-mail, NHS number, numbers of other systems."""

from __future__ import annotations

import re
from functools import lru_cache

from matching.names import fold

_FIGURE = re.compile(r"[0-9]")
_NO_FIGURES = re.compile(r"[^0-9]+")


def figures(text: str) -> str:
    return _NO_FIGURES.sub("", text)


def phone(text: str) -> str:
    """The figures, the same with 0 and with +44. Fewer than nine are an extension or a mistake."""
    number = figures(text).lstrip("0")
    national = number[2:].lstrip("0") if number.startswith("44") else number
    return national if 9 <= len(national) <= 15 and len(set(national)) > 2 else ""


def email(text: str) -> str:
    """In small letters. What is written for none, such as "n/a", is none."""
    address = "".join(text.casefold().split()).encode(errors="ignore").decode()
    return address if len(address) >= 6 and ("@" in address or "." in address) else ""


def reference(text: str) -> str:
    """Letters and figures only. Fewer than four, or not one figure, stand for nobody."""
    plain = fold(text).replace(" ", "")
    return plain if len(plain) >= 4 and _FIGURE.search(plain) else ""


@lru_cache(maxsize=4_096)
def nhs_number(text: str) -> str:
    """The ten figures, if the last is the check digit of the others; otherwise nothing, because it proves nothing.

    Modulus 11, as in the NHS Data Dictionary, "NHS number".
    """
    number = figures(text)
    if len(number) != 10 or len(set(number)) == 1:
        return ""
    check = 11 - sum(int(figure) * (10 - at) for at, figure in enumerate(number[:9])) % 11
    return number if check % 11 == int(number[9]) else ""

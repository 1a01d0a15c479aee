"""What telephone numbers, e-mail addresses, the NHS number, numbers of other systems and the sex say."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from jellyfish import damerau_levenshtein_distance

from matching.described import Described
from matching.evidence import NOTHING_KNOWN, Evidence, weighed
from matching.weights import Weight

MOST_SIGNS_APART = 3


def nhs(one: Described, other: Described) -> Evidence:
    if not one.valid_nhs_number or not other.valid_nhs_number:
        return NOTHING_KNOWN
    if one.valid_nhs_number == other.valid_nhs_number:
        return weighed(Weight.NHS_SAME, "Same NHS number", personal=True)
    return weighed(Weight.NHS_OTHER, "Different NHS numbers", rules_out_likely=True)


def email(one: Described, other: Described) -> Evidence:
    if not one.email_addresses or not other.email_addresses:
        return NOTHING_KNOWN
    if both := one.email_addresses & other.email_addresses:
        return weighed(Weight.EMAIL_SAME, f"Same e-mail address, {min(both)}", personal=True)
    alike = [pair for pair in product(one.email_addresses, other.email_addresses) if _spelt_alike(*pair)]
    if alike:
        said = min(f"E-mail addresses spelt alike: {', '.join(sorted(pair))}" for pair in alike)
        return weighed(Weight.EMAIL_ALIKE, said, personal=True)
    return weighed(Weight.EMAIL_OTHER, "Different e-mail addresses")


@lru_cache(maxsize=4_096)
def _spelt_alike(one: str, other: str) -> bool:
    return damerau_levenshtein_distance(one, other) <= min(MOST_SIGNS_APART, len(one) // 5, len(other) // 5)


def phone(one: Described, other: Described) -> Evidence:
    if both := one.telephone_numbers & other.telephone_numbers:
        return weighed(Weight.PHONE_SAME, f"Same telephone number, 0{min(both)}")
    return NOTHING_KNOWN


def reference(one: Described, other: Described) -> Evidence:
    if both := one.other_numbers & other.other_numbers:
        return weighed(Weight.REFERENCE_SAME, f"Same reference, {min(both).upper()}", personal=True)
    return NOTHING_KNOWN


def sex(one: Described, other: Described) -> Evidence:
    """Somebody who is neither, or both, may have been recorded as either."""
    if not {one.sex, other.sex} <= {"female", "male"}:
        return NOTHING_KNOWN
    if one.sex == other.sex:
        return weighed(Weight.SEX_SAME, f"Same sex: {one.sex}")
    return weighed(Weight.SEX_OTHER, "Recorded as female and as male")

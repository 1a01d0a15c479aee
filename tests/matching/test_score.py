"""Are these two one person? What speaks for it and against, and what is never said without a person looking."""

from datetime import date
from math import log2

import pytest

from matching.described import Described, Home, Written
from matching.register import Register
from matching.score import LIKELY, POSSIBLE, UNLIKELY, compare
from matching.weights import Weight
from tests.matching.people import BORN, HOME, NHS, OTHER_NHS, at_home, person


def reasons(one, other):
    comparison = compare(one, other)
    return comparison.reasons_for, comparison.reasons_against


# One person


def test_the_same_name_and_date_of_birth_are_likely_one_person():
    comparison = compare(person(), person())
    assert comparison.grade == LIKELY
    assert comparison.reasons_for == (
        "Same given name: Poppy",
        "Same surname: Sallowfold",
        "Same date of birth, 27 March 2014",
    )
    assert comparison.reasons_against == ()


@pytest.mark.parametrize(
    ("given", "family", "said"),
    [
        ("Popy", "Sallowfold", "Given name sounds alike: Poppy, Popy"),
        ("Poppy", "Sallowfeld", "Surname sounds alike: Sallowfeld, Sallowfold"),
        ("Poppy", "Salowfould", "Surname sounds alike: Sallowfold, Salowfould"),
        ("Pippy", "Sallowfold", "Given name sounds alike: Pippy, Poppy"),
        ("Poppy", "Sallowford", "Surname spelt alike: Sallowfold, Sallowford"),
        ("Poppy", "Sallowfold-Thrupp", "Part of the surname is the same: Sallowfold, Sallowfold-Thrupp"),
        ("P", "Sallowfold", "Initial of the given name fits: P, Poppy"),
        ("Rose Poppy", "Sallowfold", "Goes by another given name: Poppy, Rose Poppy"),
        ("Sallowfold", "Poppy", "Same surname: Sallowfold"),
        ("POPPY", "Sállowfold", "Same surname: Sallowfold"),
        ("", "Poppy Sallowfold", "Same surname: Sallowfold"),
    ],
)
def test_a_name_may_be_written_in_many_ways(given, family, said):
    comparison = compare(person(), person(given, family))
    assert comparison.grade == LIKELY
    assert said in comparison.reasons_for


def test_names_in_the_other_order_are_said_to_be():
    assert "Given name and surname in the other order" in reasons(person(), person("Sallowfold", "Poppy"))[1]


def test_a_short_form_is_nearly_as_good_as_the_name():
    bill, william, other = person("Bill"), person("William"), person("Gawain")
    assert reasons(bill, william)[0][0] == "Bill is short for William"
    weights = [compare(william, each).weight for each in (william, bill, other)]
    assert weights == sorted(weights, reverse=True)
    assert compare(bill, william).grade == LIKELY


def test_any_of_several_names_may_agree():
    married = Described(names=(Written("Poppy", "Thrupp"), Written("Poppy", "Sallowfold")), born_on=BORN)
    assert compare(married, person()) == compare(person(), person())


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2014, 3, 28), "Dates of birth differ in one figure: 27 March 2014 and 28 March 2014"),
        (date(2014, 3, 17), "Dates of birth differ in one figure: 17 March 2014 and 27 March 2014"),
        (date(2004, 3, 27), "Dates of birth differ in one figure: 27 March 2004 and 27 March 2014"),
        (date(2014, 3, 5), "Dates of birth agree but for one part: 5 March 2014 and 27 March 2014"),
    ],
)
def test_a_mistake_in_the_date_of_birth_is_forgiven_where_the_rest_agrees(born, said):
    comparison = compare(at_home(), at_home(born=born))
    assert comparison.grade == LIKELY
    assert said in comparison.reasons_for


def test_day_and_month_may_be_swapped():
    one, other = person(born=date(2014, 3, 4)), person(born=date(2014, 4, 3))
    assert compare(one, other).grade == LIKELY
    assert "Day and month swapped: 4 March 2014 and 3 April 2014" in reasons(one, other)[0]


def test_the_first_of_january_says_less_because_it_stands_for_not_known():
    first_january, another_day = (person(born=day) for day in (date(2014, 1, 1), date(2014, 1, 2)))
    assert compare(first_january, first_january).weight < compare(another_day, another_day).weight


def test_an_estimated_age_that_fits_speaks_for_it_and_one_that_does_not_against():
    about = Described(names=(Written("Poppy", "Sallowfold"),), born_about=(date(2013, 3, 3), date(2015, 3, 2)))
    assert "The ages fit" in reasons(about, person())[0]
    assert "The ages fit" in reasons(about, about)[0]
    assert reasons(about, person(born=date(2008, 3, 2)))[1] == (
        "The ages are 5 years apart, and at least one is an estimate",
    )


def test_what_is_not_known_of_either_is_no_evidence():
    nothing = Described()
    assert compare(nothing, at_home(nhs_number=NHS)).weight == 0
    assert reasons(nothing, nothing) == ((), ())
    assert compare(person("Unknown"), person()).reasons_against == ()
    assert compare(person("Baby"), person("Unborn")).reasons_against == ()


def test_numbers_and_homes_that_agree_are_said():
    known = {
        "addresses": (HOME,),
        "phones": ("07700 900123",),
        "emails": ("Poppy.S@example.com",),
        "nhs_number": NHS,
        "references": ("UPN A823-4567",),
        "sex": "female",
    }
    also = known | {
        "phones": ("+44 7700 900123",),
        "emails": ("poppy.s@example.com ",),
        "references": ("upn a8234567",),
    }
    assert reasons(person(**known), person(**also)) == (
        (
            "Same given name: Poppy",
            "Same surname: Sallowfold",
            "Same date of birth, 27 March 2014",
            "Lived at the same address, 14 Larkfield Road, Southampton",
            "Same NHS number",
            "Same telephone number, 07700900123",
            "Same e-mail address, poppy.s@example.com",
            "Same reference, UPNA8234567",
            "Same sex: female",
        ),
        (),
    )


# Two people


def test_two_nhs_numbers_are_two_people_until_somebody_looks():
    comparison = compare(at_home(nhs_number=NHS), at_home(nhs_number=OTHER_NHS))
    assert comparison.grade == POSSIBLE
    assert comparison.look_first
    assert "Different NHS numbers" in comparison.reasons_against


def test_an_nhs_number_whose_check_digit_is_wrong_proves_nothing():
    assert compare(person(nhs_number=NHS), person(nhs_number="999 000 0019")) == compare(person(), person())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Poppy", "Daisy"),
        ("Hayden", "Jayden"),
        ("Paul", "Paula"),
        ("Dan", "Dana"),
        ("Oliver", "Olivia"),
        ("Ella Rose", "Mia Rose"),
    ],
)
def test_twins_are_never_likely_one_person(one, other):
    known = {"phones": ("01632 960123",), "emails": ("family@example.com",)}
    comparison = compare(at_home(one, **known), at_home(other, **known))
    assert comparison.grade == POSSIBLE
    assert comparison.look_first


def test_a_brother_or_sister_is_not_even_possible():
    assert compare(at_home("Poppy"), at_home("Gawain", born=date(2011, 9, 2))).grade == UNLIKELY


def test_a_child_of_no_known_given_name_or_birth_is_not_likely_another_of_the_family():
    assert compare(at_home("", born=None), at_home()).grade == POSSIBLE
    assert compare(at_home(""), at_home(born=date(2013, 3, 1))).grade == POSSIBLE


@pytest.mark.parametrize("born", [date(1984, 3, 27), date(1990, 11, 2), date(2001, 3, 27)])
def test_parent_and_child_of_one_name_are_never_likely_one_person(born):
    known = {"phones": ("01632 960123",), "emails": ("family@example.com",)}
    comparison = compare(at_home(**known), at_home(born=born, **known))
    assert comparison.grade == POSSIBLE
    assert comparison.look_first


def test_a_very_different_date_of_birth_weighs_heavily_against():
    other = person(born=date(2011, 1, 14))
    assert compare(person(), other).weight < compare(person(), person(born=None)).weight - 7
    assert compare(person(), other).grade != LIKELY
    assert reasons(person(), other)[1] == ("Born 3 years apart: 14 January 2011 and 27 March 2014",)


@pytest.mark.parametrize(
    ("born", "apart"),
    [
        (date(2014, 5, 2), "1 month"),
        (date(2014, 2, 9), "2 months"),
        (date(2015, 4, 1), "1 year"),
        (date(2009, 1, 1), "5 years"),
    ],
)
def test_how_far_two_births_are_apart_is_said_in_words(born, apart):
    said = reasons(person(), person(born=born))
    assert any(each.startswith(f"Born {apart} apart: ") for each in said[0] + said[1])


def test_a_name_alone_is_never_likely_however_rare():
    assert compare(person(born=None), person(born=None)).grade == POSSIBLE
    assert compare(person(born=None), person(born=None), among=Register(10)).grade == POSSIBLE


def test_a_day_of_birth_alone_is_never_likely():
    assert compare(Described(born_on=BORN), person(), among=Register(10)).grade != LIKELY


def test_another_sex_speaks_against_it_unless_it_is_neither():
    female, male, other = (person(sex=sex) for sex in ("female", "male", "other"))
    assert "Recorded as female and as male" in reasons(female, male)[1]
    assert compare(female, other) == compare(person(), person())


# Where they live


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("14 High Street, Southampton", "Flat 2, 14 High St, Southampton", "Lived at the same address"),
        ("14 Larkfield Road, Fareham", "14 Larkfeild Rd Fareham", "Lived at the same address"),
        ("177 larkfieldroad milton fareham", "177 larkfield road milton fareham", "Lived at the same address"),
        ("14 Larkfield Road, Fareham, SO14 9ZZ", "14 Larkfield Road", "Lived at the same address"),
        ("14 Larkfield Road, Fareham", "16 Larkfield Road, Fareham", "Lived in the same street"),
        ("14 High Street, Southampton", "14 High Street, Portsmouth", "Different addresses"),
        ("14 Larkfield Road, Fareham", "14 Larkfield Close, Fareham", "Different addresses"),
        ("12 Park Road, Upper Wick, Fareham", "12 Mill Road, Upper Wick, Fareham", "Lived in the same place"),
        ("Southampton", "Sothampton", "Lived in the same place"),
        ("Southampton", "Portsmouth", "Different addresses"),
    ],
)
def test_addresses_are_compared_as_people_write_them(one, other, said):
    found = reasons(*(Described(addresses=(Home(address, ""),)) for address in (one, other)))
    assert [each.split(",")[0] for each in found[0] + found[1]] == [said]


def test_the_same_full_postcode_is_worth_more_than_the_same_district():
    full, district = (Described(addresses=(Home("", code),)) for code in ("SO14 9ZZ", "SO14"))
    assert compare(full, full).weight > compare(district, district).weight > 0


def test_a_home_they_once_had_counts():
    moved = person(addresses=(Home("3 Quarry Lane, Alton", "GU34 9ZZ"), HOME))
    assert compare(moved, at_home()) == compare(at_home(), at_home())


# How much must agree


def test_the_more_people_there_are_the_more_must_agree():
    one, other = person(), person(born=date(2014, 3, 28), addresses=(Home("Alton", ""),))
    assert compare(one, other, among=Register(1_000)).grade == LIKELY
    assert compare(person("Jane", "Smith"), person("Jane", "Smith", date(2014, 3, 28))).grade == POSSIBLE


def test_a_common_surname_says_less_than_a_rare_one():
    smith, sallowfold = person(family="Smith"), person(family="Sallowfold")
    assert compare(smith, smith).weight < compare(sallowfold, sallowfold).weight


def test_a_name_is_as_common_as_it_is_on_the_register():
    register = Register.of([person(), *(person(f"Poppy{number}", "Thrupp") for number in range(29))])
    assert register.people == 30
    thrupp, sallowfold = person(family="Thrupp"), person(family="Sallowfold")
    assert compare(thrupp, thrupp, among=register).weight < compare(sallowfold, sallowfold, among=register).weight


def test_every_weight_has_a_reason_and_the_points_of_its_shares():
    for weight in Weight:
        assert weight.why
        assert weight.points == log2(weight.same / weight.others)

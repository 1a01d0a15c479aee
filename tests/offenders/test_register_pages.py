"""The pages of the register take somebody from the court to the end of their period; what they say, whom they let in,
and what they keep when something is missing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import acting
from access.roles import Can
from accounts.models import Posting
from cases.workflow.people import declare_conflict
from offenders.models import Nominal, NotificationDuty, Spell
from offenders.register_urls import urlpatterns
from offenders.workflow import periods
from offenders.workflow.registrations import Held
from tests.households import HERE, lives_at, on_record
from tests.offenders.register_scenes import (
    as_it_is,
    before_sentence,
    changed,
    duty_of,
    in_custody,
    known_to_police,
    notified,
    of_each,
    ordered,
    registered,
    taken_over,
    travels,
)
from tests.offenders.scenes import managed
from tests.strategy.test_pages import moment, text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LISTS = ["offenders", "offenders-notifications", "offenders-releases", "offenders-travel"]
TAKING_ON = ["offenders-register", "offenders-take-on", "offenders-before-sentence", "offenders-take-over"]
ABOUT_A_RECORD = [each.name for each in urlpatterns if each.name not in (*LISTS, *TAKING_ON)]


def page(client, who, name, *keys, **query):
    client.force_login(who)
    return client.get(reverse(name, args=keys), query)


def sends(client, who, name, *keys, **said):
    client.force_login(who)
    return client.post(reverse(name, args=keys), said)


def day(name, at):
    return {f"{name}_day": at.day, f"{name}_month": at.month, f"{name}_year": at.year}


def conviction(at, **said):
    usual = {"offence": "Sexual assault of a child under 13 (s.7)", "disposal": "months_30", "under_18": "no"}
    return {**usual, **day("relevant_on", at), **said}


def usual(manager, at):
    mappa = {"category": "1", "level": "1", "lead_agency": "police"}
    return {"manager": manager.pk, **mappa, **moment("notified_at", at)}


def key_of(made):
    assert made.status_code == 302, text(made)
    return made.url.strip("/").split("/")[-1]


def test_the_hub_registers_somebody_records_what_they_notify_and_their_release(client, clock, hana, omar, stella):
    person = lives_at(on_record(hana, "Alban Marchfold"), HERE, hana)
    lives_at(on_record(hana, "Poppy Garmere"), HERE, hana)
    shown = page(client, hana, "offenders-register", person=person.reference)
    assert person.reference in text(shown)
    sent = {"key": shown.context["key"], "person": person.reference, **usual(omar, clock.at), **conviction(clock.at)}
    pk = key_of(sends(client, hana, "offenders-register", **sent))
    whole = text(client.get(reverse("nominal", args=[pk])))
    for said in (
        "Alban Marchfold",
        "Poppy Garmere",
        "The period has no end",
        "Initial notification",
        "Category 1",
        "RS1",
    ):
        assert said in whole, said
    nominal = as_it_is(Nominal(pk=pk))
    duty = duty_of(nominal, "initial")
    about = {"given_where": "Northgate", "taken_by": "4411", **moment("given_at", clock.at)}
    assert sends(client, omar, "notificationduty-given", duty.pk, **about).status_code == 302
    assert "Given in person, not checked yet" in text(client.get(duty.get_absolute_url()))
    assert sends(client, hana, "notificationduty-check", duty.pk).status_code == 302
    spell = {"because": "sentence", "where": "Garmere prison", **day("began_on", clock.at)}
    spell_pk = key_of(sends(client, hana, "nominal-custody", pk, **spell, **day("ends_on", clock.at + DAY)))
    assert "Time does not run" in text(client.get(reverse("nominal", args=[pk])))
    clock.shift(3 * DAY)
    assert "The expected day has passed" in text(client.get(reverse("nominal", args=[pk])))
    passed = text(page(client, stella, "offenders-releases"))
    assert "Alban Marchfold" in passed
    assert "nobody has recorded what happened" in passed
    assert sends(client, hana, "spell-over", spell_pk, **day("ended_on", clock.at)).status_code == 302
    assert "Alban Marchfold" not in text(page(client, stella, "offenders-releases"))
    assert "Released, awaiting a visit" in text(client.get(reverse("nominal", args=[pk])))


def test_somebody_before_sentence_is_taken_on_and_registered_when_the_court_has_decided(
    client, clock, hana, omar, stella
):
    person = on_record(omar, "Corin Sallowfold")
    about = {"person": person.reference, "charged_with": "Section 9", **usual(omar, clock.at)}
    pk = key_of(sends(client, omar, "offenders-before-sentence", **about))
    whole = text(client.get(reverse("nominal", args=[pk])))
    assert "Not sentenced yet" in whole
    assert "Record the sentence:</strong> for a" in whole
    late = {"because": "The court said so", **day("sentence_on", clock.at + 9 * DAY)}
    assert sends(client, omar, "nominal-sentence-expected", pk, **late).status_code == 302
    said = {**conviction(clock.at), **moment("notified_at", clock.at), "external_system": "ViSOR", "external_ref": "V9"}
    assert sends(client, hana, "nominal-sentenced", pk, **said).status_code == 302
    again = conviction(clock.at, disposal="caution")
    assert sends(client, hana, "nominal-requirement", pk, **again).status_code == 302
    assert "ViSOR V9" in text(client.get(reverse("nominal", args=[pk])))
    ended = sends(client, stella, "nominal-end", pk, because="Moved away for good")
    assert ended.status_code == 302
    assert "Moved away for good" in text(client.get(ended.url))
    assert sends(client, hana, "nominal-archive", pk, visor_ref="V9/A").status_code == 302


def test_somebody_not_registered_and_somebody_of_before(client, clock, hana, omar):
    person = on_record(omar, "Desmond Garmere")
    about = {"person": person.reference, "managed_as": "violent", **usual(omar, clock.at), "category": "2"}
    pk = key_of(sends(client, omar, "offenders-take-on", **about))
    assert "Violent offender" in text(client.get(reverse("nominal", args=[pk])))
    older = on_record(hana, "Edric Fernfold")
    held = {
        "person": older.reference,
        "managed_as": "rso",
        "risk": "high",
        **usual(omar, clock.at),
        **conviction(clock.at - 2000 * DAY),
        **day("last_notified_on", clock.at - 400 * DAY),
        **day("assessed_on", clock.at - 200 * DAY),
        **day("last_visited_on", clock.at - 100 * DAY),
    }
    pk = key_of(sends(client, hana, "offenders-take-over", **held))
    whole = text(client.get(reverse("nominal", args=[pk])))
    assert "Missed: annual notification" in whole
    assert "High" in whole
    nobody = sends(client, hana, "offenders-take-over", **{**held, "offence": ""})
    assert (nobody.status_code, "A registered sex offender has one" in text(nobody)) == (422, True)


def test_how_somebody_lives_and_where_they_are(client, clock, hana, omar, stella):
    nominal = known_to_police(hana, omar)
    steps = [
        ("nominal-no-fixed-abode", {"no_fixed_abode": "yes", "because": "Sleeps at the station"}, "No fixed abode"),
        (
            "nominal-children",
            {"children_at_home": "yes", "because": "Seen"},
            "A child lives, or stays, where they live",
        ),
        ("nominal-warnings", {"warnings": "A dog in the yard"}, "A dog in the yard"),
        (
            "nominal-mappa",
            {"category": "1", "level": "2", "lead_agency": "probation", "because": "The board"},
            "Level 2",
        ),
        ("nominal-reviewed", {"said": "Level 2 stays", **moment("reviewed_at", clock.at)}, "Last reviewed"),
        (
            "nominal-lost",
            {"whereabouts": "missing", "because": "Not there", **moment("since", clock.at)},
            "Missing since",
        ),
        ("nominal-looked-for", {"said": "Asked his sister"}, "Asked his sister"),
        ("nominal-located", {"said": "At his sister's"}, "In the community"),
    ]
    for name, said, shown in steps:
        made = sends(client, omar, name, nominal.pk, **said)
        assert made.status_code == 302, (name, text(made))
        assert shown in text(client.get(nominal.get_absolute_url())), name
    assert "Missing since" not in text(client.get(nominal.get_absolute_url()))
    died = {"how_known": "The coroner", **day("died_on", clock.at)}
    assert sends(client, stella, "nominal-died", nominal.pk, **died).status_code == 302


def test_what_they_notify_travel_and_orders(client, clock, hana, omar, stella):
    nominal = known_to_police(hana, omar)
    said = {"kind": "change", "what": "New name: Alban Fern", **day("arose_on", clock.at)}
    pk = key_of(sends(client, omar, "nominal-notification", nominal.pk, **said))
    clock.shift(4 * DAY)
    shown = text(page(client, stella, "notificationduty", pk))
    assert "Missed: the last day was Wed 4 March 2026" in shown
    assert "Decide on the breach" in shown
    decided = sends(client, stella, "notificationduty-breach", pk, breach="excused", because="In a coma")
    assert "In a coma" in text(client.get(decided.url))
    away = clock.at + 3 * DAY
    journey = {"given_where": "Northgate", "countries": "Portugal", "with_children": "not_known"}
    when = {**moment("notified_at", clock.at), **moment("departs_at", away)}
    short = sends(client, omar, "nominal-travel", nominal.pk, **journey, **when)
    assert (short.status_code, "shorter than 7 days" in text(short), "Portugal" in text(short)) == (422, True, True)
    pk = key_of(sends(client, omar, "nominal-travel", nominal.pk, **journey, **when, late_excuse="His mother is ill"))
    order = {"kind": "travel", "terms": "Not to leave", "protects_children": "yes", **day("made_on", clock.at)}
    order_pk = key_of(sends(client, omar, "nominal-order", nominal.pk, **order))
    assert "A court order restricts their travel" in text(page(client, hana, "travel", pk))
    changed_to = {**journey, **when, "countries": "Spain", "late_excuse": "His mother is ill"}
    assert sends(client, omar, "travel-change", pk, **changed_to).status_code == 302
    assert sends(client, hana, "travel-check", pk, said="The order forbids it").status_code == 302
    clock.set(away)
    assert sends(client, omar, "travel-left", pk).status_code == 302
    assert sends(client, omar, "travel-returned", pk, **day("returned_on", clock.at)).status_code == 302
    assert duty_of(nominal, "travel_return").state == "due"
    varied = {"terms": "Not to leave Europe", "because": "Sallow court", "ends_on": ""}
    assert sends(client, omar, "civilorder-vary", order_pk, **varied).status_code == 302
    assert sends(client, omar, "civilorder-end", order_pk, because="Discharged").status_code == 302
    assert "Discharged" in text(client.get(reverse("civilorder", args=[order_pk])))
    other = travels(as_it_is(nominal), omar)
    assert sends(client, omar, "travel-not-going", other.pk, because="Said so").status_code == 302
    needless = changed(as_it_is(nominal), omar)
    assert sends(client, stella, "notificationduty-not-needed", needless.pk, because="Did not move").status_code == 302


def test_custody_that_changes_or_was_an_error(client, clock, hana, omar, stella):
    spell = in_custody(registered(hana, omar), omar)
    later = {"where": "Sallow prison", "because": "The prison rang", **day("ends_on", clock.at + 9 * DAY)}
    assert sends(client, omar, "spell-change", spell.pk, **later).status_code == 302
    assert "Sallow prison" in text(client.get(spell.get_absolute_url()))
    assert sends(client, stella, "spell-in-error", spell.pk, because="Another man").status_code == 302


def test_a_superintendent_decides_on_an_indefinite_requirement(client, clock, hana, omar, sue):
    held = Held(last_notified_on=(clock.at - 16 * 366 * DAY).date())
    nominal = taken_over(hana, omar, held=held, relevant_on=(clock.at - 17 * 366 * DAY).date())
    said = {"said": "Sixteen years", **moment("applied_at", clock.at)}
    pk = key_of(sends(client, omar, "nominal-apply", nominal.pk, **said))
    assert "Indefinite requirements to review" in text(page(client, sue, "home"))
    assert sends(client, sue, "indefinitereview-continues", pk, because="The risk is high").status_code == 302
    pk = key_of(sends(client, omar, "nominal-apply", nominal.pk, **said))
    assert sends(client, sue, "indefinitereview-ends", pk, because="No risk is left").status_code == 302
    assert "No risk is left" in text(client.get(reverse("indefinitereview", args=[pk])))


# --- who is let in


@pytest.mark.parametrize("name", ABOUT_A_RECORD)
def test_pages_are_for_those_whose_work_it_is(client, cast, name):
    made = of_each(cast)
    record = made[name.split("-")[0]]
    client.force_login(cast["callie"])
    assert client.get(reverse(name, args=[record.pk])).status_code == 403
    client.force_login(cast["sue"])
    assert client.get(reverse(name, args=[record.pk])).status_code == 200
    person = record.person if isinstance(record, Nominal) else record.nominal.person
    declare_conflict(person, by=cast["sue"], user=cast["imran"], because="His brother")
    client.force_login(cast["imran"])
    status = client.get(reverse(name, args=[record.pk])).status_code
    assert status == (403 if name.startswith("indefinitereview-") else 404)


@pytest.mark.parametrize("name", [*LISTS, *TAKING_ON])
def test_lists_and_taking_on_are_for_those_whose_work_it_is(client, cast, name):
    for who, act in (("callie", None), ("hana", Can.KEEP_REGISTER), ("omar", Can.MANAGE_OFFENDERS)):
        may = name in LISTS and act
        may = may or (name in ("offenders-register", "offenders-take-over") and who == "hana")
        may = may or (name in ("offenders-take-on", "offenders-before-sentence") and who == "omar")
        assert page(client, cast[who], name).status_code == (200 if may else 403), who


# --- what was typed is kept


@pytest.mark.parametrize(
    ("who", "name", "of", "said", "kept"),
    [
        (
            "hana",
            "offenders-register",
            None,
            {"offence": "Section 7", "relevant_on_day": "31"},
            ["Section 7", 'value="31"'],
        ),
        ("hana", "offenders-take-over", None, {"warnings": "A dog", "last_visited_on_year": "199"}, ["A dog", "199"]),
        ("omar", "offenders-take-on", None, {"external_ref": "V7", "person": "PER-9"}, ["V7", "PER-9"]),
        ("omar", "offenders-before-sentence", None, {"charged_with": "Section 9"}, ["Section 9"]),
        ("hana", "nominal-requirement", "nominal", {"offence": "Section 7"}, ["Section 7"]),
        ("omar", "nominal-notification", "nominal", {"what": "New name", "kind": "x"}, ["New name"]),
        ("omar", "nominal-custody", "nominal", {"where": "Garmere prison"}, ["Garmere prison"]),
        ("omar", "nominal-travel", "nominal", {"countries": "Spain", "departs_at_time": "25:00"}, ["Spain", "25:00"]),
        ("omar", "nominal-order", "nominal", {"terms": "No contact"}, ["No contact"]),
        ("omar", "nominal-children", "nominal", {"because": "Seen there"}, ["Seen there"]),
        ("omar", "nominal-no-fixed-abode", "nominal", {"because": "Seen there"}, ["Seen there"]),
        ("omar", "nominal-mappa", "nominal", {"because": "The board", "level": "9"}, ["The board"]),
        ("omar", "nominal-reviewed", "nominal", {"said": "All of it"}, ["All of it"]),
        ("omar", "nominal-lost", "nominal", {"because": "Not there"}, ["Not there"]),
        ("stella", "nominal-died", "nominal", {"how_known": "The coroner"}, ["The coroner"]),
        ("omar", "notificationduty-given", "notificationduty", {"taken_by": "4411"}, ["4411"]),
        ("stella", "notificationduty-breach", "notificationduty", {"because": "Forgot"}, ["Forgot"]),
        ("omar", "spell-change", "spell", {"because": "They rang", "ends_on_day": "40"}, ["They rang", "40"]),
        ("omar", "spell-over", "spell", {"ended_on_month": "Mars"}, ["Mars"]),
        ("omar", "travel-change", "travel", {"stays_at": "A hotel"}, ["A hotel"]),
        ("hana", "travel-check", "travel", {"said": " "}, []),
        ("omar", "civilorder-vary", "civilorder", {"terms": "Less"}, ["Less"]),
    ],
)
def test_a_form_that_is_refused_names_the_field_and_keeps_what_was_typed(client, cast, who, name, of, said, kept):
    keys = [of_each(cast)[of].pk] if of else []
    refused = sends(client, cast[who], name, *keys, **said)
    shown = text(refused)
    assert (refused.status_code, "There is a problem" in shown) == (422, True)
    assert [each for each in kept if each not in shown] == []


def test_half_a_reference_is_refused_beside_its_field(client, clock, hana, omar):
    about = {"person": "", "external_system": "ViSOR", **usual(omar, clock.at), **conviction(clock.at)}
    assert "Give the system and its reference, or neither" in text(sends(client, hana, "offenders-register", **about))


def test_somebody_registered_twice_is_one(client, clock, hana, omar):
    person = on_record(hana, "Alban Marchfold")
    key = page(client, hana, "offenders-register").context["key"]
    sent = {"key": key, "person": person.reference, **usual(omar, clock.at), **conviction(clock.at)}
    first, second = (sends(client, hana, "offenders-register", **sent) for _ in range(2))
    assert first.url == second.url
    with acting(hana):
        assert Nominal.objects.count() == 1


# --- lists


def test_each_part_of_the_list_has_whom_it_says(client, clock, hana, omar, olga, stella):
    alban = known_to_police(hana, omar, "Alban Marchfold", disposal="caution")
    before_sentence(olga, olga, "Corin Sallowfold")
    in_custody(registered(hana, olga, "Ivo Fernfold"), olga)
    lost = managed(stella, olga, "Wystan Garmere")
    periods.wanted_or_missing(lost, by=olga, whereabouts="wanted", since=clock.at, because="Charged")
    expected = {
        "managed": {"Alban Marchfold", "Corin Sallowfold", "Ivo Fernfold", "Wystan Garmere"},
        "mine": {"Alban Marchfold"},
        "high": set(),
        "pre_sentence": {"Corin Sallowfold"},
        "custody": {"Ivo Fernfold"},
        "lost": {"Wystan Garmere"},
        "no_manager": set(),
        "period": set(),
        "gone": set(),
    }
    for show, names in expected.items():
        assert {row.title for row in page(client, omar, "offenders", show=show).context["rows"]} == names, show
    narrowed = page(client, omar, "offenders", manager=omar.pk, risk="not_assessed", category="1")
    assert [row.title for row in narrowed.context["rows"]] == ["Alban Marchfold"]
    Posting.objects.filter(person=omar).update(ends=clock.at)
    shown = page(client, stella, "offenders", show="no_manager")
    assert [row.title for row in shown.context["rows"]] == ["Alban Marchfold"]
    assert "No offender manager: Omar" in text(client.get(alban.get_absolute_url()))
    assert "Nobody manages them" in text(page(client, stella, "home"))
    clock.shift(600 * DAY)
    shown = page(client, stella, "offenders", show="period")
    assert [row.title for row in shown.context["rows"]] == ["Alban Marchfold"]


def test_what_is_to_be_notified_is_found_in_its_part(client, clock, hana, omar, stella):
    nominal = known_to_police(hana, omar)
    missed, late = changed(nominal, omar), changed(nominal, omar)
    clock.shift(4 * DAY)
    notified(late, omar)
    soon = changed(nominal, omar)
    in_custody(registered(hana, omar, "Ivo Fernfold"), omar)
    expected = {
        "missed": {missed.reference},
        "late": {late.reference},
        "soon": {soon.reference},
        "due": {missed.reference, soon.reference, duty_of(nominal, "annual").reference},
        "given": {late.reference, duty_of(nominal, "initial").reference},
    }
    for show, references in expected.items():
        shown = page(client, stella, "offenders-notifications", show=show)
        assert {row.reference for row in shown.context["rows"]} == references, show
    assert len(page(client, omar, "offenders-notifications", show="not_running").context["rows"]) == 1
    mine = page(client, omar, "offenders-notifications", show="mine").context["rows"]
    assert mine[0].reference == missed.reference
    home = text(page(client, stella, "home"))
    for said in ("Missed notifications: decide on the breach", "Late notifications: decide on the breach"):
        assert said in home
    assert "Notifications to put on ViSOR" in text(page(client, hana, "home"))
    assert "Your offenders have to notify" in text(page(client, omar, "home"))


def test_a_release_that_passed_is_on_every_list_by_name(client, clock, hana, omar, stella):
    in_custody(registered(hana, omar), omar, ends_on=clock.at.date())
    in_custody(registered(hana, omar, "Ivo Fernfold"), omar)
    for show, count in (("passed", 0), ("soon", 1), ("to_come", 2), ("not_known", 1), ("not_on_visor", 0)):
        shown = page(client, stella, "offenders-releases", show=show)
        assert len(shown.context["rows"]) == count, show
    clock.shift(2 * DAY)
    for who in (stella, hana, omar):
        assert "Alban Marchfold" in text(page(client, who, "home")), who


def test_travel_to_check_comes_first(client, clock, hana, omar):
    nominal = known_to_police(hana, omar)
    late, soon = travels(nominal, omar, in_days=20), travels(nominal, omar, in_days=0.5)
    shown = page(client, hana, "offenders-travel").context["rows"]
    assert [row.reference for row in shown] == [soon.reference, late.reference]
    leaving = page(client, hana, "offenders-travel", show="leaving").context["rows"]
    assert [row.reference for row in leaving] == [soon.reference]
    assert "Notices of travel to check" in text(page(client, hana, "home"))


def test_the_list_asks_no_more_for_many_than_for_few(client, clock, hana, omar, django_assert_max_num_queries):
    for name in ("Alban", "Corin", "Ivo"):
        registered(hana, omar, f"{name} Marchfold")
    client.force_login(omar)
    client.get(reverse("offenders"))
    with django_assert_max_num_queries(16):
        client.get(reverse("offenders"))


def test_the_page_of_a_person_offers_to_take_them_on_and_says_that_they_are_managed(client, clock, hana, omar):
    person = on_record(hana, "Alban Marchfold")
    assert "Register them as a sex offender" in text(client_get(client, hana, person))
    nominal = known_to_police(hana, omar, "Ivo Fernfold")
    shown = text(client_get(client, omar, nominal.person))
    assert nominal.reference in shown
    assert "Manage them" not in shown


def client_get(client, who, record):
    client.force_login(who)
    return client.get(record.get_absolute_url())


def test_an_order_and_a_spell_say_what_is_not_known(client, clock, hana, omar):
    nominal = known_to_police(hana, omar)
    order = ordered(nominal, omar)
    assert "Until a further order" in text(client_get(client, omar, order))
    spell = in_custody(nominal, omar, where="")
    assert text(client_get(client, omar, spell)).count("Not known") >= 2
    with acting(omar):
        assert NotificationDuty.objects.count() == 2
        assert Spell.objects.count() == 1

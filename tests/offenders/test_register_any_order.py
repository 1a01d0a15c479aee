"""The life of a managed person and of what they notify, lived many times in any order, with custody in between."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import System, acting
from access.time import now, today
from offenders import statutory
from offenders.models import OURS, NotificationDuty, Spell
from offenders.workflow import custody, nominals, notifications, periods, registrations
from offenders.workflow.notifications import last_day_of, spells_of
from sla.models import Clock
from tests.offenders.register_scenes import GIVEN, as_it_is, conviction, registered
from tests.workflow.lives import MODEST, Life
from workflow.models import Step

pytestmark = pytest.mark.django_db
BECAUSE = {"because": "It is so"}
LOOKING = System("looking")
PERIODIC = ("annual", "weekly")


class LifeOfADuty(Life):
    """The records are what one person has to notify; they go into custody and come out meanwhile."""

    people = ["hana", "omar", "stella"]

    @initialize()
    def register(self):
        self.nominal = registered(self.cast["hana"], self.cast["omar"], disposal="months_30")
        self.meet()

    def meet(self):
        """Whatever duties came by themselves join the records; what Longstop did to them counts as done."""
        with acting(LOOKING):
            duties = list(NotificationDuty.objects.order_by("reference"))
        self.records = duties
        for duty in duties:
            self.done[duty.pk] = Step.of(duty).count()

    def facts(self):
        return {
            notifications.given: [{"given_at": now(), **GIVEN}, {"given_at": now(), **GIVEN, "taken_by": " "}],
            notifications.check: [{}],
            notifications.consider_breach: [
                {"breach": "enforced", **BECAUSE},
                {"breach": "excused", **BECAUSE},
                {"breach": "perhaps", **BECAUSE},
            ],
            notifications.not_needed: [{"because": " "}],
        }

    def may_be_refused(self, record, verb, who, facts):
        if verb is notifications.given:
            return facts["taken_by"] == " "
        if verb is notifications.consider_breach:
            late = record.is_late if record.given_at else record.state == "due" and record.due_at < now()
            return facts["breach"] == "perhaps" or bool(record.breach) or not late
        return verb is notifications.not_needed

    def attempt(self, record, verb, who, facts):
        super().attempt(record, verb, who, facts)
        self.meet()

    @rule()
    def something_changes(self):
        if len(self.records) < 8 and as_it_is(self.nominal).state in OURS:
            about = {"kind": "change", "what": "New name", "arose_on": today(), "nominal": as_it_is(self.nominal)}
            notifications.raise_duty(NotificationDuty(), by=self.cast["omar"], **about)
            self.meet()

    @rule()
    def they_go_into_custody(self):
        nominal = as_it_is(self.nominal)
        if nominal.state != "in_custody":
            about = {"because": "remand", "where": "", "began_on": today(), "ends_on": None}
            custody.record_spell(Spell(), by=self.cast["omar"], nominal=nominal, **about)
            self.meet()

    @rule()
    def they_come_out(self):
        with acting(LOOKING):
            spells = list(Spell.objects.filter(state="going_on"))
        for spell in spells:
            custody.spell_over(spell, by=self.cast["hana"], ended_on=today())
            self.meet()

    @rule()
    def custody_was_an_error(self):
        with acting(LOOKING):
            spells = list(Spell.objects.filter(state="going_on"))
        for spell in spells:
            custody.spell_in_error(spell, by=self.cast["stella"], **BECAUSE)
            self.meet()

    @rule()
    def they_lose_their_home_or_find_one(self):
        nominal = as_it_is(self.nominal)
        answer = not nominal.no_fixed_abode
        periods.set_no_fixed_abode(nominal, by=self.cast["omar"], no_fixed_abode=answer, **BECAUSE)
        self.meet()

    @rule()
    def a_long_time_passes(self):
        self.clock.shift(timedelta(days=40))

    @invariant()
    def whoever_has_notified_has_one_periodic_duty_or_one_that_was_missed(self):
        if not self.records:
            return
        nominal = as_it_is(self.nominal)
        open_ones = [each for each in map(as_it_is, self.records) if each.state in ("due", "not_running")]
        assert len([each for each in open_ones if each.kind in PERIODIC]) == (1 if nominal.last_notified_on else 0)

    @invariant()
    def what_runs_has_its_clock_and_its_day_and_nothing_runs_in_custody(self):
        with acting(LOOKING):
            for duty in NotificationDuty.objects.filter(state__in=["due", "not_running"]):
                assert duty.due_on == last_day_of(duty, spells_of(duty.nominal))
                running = set(Clock.running().filter(record=duty.pk).values_list("due_at", flat=True))
                assert running == ({duty.due_at} if duty.state == "due" else set())
                assert (duty.state == "due") == (duty.due_on is not None)

    @invariant()
    def what_is_over_has_no_clock_of_its_last_day(self):
        with acting(LOOKING):
            rows = NotificationDuty.objects.filter(state__in=["given", "checked", "enforced", "excused", "not_needed"])
            for duty in rows:
                codes = set(Clock.running().filter(record=duty.pk).values_list("deadline", flat=True))
                assert codes <= ({"RS10N", "RSB"} if duty.given_at else set())


class LifeOfANominal(Life):
    people = ["hana", "omar", "stella"]

    @initialize()
    def begin_with_one(self):
        self.begin(registered(self.cast["hana"], self.cast["omar"]))
        self.done[self.records[0].pk] = Step.of(self.records[0]).count()

    def facts(self):
        return {
            registrations.add_requirement: [
                {"requirement": conviction(disposal="caution")},
                {"requirement": conviction(disposal="months_30")},
            ],
            periods.set_mappa: [
                {"category": "1", "level": level, "lead_agency": "police", **BECAUSE} for level in ("1", "2", "3")
            ],
            periods.mappa_reviewed: [{"reviewed_at": now(), "said": "All"}],
            periods.set_children_at_home: [{"children_at_home": "yes", **BECAUSE}],
            nominals.end: [{"because": " "}, BECAUSE],
            nominals.archive: [{"visor_ref": "V1"}],
        }

    def may_be_refused(self, record, verb, who, facts):
        return verb is nominals.end and facts["because"] == " "

    @invariant()
    def there_is_always_somebody_who_manages_them(self):
        for record in self.records:
            assert as_it_is(record).manager_id

    @invariant()
    def whoever_is_gone_owes_nothing_and_waits_on_no_clock(self):
        for record in self.records:
            nominal = as_it_is(record)
            running = set(Clock.running().filter(record=nominal.pk).values_list("deadline", flat=True))
            ours = {"RS19", "RS23", "RSP", "RSPA", "RSW"} & running
            assert bool(ours) == (nominal.state in OURS)
            with acting(LOOKING):
                owed = NotificationDuty.objects.filter(nominal=nominal, state__in=["due", "not_running"])
                assert owed.exists() == (nominal.state in OURS)

    @invariant()
    def the_longest_requirement_governs(self):
        for record in self.records:
            nominal = as_it_is(record)
            with acting(LOOKING):
                rows = [statutory.Period(each.ends_on, each.rule) for each in nominal.requirements.all()]
            assert nominal.period_ends_on == statutory.longest(rows).ends_on


FEWER = settings(MODEST, max_examples=12, stateful_step_count=20)


@pytest.mark.parametrize("life", [LifeOfADuty, LifeOfANominal])
def test_a_life(clock, cast, life):
    life.clock, life.cast = clock, cast
    run_state_machine_as_test(life, settings=FEWER)

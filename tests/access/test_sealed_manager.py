"""While nobody is acting, nothing guarded opens: a forgotten guard is loud, never leaky."""

import pickle
from collections.abc import Callable
from typing import Any

import django_filters
import pytest
from asgiref.sync import async_to_sync
from django import forms
from django.db.models import Count, Exists, Max, Q, Subquery

from access.actor import NoActor, acting
from accounts.models import Team
from cases.workflow.cases import restrict
from ppn.models import Ppn
from tests.stories import submitted
from triage.models import Incident

pytestmark = pytest.mark.django_db


async def _each(rows: Any) -> list[Any]:
    return [row async for row in rows]


OPENINGS: dict[str, Callable[[Any], Any]] = {
    "iterated": lambda rows: list(rows.all()),
    "iterator": lambda rows: list(rows.iterator()),
    "async for": lambda rows: async_to_sync(_each)(rows.all()),
    "async iterator": lambda rows: async_to_sync(_each)(rows.aiterator()),
    "length": lambda rows: len(rows.all()),
    "truth": lambda rows: bool(rows.all()),
    "printed": lambda rows: repr(rows.all()),
    "pickled": lambda rows: pickle.dumps(rows.all()),
    "one by its place": lambda rows: rows.all()[0],
    "a slice": lambda rows: list(rows.all()[:5]),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "get": lambda rows: rows.get(pk="00000000-0000-0000-0000-000000000000"),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "latest": lambda rows: rows.latest("pk"),
    "filtered": lambda rows: list(rows.filter(reference="")),
    "excluded": lambda rows: list(rows.exclude(Q(reference=""))),
    "in bulk": lambda rows: rows.in_bulk(),
    "contains": lambda rows: rows.contains(rows.model()),
    "aggregate": lambda rows: rows.aggregate(Max("reference"), Count("pk")),
    "values of figures": lambda rows: list(rows.figures().values("reference")),
    "lists of figures": lambda rows: list(rows.figures().values_list("reference", flat=True)),
    "dates": lambda rows: list(rows.figures().dates("submitted_at", "day")),
    "only some fields": lambda rows: list(rows.only("reference")),
    "with its relations": lambda rows: list(rows.select_related("case")),
    "locked": lambda rows: list(rows.select_for_update()),
    "a union": lambda rows: list(rows.all().union(rows.all())),
    "either of two": lambda rows: list(rows.all() | rows.all()),
    "raw": lambda rows: list(rows.raw("SELECT * FROM ppn_ppn")),
    "get or create": lambda rows: rows.get_or_create(reference="PPN-1"),
    "update or create": lambda rows: rows.update_or_create(reference="PPN-1"),
    "update": lambda rows: rows.update(narrative=""),
    "delete": lambda rows: rows.all().delete(),
    "bulk create": lambda rows: rows.bulk_create([rows.model()]),
    "bulk update": lambda rows: rows.bulk_update([rows.model()], ["narrative"]),
    "in a condition": lambda rows: list(Team.objects.filter(pk__in=rows.figures())),
    "in a subquery": lambda rows: list(Team.objects.annotate(x=Subquery(rows.figures().values("pk")[:1]))),
    "in an exists": lambda rows: list(Team.objects.filter(Exists(rows.all()))),
}


@pytest.mark.parametrize("how", OPENINGS.values(), ids=OPENINGS)
def test_nothing_opens_while_nobody_acts(olly, how):
    submitted(olly)
    with pytest.raises(NoActor):
        how(Ppn.objects)


def test_a_queryset_made_while_somebody_acted_does_not_open_after_they_stopped(olly):
    submitted(olly)
    with acting(olly):
        rows = Ppn.objects.all()
    with pytest.raises(NoActor):
        list(rows)


def test_the_records_of_another_record_are_sealed_too(olly):
    ppn = submitted(olly)
    with pytest.raises(NoActor):
        list(ppn.subjects.all())


def test_a_sealed_queryset_can_be_described(olly):
    assert Ppn.objects.all().model is Ppn


def test_a_queryset_captured_at_import_opens_for_the_person_who_asks(olly):
    captured = Ppn.objects.all()
    ppn = submitted(olly)
    with acting(olly):
        assert list(captured.all()) == [ppn]


def test_a_captured_queryset_shows_each_person_their_own_records(olly, sam):
    captured = Ppn.objects.all()
    ppn = submitted(olly)
    restrict(ppn.case, by=sam, people=[sam], because="A colleague's child")
    with acting(olly):
        assert list(captured.all()) == []
    with acting(sam):
        assert list(captured.all()) == [ppn]


def test_a_captured_queryset_keeps_its_conditions(olly):
    captured = Ppn.objects.filter(grade="red")
    submitted(olly, grade="amber")
    red = submitted(olly, grade="red")
    with acting(olly):
        assert list(captured.all()) == [red]


def test_a_form_that_captured_a_queryset_offers_each_person_their_own_records(olly, sam):
    class Choose(forms.Form):
        ppn = forms.ModelChoiceField(queryset=Ppn.objects.all())

    ppn = submitted(olly)
    restrict(ppn.case, by=sam, people=[sam], because="A colleague's child")
    with acting(olly):
        assert "ppn" in Choose({"ppn": ppn.pk}).errors
    with acting(sam):
        assert Choose({"ppn": ppn.pk}).is_valid()


def test_a_filter_that_captured_a_queryset_offers_each_person_their_own_records(olly, sam):
    class Filters(django_filters.FilterSet):
        case = django_filters.ModelChoiceFilter(queryset=Ppn._meta.get_field("case").related_model.objects.all())

        class Meta:
            model = Ppn
            fields = ["case"]

    ppn = submitted(olly)
    restrict(ppn.case, by=sam, people=[sam], because="A colleague's child")
    with acting(olly):
        assert list(Filters({}).qs) == []
    with acting(sam):
        assert list(Filters({"case": ppn.case_id}).qs) == [ppn]


@pytest.mark.parametrize("read", ["values", "values_list"])
def test_rows_without_their_key_are_refused_unless_they_are_figures(olly, read):
    submitted(olly)
    with acting(olly) as stretch:
        with pytest.raises(TypeError, match="figures"):
            getattr(Ppn.objects, read)("reference")
        with pytest.raises(TypeError, match="figures"):
            getattr(Ppn.objects.filter(grade="amber"), read)("narrative")
        assert len(getattr(Ppn.objects.figures(), read)("grade")) == 1
        assert len(getattr(Ppn.objects.figures().filter(grade="amber"), read)("grade")) == 1
    assert stretch.handed_over == {}


def test_what_is_read_by_hand_is_seen_by_those_who_may_and_by_no_one_else(olly, sam):
    ppn = submitted(olly)
    restrict(ppn.case, by=sam, people=[sam], because="A colleague's child")
    with acting(olly):
        assert list(Ppn.objects.raw("SELECT * FROM ppn_ppn")) == []


@pytest.mark.parametrize("model", [Ppn, Incident])
def test_a_state_is_not_changed_by_update(olly, model):
    with acting(olly), pytest.raises(TypeError, match="transition"):
        model.objects.update(state="filed")


def test_a_state_is_not_changed_in_bulk(olly):
    ppn = submitted(olly)
    ppn.state = "filed"
    with acting(olly), pytest.raises(TypeError, match="transition"):
        Ppn.objects.bulk_update([ppn], ["state"])

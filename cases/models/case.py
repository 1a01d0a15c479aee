"""A case: what everything known about one family's situation hangs on, and who may see it."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from access.actor import Actor
from access.guarded import Guarded
from cases.withheld import not_withheld


class Case(Guarded):
    """Notices, incidents and meetings about the same household."""

    reference = models.CharField(max_length=20, unique=True)
    restricted = models.BooleanField(default=False, help_text="Only the people named in its restrictions may see it")

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        named = Restriction.objects_for(who).filter(case=OuterRef("pk"))
        return (Q(restricted=False) | Q(Exists(named))) & not_withheld(who, "pk")


class Restriction(models.Model):
    """One person who may see a restricted case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="restrictions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    since = models.DateTimeField()

    open_because = "keys only; read to decide who may see a case, never shown by itself"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="named_once_in_a_restriction")]

    def __str__(self) -> str:
        return f"{self.person_id} may see {self.case_id}"

    @classmethod
    def objects_for(cls, who: Actor) -> models.QuerySet[Restriction]:
        return cls.objects.filter(person=who.pk)


def about_a_case(who: Actor, path: str = "case") -> Q:
    """For `visible_to` of a record with a case: hidden exactly when its case is."""
    return named_in_case(who, path) & not_withheld(who, path)


def named_in_case(who: Actor, path: str = "case") -> Q:
    """The part of it that asks for need-to-know alone, for what is written about a case that is withheld meanwhile."""
    named = Restriction.objects_for(who).filter(case=OuterRef(path))
    return Q(**{path: None}) | Q(**{f"{path}__restricted": False}) | Q(Exists(named))


def next_reference(prefix: str) -> str:
    """A number people can say over the radio. Numbers are never used twice; gaps mean nothing."""
    return next_references(prefix, 1)[0]


def next_references(prefix: str, how_many: int) -> list[str]:
    """Several at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('reference_number') FROM generate_series(1, %s)", [how_many])
        return [f"{prefix}-{number:06d}" for (number,) in cursor.fetchall()]

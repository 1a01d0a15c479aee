"""Who of a partner agency is let in: its systems, and its people. And which of them looked at what."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import ServiceAccount
from cases.models import Case, about_a_case
from cases.models.known import by_somebody
from partners.models.agency import Agency
from partners.models.disclosure import Disclosure


class AgencyAccount(models.Model):
    """One system of one agency. Its secret, its acts and its end are those of its service account."""

    account = models.OneToOneField(ServiceAccount, on_delete=models.PROTECT, related_name="of_agency")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="accounts")
    networks = ArrayField(
        models.CharField(max_length=43),
        default=list,
        blank=True,
        help_text="Where it may ask from, such as 192.0.2.0/24; empty = from anywhere",
    )
    certificate = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the client certificate it has to show; empty = none is asked"
    )

    open_because = "which systems of partners are connected is known to every member of staff; it holds no secret"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(certificate="") | Q(certificate__regex="^[0-9a-f]{64}$"), name="a_certificate_has_its_sum"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.account.name


class AgencyPerson(models.Model):
    """Somebody who works for an agency and may use the portal, from one day until another."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="at_agency")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    post = models.CharField(max_length=120, help_text="What they are there, such as designated safeguarding lead")
    team = models.CharField(max_length=120, blank=True, help_text="Empty = the agency has one team, or it is not known")
    let_in_at = models.DateTimeField()
    let_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)

    open_because = "who of an agency is let in is known to every member of staff"

    class Meta:
        verbose_name_plural = "agency people"
        constraints = [
            by_somebody("ended"),
            models.CheckConstraint(condition=~Q(post=""), name="somebody_of_an_agency_has_a_post"),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ended_because=""), name="let_out_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.post}, {self.agency}"


class Look(Guarded):
    """Somebody of an agency, or its system, looked at what the agency was sent: so that whoever sent it sees that."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="looks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=40, help_text="As in the ledger: user: 7, service: 3")
    who = models.CharField(max_length=200, help_text="As they were called then")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "signature"], name="one_row_for_whoever_looks"),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="looked_first_before_last"),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.times} times"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

"""Which teams there are for what."""

from django.db.models import QuerySet

from access.roles import Role
from accounts.models import Team


def response_areas() -> QuerySet[Team]:
    """Teams that attend: those somebody is posted to as a response officer."""
    areas: QuerySet[Team] = Team.objects.filter(postings__role=Role.OFFICER.value).distinct()
    return areas.order_by("name")

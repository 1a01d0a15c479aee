"""The monthly figures, by group. Importing this declares them all: each is a named function with its definition."""

from insight.figures import (
    approvals,
    cohort,
    contacts,
    hub_tasks,
    images,
    incidents,
    interviews,
    missing,
    notices,
    offenders,
    online,
    quality,
    queues,
    schools,
    strategy,
)

__all__ = [
    "approvals",
    "cohort",
    "contacts",
    "hub_tasks",
    "images",
    "incidents",
    "interviews",
    "missing",
    "notices",
    "offenders",
    "online",
    "quality",
    "queues",
    "schools",
    "strategy",
]

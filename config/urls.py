"""Every address of the site."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("", include("sla.urls")),
    path("", include("accounts.urls")),
    path("", include("cases.urls")),
    path("", include("places.urls")),
    path("", include("triage.urls")),
    path("", include("documents.urls")),
    path("", include("partners.urls")),
    path("", include("strategy.urls")),
    path("", include("encompass.urls")),
    path("", include("offenders.urls")),
    path("", include("online.urls")),
    path("", include("cohort.urls")),
    path("", include("missing.urls")),
    path("quality/", include("quality.urls")),
    path("daily-meeting/", include("briefing.urls")),
    path("insight/", include("insight.urls")),
    path("ppn/", include("ppn.urls")),
    path("api/v1/", include("triage.api.urls")),
    path("api/v1/", include("online.api.urls")),
    path("partners/v1/", include("partners.api.urls")),
    path("portal/", include("partners.portal.urls")),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]

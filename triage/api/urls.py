from django.urls import path, register_converter
from django.urls.converters import StringConverter

from triage.api import views


class Text(StringConverter):
    """A part of an address that the database can be asked for: without a NUL."""

    regex = r"[^/\0]+"


register_converter(Text, "text")

urlpatterns = [
    path("incidents/", views.Incidents.as_view(), name="api-incidents"),
    path("incidents/<text:number>/", views.OneIncident.as_view(), name="api-incident"),
    path("incidents/<text:number>/<slug:kind>/", views.Updates.as_view(), name="api-incident-update"),
    path("units/<text:call_sign>/", views.OneUnit.as_view(), name="api-unit"),
]

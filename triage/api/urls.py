from django.urls import path

from triage.api import views

urlpatterns = [
    path("incidents/", views.Incidents.as_view(), name="api-incidents"),
    path("incidents/<str:number>/", views.OneIncident.as_view(), name="api-incident"),
    path("incidents/<str:number>/<slug:kind>/", views.Updates.as_view(), name="api-incident-update"),
    path("units/<str:call_sign>/", views.OneUnit.as_view(), name="api-unit"),
]

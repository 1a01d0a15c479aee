from django.urls import path

from triage import views

urlpatterns = [
    path("incidents/", views.Board.as_view(), name="board"),
    path("incidents/new/", views.TakeCall.as_view(), name="incident-new"),
    path("incidents/<uuid:pk>/", views.IncidentPage.as_view(), name="incident"),
    path("incidents/<uuid:pk>/regrade/", views.Regrade.as_view(), name="incident-regrade"),
    path("incidents/<uuid:pk>/reassess/", views.Reassess.as_view(), name="incident-reassess"),
    path("incidents/<uuid:pk>/people/", views.NamePerson.as_view(), name="incident-name-person"),
    path("incidents/<uuid:pk>/assign/", views.Assign.as_view(), name="incident-assign"),
    path("incidents/<uuid:pk>/attend/", views.Attend.as_view(), name="incident-attend"),
    path("incidents/<uuid:pk>/outcome/", views.Outcome.as_view(), name="incident-outcome"),
    path("incidents/<uuid:pk>/close/", views.Close.as_view(), name="incident-close"),
    path("incidents/<uuid:pk>/end/", views.End.as_view(), name="incident-end"),
    path("call-log/", views.RowsToCheck.as_view(), name="rows-to-check"),
    path("call-log/<uuid:pk>/", views.SettleRow.as_view(), name="settle-row"),
]

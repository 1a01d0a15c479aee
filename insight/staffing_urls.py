"""Addresses of who works when."""

from __future__ import annotations

from django.urls import path

from insight.views import staffing

urlpatterns = [
    path("staffing/", staffing.Staffing.as_view(), name="staffing"),
    path("staffing/<int:pk>/", staffing.TeamStaffing.as_view(), name="staffing-team"),
    path("shifts/new/", staffing.PlanShift.as_view(), name="new-shiftplan"),
    path("shifts/<uuid:pk>/", staffing.ShiftPage.as_view(), name="shiftplan"),
    path("shifts/<uuid:pk>/take-off/", staffing.TakeOff.as_view(), name="shiftplan-take-off"),
    path("shifts/<uuid:pk>/here/", staffing.IsHere.as_view(), name="shiftplan-here"),
    path("shifts/<uuid:pk>/absent/", staffing.Absent.as_view(), name="shiftplan-absent"),
]

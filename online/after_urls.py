"""Addresses of what follows enforcement."""

from __future__ import annotations

from django.urls import URLPattern, path

from online.views import after_lists as lists
from online.views import after_records as records
from online.views import after_steps as steps

urlpatterns: list[URLPattern] = [
    path("bail/", lists.BailQueue.as_view(), name="online-bail"),
    path("suspects/", lists.SuspectQueue.as_view(), name="online-suspects"),
    path("designated-officer/", lists.LadoQueue.as_view(), name="online-lado"),
    path("devices/", lists.DeviceQueue.as_view(), name="online-devices"),
    path("<uuid:pk>/suspects/new/", steps.NameSuspect.as_view(), name="onlinecase-suspect"),
    path("<uuid:pk>/devices/new/", steps.SeizeDevice.as_view(), name="onlinecase-device"),
    path("<uuid:pk>/safe/", steps.Safe.as_view(), name="onlinecase-safe"),
    path("<uuid:pk>/close/", steps.Close.as_view(), name="onlinecase-close"),
    path("<uuid:pk>/reopen/", steps.Reopen.as_view(), name="onlinecase-reopen"),
    path("<uuid:pk>/review/", steps.Review.as_view(), name="onlinecase-review"),
    path("suspects/<uuid:pk>/", records.SuspectPage.as_view(), name="suspect"),
    path("suspects/<uuid:pk>/arrested/", steps.Arrested.as_view(), name="suspect-arrested"),
    path("suspects/<uuid:pk>/volunteer/", steps.Volunteer.as_view(), name="suspect-volunteer"),
    path("suspects/<uuid:pk>/bail/", steps.GiveBail.as_view(), name="suspect-bail"),
    path("suspects/<uuid:pk>/released/", steps.Released.as_view(), name="suspect-released"),
    path("suspects/<uuid:pk>/charged/", steps.Charged.as_view(), name="suspect-charged"),
    path("suspects/<uuid:pk>/no-further-action/", steps.NoFurtherAction.as_view(), name="suspect-nfa"),
    path("suspects/<uuid:pk>/died/", steps.Died.as_view(), name="suspect-died"),
    path("suspects/<uuid:pk>/reviewed/", steps.Reviewed.as_view(), name="suspect-reviewed"),
    path("suspects/<uuid:pk>/who/", steps.SuspectIs.as_view(), name="suspect-is"),
    path("bail/<uuid:pk>/", records.BailPage.as_view(), name="bail"),
    path("bail/<uuid:pk>/extend/", steps.Extend.as_view(), name="bail-extend"),
    path("bail/<uuid:pk>/vary/", steps.Vary.as_view(), name="bail-vary"),
    path("bail/<uuid:pk>/breach/", steps.Breach.as_view(), name="bail-breach"),
    path("bail/<uuid:pk>/breach/decided/", steps.BreachDecided.as_view(), name="bail-breach-decided"),
    path("bail/<uuid:pk>/court/", steps.CourtAsked.as_view(), name="bail-court"),
    path("bail/<uuid:pk>/court/refused/", steps.CourtRefused.as_view(), name="bail-court-refused"),
    path("bail/<uuid:pk>/lapse/", steps.Lapse.as_view(), name="bail-lapse"),
    path("safety-plans/<uuid:pk>/", records.PlanPage.as_view(), name="safetyplan"),
    path("safety-plans/<uuid:pk>/file/", steps.FilePlan.as_view(), name="safetyplan-file"),
    path("safety-plans/<uuid:pk>/change/", steps.ChangePlan.as_view(), name="safetyplan-change"),
    path("safety-plans/<uuid:pk>/not-needed/", steps.PlanNotNeeded.as_view(), name="safetyplan-not-needed"),
    path("designated-officer/<uuid:pk>/", records.LadoPage.as_view(), name="ladoreferral"),
    path("designated-officer/<uuid:pk>/refer/", steps.Refer.as_view(), name="ladoreferral-refer"),
    path("designated-officer/<uuid:pk>/answer/", steps.LadoAnswer.as_view(), name="ladoreferral-answer"),
    path("designated-officer/<uuid:pk>/chase/", steps.Chase.as_view(), name="ladoreferral-chase"),
    path("designated-officer/<uuid:pk>/not-needed/", steps.LadoNotNeeded.as_view(), name="ladoreferral-not-needed"),
    path("devices/<uuid:pk>/", records.DevicePage.as_view(), name="device"),
    path("devices/<uuid:pk>/examined/", steps.Examined.as_view(), name="device-examined"),
    path("devices/<uuid:pk>/uploaded/", steps.Uploaded.as_view(), name="device-uploaded"),
    path("devices/<uuid:pk>/nothing/", steps.Nothing.as_view(), name="device-nothing"),
    path("devices/<uuid:pk>/returned/", steps.Returned.as_view(), name="device-returned"),
]

"""Addresses of evidence packs."""

from __future__ import annotations

from django.urls import path

from insight.views import evidence

PACK = "evidence/<uuid:pk>/"
CASE = "evidence/cases/<uuid:pk>/"
urlpatterns = [
    path("evidence/", evidence.Packs.as_view(), name="evidence"),
    path("evidence/new/", evidence.Ask.as_view(), name="evidence-new"),
    path("evidence/draws/<uuid:pk>/", evidence.DrawPage.as_view(), name="evidencedraw"),
    path(CASE, evidence.CasePage.as_view(), name="evidencecase"),
    path(f"{CASE}out/", evidence.LeaveOut.as_view(), name="evidencecase-out"),
    path(f"{CASE}in/", evidence.TakeIn.as_view(), name="evidencecase-in"),
    path(PACK, evidence.PackPage.as_view(), name="evidencepack"),
    path(f"{PACK}draw/", evidence.Draw.as_view(), name="evidencepack-draw"),
    path(f"{PACK}add/", evidence.AddCase.as_view(), name="evidencepack-add"),
    path(f"{PACK}together/", evidence.Together.as_view(), name="evidencepack-together"),
    path(f"{PACK}check/", evidence.Check.as_view(), name="evidencepack-check"),
    path(f"{PACK}back/", evidence.Back.as_view(), name="evidencepack-back"),
    path(f"{PACK}release/", evidence.Release.as_view(), name="evidencepack-release"),
    path(f"{PACK}refuse/", evidence.Refuse.as_view(), name="evidencepack-refuse"),
    path(f"{PACK}copy/", evidence.Copy.as_view(), name="evidencepack-copy"),
    path(f"{PACK}close/", evidence.Close.as_view(), name="evidencepack-close"),
    path(f"{PACK}handed-back/", evidence.HandedBack.as_view(), name="evidencepack-handed-back"),
    path(f"{PACK}withdraw/", evidence.Withdraw.as_view(), name="evidencepack-withdraw"),
    path(f"{PACK}part/", evidence.PartPage.as_view(), name="evidencepack-part"),
]

"""Addresses of the register."""

from __future__ import annotations

from django.urls import path

from online.views import register_case as pages
from online.views import register_lists as lists
from online.views import register_steps as steps

urlpatterns = [
    path("", lists.Cases.as_view(), name="online-cases"),
    path("new/", steps.Register.as_view(), name="online-new"),
    path("files/", lists.Files.as_view(), name="online-files"),
    path("files/new/", steps.Upload.as_view(), name="online-upload"),
    path("files/sample/", lists.Sample.as_view(), name="online-sample"),
    path("files/<uuid:pk>/", pages.FilePage.as_view(), name="referralfile"),
    path("rows/", lists.Rows.as_view(), name="online-rows"),
    path("rows/<uuid:pk>/", pages.RowPage.as_view(), name="referralrow"),
    path("rows/<uuid:pk>/type-in/", steps.TypeIn.as_view(), name="referralrow-type-in"),
    path("rows/<uuid:pk>/settle/", steps.Settle.as_view(), name="referralrow-settle"),
    path("transfers/", lists.Transfers.as_view(), name="online-transfers"),
    path("transfers/<uuid:pk>/", pages.OfferPage.as_view(), name="casetransfer"),
    path("transfers/<uuid:pk>/accepted/", steps.Accepted.as_view(), name="casetransfer-accepted"),
    path("transfers/<uuid:pk>/refused/", steps.Refused.as_view(), name="casetransfer-refused"),
    path("transfers/<uuid:pk>/take-back/", steps.TakeBack.as_view(), name="casetransfer-take-back"),
    path("<uuid:pk>/", pages.CasePage.as_view(), name="onlinecase"),
    path("<uuid:pk>/triage/", steps.Triage.as_view(), name="onlinecase-triage"),
    path("<uuid:pk>/link/", steps.Link.as_view(), name="onlinecase-link"),
    path("<uuid:pk>/apart/", steps.Apart.as_view(), name="onlinecase-apart"),
    path("<uuid:pk>/unlink/", steps.Unlink.as_view(), name="onlinecase-unlink"),
    path("<uuid:pk>/again/", steps.Again.as_view(), name="onlinecase-again"),
    path("<uuid:pk>/identifier/", steps.AddIdentifier.as_view(), name="onlinecase-identifier"),
    path("<uuid:pk>/seen/", steps.Seen.as_view(), name="onlinecase-seen"),
    path("<uuid:pk>/correct/", steps.CorrectSeen.as_view(), name="onlinecase-correct"),
    path("<uuid:pk>/not-seen/", steps.NotSeen.as_view(), name="onlinecase-not-seen"),
    path("<uuid:pk>/allocate/", steps.Allocate.as_view(), name="onlinecase-allocate"),
    path("<uuid:pk>/offer/", steps.Offer.as_view(), name="onlinecase-offer"),
]

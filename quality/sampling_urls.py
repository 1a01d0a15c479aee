"""Addresses of samples, reviews and feedback."""

from __future__ import annotations

from django.urls import URLPattern, path

from quality.views import reviewing, sampling

urlpatterns: list[URLPattern] = [
    path("", sampling.Register.as_view(), name="quality-register"),
    path("sampling/", sampling.Sampling.as_view(), name="quality-sampling"),
    path("sampling/draw-due/", sampling.DrawDue.as_view(), name="quality-draw-due"),
    path("samples/new/", sampling.Draw.as_view(), name="quality-draw"),
    path("samples/<uuid:pk>/", sampling.SamplePage.as_view(), name="sample"),
    path("peer-scrutiny/themes/", sampling.PeerThemes.as_view(), name="quality-peer-themes"),
    path("reviews/", reviewing.MyReviews.as_view(), name="quality-my-reviews"),
    path("reviews/<uuid:pk>/", reviewing.ReviewPage.as_view(), name="qualityreview"),
    path("reviews/<uuid:pk>/blind/", reviewing.LookBlind.as_view(), name="qualityreview-blind"),
    path("reviews/<uuid:pk>/finish/", reviewing.Finish.as_view(), name="qualityreview-finish"),
    path("reviews/<uuid:pk>/hand-back/", reviewing.HandBack.as_view(), name="qualityreview-hand-back"),
    path("reviews/<uuid:pk>/give/", reviewing.Give.as_view(), name="qualityreview-give"),
    path("reviews/<uuid:pk>/leave-out/", reviewing.LeaveOut.as_view(), name="qualityreview-leave-out"),
    path("feedback/", reviewing.MyFeedback.as_view(), name="quality-my-feedback"),
    path("feedback/<uuid:pk>/", reviewing.FeedbackPage.as_view(), name="feedback"),
    path("feedback/<uuid:pk>/send/", reviewing.Send.as_view(), name="feedback-send"),
    path("feedback/<uuid:pk>/acknowledge/", reviewing.Acknowledge.as_view(), name="feedback-acknowledge"),
]

"""Addresses of recommendations, actions and the improvement plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from quality.views import improvement, improvement_actions

AT = "recommendations/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path("recommendations/", improvement.Recommendations.as_view(), name="recommendations"),
    path("recommendations/new/", improvement.Add.as_view(), name="recommendation-new"),
    path(AT, improvement.RecommendationPage.as_view(), name="recommendation"),
    path(f"{AT}owner/", improvement.NameSro.as_view(), name="recommendation-sro"),
    path(f"{AT}measures/", improvement.ChooseMeasures.as_view(), name="recommendation-measures"),
    path(f"{AT}take-up/", improvement.TakeUp.as_view(), name="recommendation-take-up"),
    path(f"{AT}plan/", improvement.PlanSent.as_view(), name="recommendation-plan"),
    path(f"{AT}evidence/", improvement.Evidence.as_view(), name="recommendation-evidence"),
    path(f"{AT}rate/", improvement.Rate.as_view(), name="recommendation-rate"),
    path(f"{AT}met/", improvement.Met.as_view(), name="recommendation-met"),
    path(f"{AT}confirm/", improvement.Confirm.as_view(), name="recommendation-confirm"),
    path(f"{AT}send-back/", improvement.SendBack.as_view(), name="recommendation-send-back"),
    path(f"{AT}letter/", improvement.Letter.as_view(), name="recommendation-letter"),
    path(f"{AT}close/", improvement.CloseIt.as_view(), name="recommendation-close"),
    path(f"{AT}reopen/", improvement.Reopen.as_view(), name="recommendation-reopen"),
    path(f"{AT}action/", improvement.NewAction.as_view(), name="recommendation-action"),
    path("recommendations/months/<uuid:pk>/", improvement.Comment.as_view(), name="measuresnapshot-comment"),
    path("actions/<uuid:pk>/", improvement_actions.ActionPage.as_view(), name="improvementaction"),
    path("actions/<uuid:pk>/done/", improvement_actions.Done.as_view(), name="improvementaction-done"),
    path("actions/<uuid:pk>/close/", improvement_actions.CloseAction.as_view(), name="improvementaction-close"),
    path("actions/<uuid:pk>/not-done/", improvement_actions.NotDone.as_view(), name="improvementaction-not-done"),
    path("actions/<uuid:pk>/not-needed/", improvement_actions.NotNeeded.as_view(), name="improvementaction-not-needed"),
    path("plan/", improvement.Plan.as_view(), name="improvement-plan"),
]

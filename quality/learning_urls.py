"""Addresses of themes, learning actions and re-tests."""

from __future__ import annotations

from django.urls import path

from quality.views import learning, themes

urlpatterns = [
    path("themes/", themes.Themes.as_view(), name="themes"),
    path("board/", themes.Board.as_view(), name="learning-board"),
    path("themes/new/", themes.AddTheme.as_view(), name="new-theme"),
    path("themes/<uuid:pk>/", themes.ThemePage.as_view(), name="theme"),
    path("themes/<uuid:pk>/retire/", themes.RetireTheme.as_view(), name="theme-retire"),
    path("themes/<uuid:pk>/again/", themes.UseThemeAgain.as_view(), name="theme-again"),
    path("learning-actions/", learning.Actions.as_view(), name="learning-actions"),
    path("learning-actions/new/", learning.OpenAction.as_view(), name="new-learning-action"),
    path("learning-actions/<uuid:pk>/", learning.ActionPage.as_view(), name="learningaction"),
    path("learning-actions/<uuid:pk>/done/", learning.Done.as_view(), name="learningaction-done"),
    path("learning-actions/<uuid:pk>/pass/", learning.Pass.as_view(), name="learningaction-pass"),
    path("learning-actions/<uuid:pk>/not-needed/", learning.NotNeeded.as_view(), name="learningaction-not-needed"),
    path("learning-actions/<uuid:pk>/retest/", learning.DrawRetest.as_view(), name="learningaction-retest"),
    path("retests/<uuid:pk>/judge/", learning.Judge.as_view(), name="retest-judge"),
]

from __future__ import annotations

from django.urls import path

from documents import views

urlpatterns = [
    path("documents/", views.Quarantine.as_view(), name="document-quarantine"),
    path("documents/new/<str:kind>/<uuid:record>/", views.Add.as_view(), name="document-new"),
    path("documents/<uuid:pk>/", views.DocumentPage.as_view(), name="document"),
    path("documents/<uuid:pk>/open/", views.Open.as_view(), name="document-open"),
    path("documents/<uuid:pk>/copy/", views.Copy.as_view(), name="document-copy"),
    path("documents/<uuid:pk>/release/", views.Release.as_view(), name="document-release"),
    path("documents/<uuid:pk>/withdraw/", views.Withdraw.as_view(), name="document-withdraw"),
]

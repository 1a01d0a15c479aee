from django.urls import path

from online.api import views

urlpatterns = [
    path("online-referrals/", views.Referrals.as_view(), name="api-online-referrals"),
    path("online-referrals/<str:reference>/", views.OneReferral.as_view(), name="api-online-referral"),
]

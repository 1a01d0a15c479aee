from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("my-absence/", views.MyAbsence.as_view(), name="my-absence"),
    path("my-absence/<int:pk>/end/", views.ComeBack.as_view(), name="come-back"),
]

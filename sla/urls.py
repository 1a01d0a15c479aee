from django.urls import path

from sla import views

urlpatterns = [
    path("", views.HomePage.as_view(), name="home"),
    path("told/<str:deadline>/<int:level>/acknowledge/", views.Acknowledge.as_view(), name="acknowledge"),
    path("deadlines/", views.DeadlinesPage.as_view(), name="deadlines"),
]

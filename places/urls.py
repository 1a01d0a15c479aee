from django.urls import path

from places import views

urlpatterns = [
    path("places/", views.PlacesToCheck.as_view(), name="places-to-check"),
    path("places/schools/", views.Schools.as_view(), name="schools"),
    path("places/<int:pk>/", views.SettlePlace.as_view(), name="settle-place"),
]

from django.urls import path

from ppn import views

urlpatterns = [
    path("", views.Queue.as_view(), name="ppn-queue"),
    path("take-next/", views.TakeNext.as_view(), name="ppn-take-next"),
    path("mine/", views.Mine.as_view(), name="ppn-mine"),
    path("new/", views.Submit.as_view(), name="ppn-new"),
    path("<uuid:pk>/", views.PpnPage.as_view(), name="ppn"),
    path("<uuid:pk>/who/<uuid:subject>/", views.SayWho.as_view(), name="ppn-say-who"),
    path("<uuid:pk>/take/", views.Take.as_view(), name="ppn-take"),
    path("<uuid:pk>/put-back/", views.PutBack.as_view(), name="ppn-put-back"),
    path("<uuid:pk>/found-a-child/", views.FoundAChild.as_view(), name="ppn-found-a-child"),
    path("<uuid:pk>/assess/", views.Assess.as_view(), name="ppn-assess"),
    path("<uuid:pk>/share/", views.Share.as_view(), name="ppn-share"),
    path("<uuid:pk>/file/", views.File.as_view(), name="ppn-file"),
]

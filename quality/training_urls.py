"""Addresses of training, courses and champions."""

from __future__ import annotations

from django.urls import path

from quality.views import attendance, champions, training

urlpatterns = [
    path("training/", training.RequiredTraining.as_view(), name="required-training"),
    path("training/me/", training.MyTraining.as_view(), name="my-training"),
    path("training/people/<int:pk>/", training.LearnerPage.as_view(), name="learner"),
    path("training/required/<uuid:pk>/", training.DuePage.as_view(), name="trainingdue"),
    path("training/record/", training.RecordTraining.as_view(), name="record-training"),
    path("training/records/<uuid:pk>/correct/", training.CorrectTraining.as_view(), name="trainingrecord-correct"),
    path("training/proposed/<uuid:pk>/", training.NeedPage.as_view(), name="trainingneed"),
    path("training/proposed/<uuid:pk>/book/", training.Book.as_view(), name="trainingneed-book"),
    path("training/proposed/<uuid:pk>/decline/", training.Decline.as_view(), name="trainingneed-decline"),
    path("attendance/", attendance.Files.as_view(), name="attendance-lists"),
    path("attendance/new/", attendance.Upload.as_view(), name="new-attendance"),
    path("attendance/<uuid:pk>/", attendance.FilePage.as_view(), name="attendancefile"),
    path("attendance/rows/<uuid:pk>/", attendance.RowPage.as_view(), name="attendancerow"),
    path("attendance/rows/<uuid:pk>/type/", attendance.TypeIn.as_view(), name="attendancerow-type"),
    path("attendance/rows/<uuid:pk>/settle/", attendance.Settle.as_view(), name="attendancerow-settle"),
    path("courses/", training.Courses.as_view(), name="courses"),
    path("courses/new/", training.AddCourse.as_view(), name="new-course"),
    path("courses/<uuid:pk>/", training.CoursePage.as_view(), name="course"),
    path("courses/<uuid:pk>/change/", training.ChangeCourse.as_view(), name="course-change"),
    path("courses/<uuid:pk>/answers/", training.CourseAnswers.as_view(), name="course-answers"),
    path("courses/<uuid:pk>/retire/", training.RetireCourse.as_view(), name="course-retire"),
    path("courses/<uuid:pk>/again/", training.CourseAgain.as_view(), name="course-again"),
    path("champions/", champions.Champions.as_view(), name="champions"),
    path("champions/new/", champions.NameChampion.as_view(), name="new-champion"),
    path("champions/<uuid:pk>/end/", champions.ChampionEnds.as_view(), name="champion-end"),
]

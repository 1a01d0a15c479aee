"""Addresses of the figures."""

from __future__ import annotations

from django.urls import URLPattern, path

from insight.views import figures, force

urlpatterns: list[URLPattern] = [
    path("", force.Force.as_view(), name="force"),
    path("figures/", figures.Dashboard.as_view(), name="figures"),
    path("figures/red/", figures.Red.as_view(), name="figures-red"),
    path("figures/keep/", figures.Keep.as_view(), name="figures-keep"),
    path("figures/export/", figures.Export.as_view(), name="figures-export"),
    path("figures/exports/", figures.Exports.as_view(), name="figure-exports"),
    path("figures/months/<uuid:pk>/", figures.KeptMonth.as_view(), name="monthlysnapshot"),
    path("figures/kept/<uuid:pk>/", figures.KeptFigure.as_view(), name="monthlyfigure"),
    path("figures/kept/<uuid:pk>/explain/", figures.Explain.as_view(), name="monthlyfigure-explain"),
    path("figures/kept/<uuid:pk>/action/", figures.HaveDone.as_view(), name="monthlyfigure-action"),
    path("figures/of/<slug:code>/", figures.FigurePage.as_view(), name="figure"),
]

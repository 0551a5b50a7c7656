"""Addresses of warnings and rules."""

from django.urls import path

from awas.warnings import views

app_name = "warnings"

urlpatterns = [
    path("", views.list_, name="list"),
    path("beban/", views.load, name="load"),
    path("tangga/", views.ladders, name="ladders"),
    path("tangga/<str:level>/", views.ladder, name="ladder"),
    path("aturan/", views.rules, name="rules"),
    path("aturan/<str:rule>/", views.rule, name="rule"),
    path("aturan/<str:rule>/ambang/", views.threshold, name="threshold"),
    path("<str:place>/<str:warning>/", views.warning, name="warning"),
    path("<str:place>/<str:warning>/<slug:verb>/", views.act, name="act"),
]

"""Addresses of warnings and rules."""

from django.urls import path

from awas.warnings import own_views, views

app_name = "warnings"

urlpatterns = [
    path("", views.list_, name="list"),
    path("beban/", views.load, name="load"),
    path("tangga/", views.ladders, name="ladders"),
    path("tangga/<str:level>/", views.ladder, name="ladder"),
    path("aturan/", views.rules, name="rules"),
    path("aturan/<str:rule>/", views.rule, name="rule"),
    path("aturan/<str:rule>/ambang/", views.threshold, name="threshold"),
    path("aturan-sendiri/", own_views.own_rules, name="own_rules"),
    path("aturan-sendiri/tulis/", own_views.write, name="own_write"),
    path("aturan-sendiri/<str:place>/<str:rule>/", own_views.own_rule, name="own_rule"),
    path("aturan-sendiri/<str:place>/<str:rule>/hentikan/", own_views.stop, name="own_stop"),
    path("<str:place>/<str:warning>/", views.warning, name="warning"),
    path("<str:place>/<str:warning>/<slug:verb>/", views.act, name="act"),
]

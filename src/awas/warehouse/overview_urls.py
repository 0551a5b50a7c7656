"""Addresses of the first pages."""

from django.urls import path

from awas.warehouse import alert_views, overview

urlpatterns = [
    path("cuaca/", alert_views.alerts, name="alerts"),
    path("kabupaten/<str:region>/", overview.district, name="district"),
    path("provinsi/<str:region>/", overview.wall, name="wall"),
]

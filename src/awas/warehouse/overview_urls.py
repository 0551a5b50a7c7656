"""Addresses of the first pages."""

from django.urls import path

from awas.warehouse import overview

urlpatterns = [
    path("kabupaten/<str:region>/", overview.district, name="district"),
    path("provinsi/<str:region>/", overview.wall, name="wall"),
]

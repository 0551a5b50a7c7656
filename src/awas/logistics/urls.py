"""Addresses of logistics."""

from django.urls import path

from awas.logistics import sheet_views, views

app_name = "logistics"

urlpatterns = [
    path("", views.home, name="home"),
    path("papan/<str:region>/", views.board, name="board"),
    path("papan/<str:region>/csv/", views.board_file, {"form": "csv"}, name="board-csv"),
    path("papan/<str:region>/xlsx/", views.board_file, {"form": "xlsx"}, name="board-xlsx"),
    path("papan/<str:region>/ndjson/", views.board_file, {"form": "ndjson"}, name="board-ndjson"),
    path("paket/<str:region>/", views.kits, name="kits"),
    path("tps/<str:place>/", views.kit, name="kit"),
    path("kotak/<str:district>/<str:label>/", views.unit, name="unit"),
    path("<str:place>/", views.place_, name="place"),
    path("<str:place>/hitungan/", views.tallies, name="tallies"),
    path("<str:place>/label/", views.labels, name="labels"),
    path("<str:place>/lembar/", sheet_views.sheets, name="sheets"),
    path("<str:place>/lembar/<slug:kind>/xlsx/", sheet_views.sheet_file, {"form": "xlsx"}, name="sheet-xlsx"),
    path("<str:place>/lembar/<slug:kind>/csv/", sheet_views.sheet_file, {"form": "csv"}, name="sheet-csv"),
    path("<str:place>/tanda-terima/<int:index>/", views.receipt, name="receipt"),
    path("<str:place>/catat/<slug:slug>/", views.act, name="act"),
    path("<str:place>/catat/<slug:slug>/<str:subject>/", views.act, name="act-about"),
]

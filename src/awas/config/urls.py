"""Every address of the program, by room."""

from django.urls import include, path

from awas.config import entrance, vitals
from awas.ui import views as ui

urlpatterns = [
    path("", entrance.home, name="home"),
    path("", include("awas.warehouse.overview_urls")),
    path("gudang/", include("awas.warehouse.urls")),
    path("logistik/", include("awas.logistics.urls")),
    path("piket/", include("awas.roster.urls")),
    path("peringatan/", include("awas.warnings.urls")),
    path("log/", include("awas.portal.urls")),
    path("api/v1/", include("awas.api.urls")),
    path("orang/", include("awas.access.urls")),
    path("pesan/", include("awas.delivery.urls")),
    path("akun/", include("allauth.urls")),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("denyut/", vitals.pulse, name="pulse"),
    path("tema/", ui.theme, name="theme"),
]

handler400 = ui.bad_request
handler403 = ui.forbidden
handler404 = ui.not_found
handler500 = ui.server_error

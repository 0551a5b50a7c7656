"""Every kind of page, in one table: who opens it, and where. A new page gets a line here; a new act gets none.

What is no page (takes only forms, gives files, speaks to programs) is listed as such, so that nothing is forgotten.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from awas.access.policy import Permission
from awas.ledger import services as ledger
from awas.logistics.forms import BY_SLUG as STAGE_ACTS
from awas.warehouse import services
from awas.warehouse.acts import ACTS
from awas.warnings.models import Warning
from tests.browser.people import DISTRICT, HERE, KECAMATAN, PROVINCE, VILLAGE, District
from tests.browser.told import digest_of

SITE = f"/gudang/{HERE}"
TALLY = "logistics.tallied@1"
FROM_THE_DESK = frozenset(
    {
        Permission.PLAN_SHIFTS,
        Permission.ANNOUNCE_CONSIGNMENT,
        Permission.MANAGE_ACCESS_LIST,
        Permission.MANAGE_SITE,
    }
)


class Shown(NamedTuple):
    """One page: the account that opens it ("" for nobody), its address, the answer's status.

    `sends`: the form on it is sent as it is, to see the page that says what is wrong.
    """

    who: str
    address: str
    status: int = 200
    sends: bool = False


def acts(keys: Mapping[str, str]) -> Iterator[Shown]:
    """The form of every act, about something that is there."""
    for act in ACTS.values():
        key = keys[act.about] if act.about else ""
        about = f"{key.rpartition('/')[2]}/" if key else ""
        who = "dewi" if Permission(act.permission) in FROM_THE_DESK else "wati"
        yield Shown(who, f"{SITE}/catat/{act.slug}/{about}")


def at_the_gate(district: District, keys: Mapping[str, str]) -> Iterator[Shown]:
    """The pages of one site."""
    goods = keys["goods"].replace("/", "~")
    token = services.checkpoint_token(HERE, "A1")
    for page in (
        "",
        "log/",
        "log/?kind=goods",
        f"log/{_index(district, 'round.incident_reported@1')}/",
        "di-dalam/",
        "keluar/",
        "kendaraan/",
        "kiriman/",
        f"kiriman/{goods}/",
        "segel/?all=1",
        "bangunan/",
        "ronde/",
        f"ronde/titik/A1/{token}/",
        "piket/",
        "serah-terima/",
        "akses/",
        f"tanda-terima/{_index(district, 'goods.received@1')}/",
    ):
        yield Shown("wati", f"{SITE}/{page}")
    yield Shown("bayu", f"{SITE}/serah-terima/")
    yield Shown("wati", f"{SITE}/catat/barang-masuk/{goods_expected(keys)}/")
    yield Shown("dewi", f"{SITE}/catat/rencana-piket/")
    yield Shown("wati", f"{SITE}/catat/orang-masuk/", 422, sends=True)


def at_the_desk(district: District, keys: Mapping[str, str]) -> Iterator[Shown]:
    """The pages of offices, of accounts, and those that are open to all."""
    warning = Warning.objects.filter(place=HERE, rule="WAR-38").values_list("id", flat=True)[0]
    person = district.people["bayu"].code
    yield from (Shown("", address) for address in ("/akun/login/", "/akun/password/reset/", "/log/"))
    yield Shown("", "/akun/login/", 200, sends=True)
    yield from (
        Shown("dewi", address)
        for address in (
            f"/kabupaten/{DISTRICT}/",
            f"{SITE}/akses/",
            f"{SITE}/piket/",
            f"{SITE}/ronde/titik/",
            f"{SITE}/kiriman/",
            "/cuaca/",
            "/peringatan/",
            "/peringatan/?state=resolved",
            f"/peringatan/{HERE}/{warning}/",
            "/peringatan/beban/",
            "/peringatan/tangga/",
            "/peringatan/aturan/",
            "/peringatan/aturan-sendiri/",
            "/pesan/",
            "/pesan/langganan/",
            "/pesan/cara/",
            f"/pesan/keterjangkauan/{DISTRICT}/",
            f"/pesan/telepon/{HERE}/",
            f"/pesan/telepon/{HERE}/{warning}/",
            "/orang/saya/",
            "/akun/password/change/",
            "/akun/email/",
            "/akun/2fa/",
            "/akun/reauthenticate/",
            "/akun/logout/",
        )
    )
    yield Shown("putra", f"/provinsi/{PROVINCE}/")
    yield Shown("putra", "/peringatan/aturan/WAR-05/")
    yield Shown("putra", "/peringatan/aturan/OWN-KANTOR-01/")
    yield Shown("putra", "/peringatan/aturan-sendiri/tulis/")
    yield Shown("putra", "/peringatan/aturan-sendiri/tulis/", 422, sends=True)
    yield Shown("putra", f"/peringatan/aturan-sendiri/{DISTRICT}/OWN-KANTOR-01/")
    yield Shown("putra", SITE + "/")
    yield Shown("mitra", f"/kabupaten/{DISTRICT}/")
    yield Shown("sari", f"/provinsi/{PROVINCE}/")
    yield from (
        Shown("arif", address)
        for address in ("/orang/", "/orang/baru/", f"/orang/{person}/", "/pesan/saluran/", "/pesan/saluran/gagal/")
    )
    yield Shown("dewi", f"/pesan/buka/{digest_of(district.people['dewi']).message_id}/")
    yield Shown("putra", f"/pesan/keterjangkauan/{PROVINCE}/")
    yield Shown("wati", "/orang/", 403)
    yield Shown("wati", "/tidak-ada/", 404)


def at_the_roster(district: District, keys: Mapping[str, str]) -> Iterator[Shown]:
    """The pages of a district's roster, and one's own calendar."""
    office, shift = f"/piket/{DISTRICT}", keys["shift"].rpartition("/")[2]
    tomorrow = datetime.fromtimestamp(district.clock() / 1000 + 86_400, UTC).date()
    for page in (
        "",
        "?bulan=2024-03",
        "petugas/",
        f"petugas/{district.people['bayu'].code}/",
        "kebutuhan/",
        "ke-depan/",
        "kehadiran/",
        f"pengganti/{HERE}/{shift}/",
        f"sel/{HERE}/{tomorrow}/malam/",
    ):
        yield Shown("dewi", f"{office}/{page}")
    yield Shown("dewi", f"{office}/petugas/p999/", 404)
    yield Shown("putra", "/piket/")
    yield Shown("wati", "/piket/kalender/")
    yield Shown("wati", f"/gudang/{HERE}/piket/")


def at_the_stages(district: District, keys: Mapping[str, str]) -> Iterator[Shown]:
    """The pages of logistics."""
    office = f"/logistik/{HERE}"
    for page in ("", "hitungan/", "hitungan/?tahap=receiving", "label/", f"tanda-terima/{_index(district, TALLY)}/"):
        yield Shown("wati", f"{office}/{page}")
    yield Shown("dewi", f"{office}/lembar/")
    yield Shown("wati", f"{office}/lembar/", 422, sends=True)
    yield Shown("wati", f"{office}/catat/kirim/", 422, sends=True)
    yield Shown("wati", f"{office}/catat/sortir/", 422, sends=True)
    yield Shown("eka", f"/logistik/{KECAMATAN}/")
    yield Shown("eka", f"/logistik/{KECAMATAN}/catat/terima-kiriman/{named(keys['transfer'])}/")
    yield Shown("eka", f"/logistik/kotak/{DISTRICT}/K2/")
    yield Shown("wati", f"/logistik/kotak/{DISTRICT}/K1/")
    yield Shown("wati", f"/logistik/tps/{VILLAGE}-002/")
    yield Shown("eka", f"/logistik/paket/{VILLAGE}/")
    yield Shown("dewi", f"/logistik/paket/{DISTRICT}/?kurang=1")
    yield Shown("dewi", f"/logistik/papan/{DISTRICT}/")
    yield Shown("putra", f"/logistik/papan/{PROVINCE}/")
    yield Shown("mitra", f"/logistik/papan/{DISTRICT}/")


STAGE_SUBJECTS = {"approval": "leave", "tally": "short"}
"""What acts are about, where it has another name among the keys."""


def stage_acts(district: District, keys: Mapping[str, str]) -> Iterator[Shown]:
    """The form of every act of logistics, about something that is there."""
    for act in STAGE_ACTS.values():
        about = f"{named(keys[STAGE_SUBJECTS.get(act.about, act.about)])}/" if act.about else ""
        who = "dewi" if Permission(act.permission) in FROM_THE_DESK else "wati"
        yield Shown(who, f"/logistik/{HERE}/catat/{act.slug}/{about}")


def named(key: str) -> str:
    """A key as addresses name it."""
    return key.replace("/", "~")


def goods_expected(keys: Mapping[str, str]) -> str:
    """The consignment that is still to come, as addresses name it."""
    return keys["consignment"].rpartition("/")[2]


def _index(district: District, kind: str) -> int:
    """The number of the first entry of a kind."""
    for index in range(district.size()):
        line = ledger.line(f"awas/{DISTRICT}", index)
        if line is not None and line.entry.kind == kind:
            return line.index
    raise LookupError(kind)


NO_PAGES = frozenset(
    {
        "",  # leads to one's own page
        "logistik/",
        "denyut/",  # for a monitor
        "piket/<str:region>/susun/",
        "piket/<str:region>/terbit/",
        "piket/kalender/<str:token>.ics",
        # take only what a form sends
        "gudang/<str:place>/keluar/catat/",
        "gudang/<str:place>/masuk-lagi/",
        "peringatan/<str:place>/<str:warning>/<slug:verb>/",
        "peringatan/aturan/<str:rule>/ambang/",
        "peringatan/aturan-sendiri/<str:place>/<str:rule>/hentikan/",
        "peringatan/tangga/<str:level>/",
        "orang/saya/perangkat/<str:device>/cabut/",
        "orang/<str:person>/sandi/",
        "orang/<str:person>/tugas/",
        "orang/<str:person>/tugas/<int:duty>/akhiri/",
        "orang/<str:person>/perangkat/",
        "orang/<str:person>/perangkat/<str:device>/cabut/",
        "pesan/langganan/hapus/",
        "pesan/saluran/<int:webhook>/berhenti/",
        "pesan/saluran/kantor/",
        "pesan/saluran/kantor/<str:address>/berhenti/",
        "pesan/saluran/uji/<str:address>/",
        "pesan/cara/pilihan/",
        "pesan/cara/ponsel/",
        "pesan/cara/ponsel/<int:browser>/hapus/",
        "pesan/cara/alamat/",
        "pesan/cara/alamat/<str:address>/hapus/",
        "pesan/cara/uji/<str:channel>/",
        "bahasa/setlang/",
        "tema/",
        # files, and what programs ask
        "logistik/papan/<str:region>/csv/",
        "logistik/papan/<str:region>/xlsx/",
        "logistik/papan/<str:region>/ndjson/",
        "logistik/<str:place>/lembar/<slug:kind>/xlsx/",
        "logistik/<str:place>/lembar/<slug:kind>/csv/",
        "api/v1/sites/<str:place>/epcis",
        "gudang/<str:place>/log/<int:index>/bukti.tlog-proof",
        "gudang/<str:place>/bukti/<str:sha256>/",
        "log/<str:district>/checkpoint",
        "log/<str:district>/tile/<path:path>",
        "api/v1/cap/<str:region>",
        "api/v1/cap/<str:place>/<str:name>",
        "log/cap/sertifikat.pem",
        "log/cap/<str:region>",
        "log/cap/<str:place>/<str:name>",
        "api/v1/sites/<str:place>/entries",
        "api/v1/sites/<str:place>/evidence",
        "api/v1/sites/<str:place>/state",
        # the sign-in library's own, with its own forms in our layout: reached only in the middle of something
        "akun/inactive/",
        "akun/signup/",
        "akun/confirm-email/",
        "akun/password/set/",
        "akun/login/code/confirm/",
        "akun/password/reset/key/done/",
        "akun/password/reset/done/",
        "akun/2fa/authenticate/",
        "akun/2fa/reauthenticate/",
        "akun/2fa/totp/activate/",
        "akun/2fa/totp/deactivate/",
        "akun/2fa/recovery-codes/",
        "akun/2fa/recovery-codes/generate/",
        "akun/2fa/recovery-codes/download/",
    }
)

"""The people, accounts and plates of the demo: invented, marked "(demo)", and the same every time.

Names are things of nature and colours, so that nobody is meant. Pure. It must never hold a real person's data.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from awas.ledger.area import Sealed
from awas.ledger.naming import key_in_log
from awas.simulation.cues import Scene
from awas.warehouse.codes import IdentityKind, Role

THINGS = (
    "Kapas", "Kerang", "Lentera", "Tebing", "Randu", "Pinang", "Tembaga", "Bambu", "Rotan", "Perahu", "Layar",
    "Jendela", "Kemiri", "Cengkih", "Lontar", "Kelapa", "Pandan", "Sagu", "Tikar", "Payung", "Gasing", "Kincir",
    "Lesung", "Angklung", "Mangga",
)  # fmt: skip
QUALITIES = (
    "Biru", "Hijau", "Kuning", "Putih", "Ungu", "Jingga", "Merah", "Kelabu", "Bening", "Teduh", "Sejuk", "Rapi",
    "Riang", "Tenang", "Tekun", "Wangi", "Mekar", "Lembut", "Jernih", "Luhur", "Elok", "Ringan", "Bundar",
    "Tinggi",
)  # fmt: skip

MARK = "(demo)"


def demo_name(number: int) -> str:
    """The invented name of that number; 600 differ."""
    thing = THINGS[number % len(THINGS)]
    # 25 and 24 have no common factor: stepping both goes through every pair before one comes back.
    return f"{thing} {QUALITIES[number % len(QUALITIES)]} {MARK}"


DEMO_PASSWORD = "awas-demo-2024"  # noqa: S105 - shown on the sign-in page of a demo, good for nothing else


class Account(Struct, frozen=True, kw_only=True):
    """Somebody who signs in. `role` is a word of the access policy, `area` where it is held."""

    username: str
    display_name: str
    role: str
    area: str
    home: str
    duty: str


SHIFT_NAMES = ("pagi", "siang", "malam")
WATCHERS = ("piket", "piket2", "piket3")


def watchers_of(place: str, number: int) -> tuple[Account, ...]:
    """The three watch officers of a place."""
    district = place[:5]
    return tuple(
        Account(
            username=f"{WATCHERS[shift]}.{district.replace('.', '')}",
            display_name=demo_name(number + shift),
            role="watcher",
            area=place,
            home=district,
            duty=f"Petugas piket {SHIFT_NAMES[shift]} {place}",
        )
        for shift in range(3)
    )


RELIEF = 7
"""Officers besides the three, so that a month can be planned."""


def relief_watchers(place: str) -> tuple[Account, ...]:
    """More watch officers of a place, who appear in its roster alone: the days of the demo are stood by the three."""
    district = place[:5]
    return tuple(
        Account(
            username=f"piket{number}.{district.replace('.', '')}",
            display_name=demo_name(540 + number),
            role="watcher",
            area=place,
            home=district,
            duty=f"Petugas piket {place}",
        )
        for number in range(4, 4 + RELIEF)
    )


def officer_of(district: str, number: int) -> Account:
    """The officer of a district's Bawaslu."""
    return Account(
        username=f"kab.{district.replace('.', '')}",
        display_name=demo_name(number),
        role="district_officer",
        area=district,
        home=district,
        duty=f"Bawaslu kabupaten/kota {district}",
    )


PROVINCE = "36"
ABOVE: tuple[Account, ...] = (
    Account(
        username="prov.36",
        display_name=demo_name(590),
        role="province_officer",
        area=PROVINCE,
        home=PROVINCE,
        duty="Bawaslu Provinsi Banten",
    ),
    Account(
        username="prov2.36",
        display_name=demo_name(591),
        role="province_officer",
        area=PROVINCE,
        home=PROVINCE,
        duty="Bawaslu Provinsi Banten",
    ),
    Account(
        username="admin",
        display_name=demo_name(592),
        role="administrator",
        area=PROVINCE,
        home=PROVINCE,
        duty="Pengelola akun",
    ),
    Account(
        username="mitra.36",
        display_name=demo_name(593),
        role="partner",
        area=PROVINCE,
        home=PROVINCE,
        duty="Mitra: Forkopimda Banten",
    ),
)

SHOWN_PLACE = "36.02-G1"
"""The warehouse whose accounts the sign-in page offers: Lebak, where the story of 2024 began."""


def accounts_of(places: Sequence[str]) -> tuple[Account, ...]:
    """All accounts of a demo over these places: three watchers and an officer each, and those above."""
    found: list[Account] = []
    for turn, place in enumerate(places):
        found += watchers_of(place, 480 + turn * 4)
        found.append(officer_of(place[:5], 483 + turn * 4))
    return (*found, *ABOVE)


WITHOUT_ADDRESS = "piket3."
"""Night's watchers have given none: a demo shows what it looks like when nobody would be reached."""


def mailbox_of(account: Account) -> str:
    """A mailbox that no server has (RFC 2606)."""
    return "" if account.username.startswith(WITHOUT_ADDRESS) else f"{account.username}@awas.example"


def phone_of(account: Account) -> str:
    """A number that no telephone has: no area code of Indonesia begins with 0."""
    return "" if account.role in ("administrator", "partner") else f"000-{_digits(account.username):07d}"


def _digits(username: str) -> int:
    """The same every time, another for each."""
    number = 0
    for letter in username.encode():
        number = (number * 31 + letter) % 10_000_000
    return number


ICONS = {"watcher": "watch", "district_officer": "home", "province_officer": "map", "administrator": "user"}

SHOWN: tuple[Mapping[str, str], ...] = tuple(
    {
        "username": account.username,
        "password": DEMO_PASSWORD,
        "name": account.display_name,
        "duty": account.duty,
        "icon": ICONS.get(account.role, "eye"),
    }
    for account in (*watchers_of(SHOWN_PLACE, 484), officer_of(SHOWN_PLACE[:5], 487), *ABOVE)
)
"""What the sign-in page of a demo offers. `piket.36xx` to `piket3.36xx` and `kab.36xx` exist for every district."""


def accounts_shown() -> list[str]:
    """The same for a terminal."""
    width = max(len(account["username"]) for account in SHOWN)
    return [f"{account['username']:<{width}}  {account['password']}  {account['duty']}" for account in SHOWN]


def demo_plate(scene: Scene, number: int) -> str:
    """A number plate that no vehicle can have."""
    return f"A {int(scene.place[3:5]):02d}{number % 100:02d} DEMO"


class Figure(Struct, frozen=True, kw_only=True):
    """Somebody who comes to a warehouse. `person` is the pseudonym of the log; name and identity are sealed."""

    code: str
    person: str
    name: Sealed
    role: Role
    institution: str
    identity_kind: IdentityKind = "ktp"
    identity: Sealed | None = None


class Company(Struct, frozen=True, kw_only=True):
    """Everybody who comes to one warehouse, by what brings them there.

    `guards` and `police` hold one crew for each shift. `wanted` is the one on the district's watchlist.
    """

    guards: tuple[tuple[Figure, ...], ...]
    police: tuple[tuple[Figure, ...], ...]
    staff: tuple[Figure, ...]
    sorters: tuple[Figure, ...]
    porters: tuple[Figure, ...]
    drivers: tuple[Figure, ...]
    visitors: tuple[Figure, ...]
    strangers: tuple[Figure, ...]
    helpers: tuple[Figure, ...]
    wanted: Figure

    @property
    def everybody(self) -> tuple[Figure, ...]:
        crews = (*self.guards, *self.police, self.staff, self.sorters, self.porters, self.drivers, self.visitors)
        return tuple(figure for crew in (*crews, self.strangers, self.helpers, (self.wanted,)) for figure in crew)


KPU = "KPU Kabupaten/Kota (demo)"
POLICE = "Polres (demo)"

HELPERS = 50
"""People of the subdistricts (PPK) who come to help with packing."""

GUESTS: tuple[tuple[Role, str], ...] = (
    ("official", "Kesbangpol (demo)"),
    ("supervisor", "Panwaslu Kecamatan (demo)"),
    ("observer", "Lembaga Pemantau Contoh (demo)"),
    ("press", "Warta Contoh (demo)"),
    ("official", "Kejaksaan Negeri (demo)"),
    ("party_witness", "Partai Contoh (demo)"),
    ("technician", "Bengkel Listrik Contoh (demo)"),
    ("official", "Dinas Perhubungan (demo)"),
)


class _Casting:
    """Gives out names in order, so that a post's figures are always the same."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.number = int(scene.place[3:5]) * 37

    def figure(self, code: str, role: Role, institution: str, kind: IdentityKind = "ktp") -> Figure:
        self.number += 1
        # The district is part of the digits: the names repeat, and nobody may be met in two districts at once.
        district = int(self.scene.place[3:5])
        called, digits = demo_name(self.number), f"{(self.number * 7919 + district * 613) % 10_000:04d}"
        identity = (kind, digits, called)
        name = self.scene.seal(code, "person", called, identity)
        return Figure(
            code=code,
            person=key_in_log(self.scene.place, name.ref),
            name=name,
            role=role,
            institution=institution,
            identity_kind=kind,
            identity=self.scene.seal(f"{code}i", "identity", f"{kind} …{digits}", identity),
        )

    def crew(
        self, letter: str, count: int, role: Role, institution: str, kind: IdentityKind = "ktp"
    ) -> tuple[Figure, ...]:
        return tuple(self.figure(f"{letter}{number}", role, institution, kind) for number in range(1, count + 1))


def company_of(scene: Scene) -> Company:
    """The people of one post."""
    casting = _Casting(scene)
    return Company(
        guards=tuple(casting.crew(f"g{shift}", 2, "guard", KPU, "staff_card") for shift in range(3)),
        police=tuple(casting.crew(f"p{shift}", 1, "police", POLICE, "kta") for shift in range(3)),
        staff=casting.crew("k", 6, "kpu_staff", KPU, "staff_card"),
        sorters=casting.crew("s", scene.post.sorters, "sorter", "Tim sortir-lipat (demo)"),
        porters=casting.crew("b", 4, "porter", "Tim bongkar muat (demo)"),
        drivers=casting.crew("d", 6, "driver", "CV Angkutan Contoh (demo)", "sim"),
        visitors=tuple(casting.figure(f"t{n}", role, house) for n, (role, house) in enumerate(GUESTS, 1)),
        strangers=casting.crew("x", 8, "guest", "Tidak diketahui (demo)"),
        helpers=casting.crew("h", HELPERS, "ad_hoc_staff", "PPK (demo)"),
        wanted=casting.figure("w1", "guest", "Tidak diketahui (demo)"),
    )

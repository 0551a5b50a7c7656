"""The people and plates of the demo: invented, marked "(demo)", and the same for the same post every time.

Names are things of nature and colours, so that nobody is meant. Pure. It must never hold a real person's data.
"""

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
    wanted: Figure

    @property
    def everybody(self) -> tuple[Figure, ...]:
        crews = (*self.guards, *self.police, self.staff, self.sorters, self.porters, self.drivers, self.visitors)
        return tuple(figure for crew in (*crews, self.strangers, (self.wanted,)) for figure in crew)


KPU = "KPU Kabupaten/Kota (demo)"
POLICE = "Polres (demo)"

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
        called, digits = demo_name(self.number), f"{(self.number * 7919) % 10_000:04d}"
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

    def crew(self, letter: str, count: int, role: Role, institution: str, kind: IdentityKind = "ktp") -> tuple[Figure, ...]:
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
        wanted=casting.figure("w1", "guest", "Tidak diketahui (demo)"),
    )

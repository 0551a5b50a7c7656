"""Rules on deliveries: announced, escorted, in the right place, in time, and never left alone. Pure."""

from awas.ledger.area import MINUTE, Instant, Stamp
from awas.ledger.message import moment
from awas.warehouse import events as happened
from awas.warehouse.rules import grounds
from awas.warehouse.rules.endings import VEHICLE_GONE, voided
from awas.warnings.rule import (
    Arm,
    Armed,
    Cleared,
    Disarm,
    Found,
    Level,
    Limits,
    Outcomes,
    Rule,
    Watch,
    Words,
    minutes,
)

ESCORTED_BY_LAW = ("police", "army", "police_army")
NO_ESCORT = ("", "none")


def _unannounced_vehicle(watch: Watch, stamp: Stamp, event: happened.VehicleArrived, limits: Limits) -> Outcomes:
    if event.purpose != "deliver" or event.announced or event.expected_place:
        return ()
    return (Found(key=event.vehicle_id, facts=(("what", event.plate),)),)


def _unannounced_goods(watch: Watch, stamp: Stamp, event: happened.GoodsReceived, limits: Limits) -> Outcomes:
    if event.announced or event.wrong_place:
        return ()
    what = event.delivery_letter or event.supplier or event.consignment_id
    return (Found(key=event.vehicle_id or event.consignment_id, facts=(("what", what),)),)


UNANNOUNCED = Rule(
    id="WAR-01",
    title=Words("Kiriman tanpa pemberitahuan", "Unannounced delivery"),
    question=Words(
        "Apakah kiriman ini diberitahukan lebih dahulu kepada KPU dan Bawaslu?",
        "Was this delivery announced to KPU and Bawaslu beforehand?",
    ),
    message=Words("Kiriman tanpa pemberitahuan: {what}", "Unannounced delivery: {what}"),
    basis=grounds.ANNOUNCED_BEFOREHAND,
    level=Level.SIAGA,
    runbook=(
        Words(
            "Minta surat jalan dan identitas pengemudi; foto kendaraan, muatan, dan segel sebelum dibuka.",
            "Ask for the delivery letter and the driver's identity; photograph vehicle, load and seals "
            "before anything is opened.",
        ),
        Words(
            "Tanyakan kepada KPU siapa pengirimnya, apa isinya, dan mengapa tidak diberitahukan.",
            "Ask KPU who sent it, what it is, and why nobody was told.",
        ),
        Words(
            "Jangan dibongkar sebelum KPU, Polri, dan Bawaslu hadir.",
            "Don't let it be unloaded before KPU, police and Bawaslu are there.",
        ),
        Words("Tuangkan dalam Formulir Model A.", "Put it in Form A."),
    ),
    incident=grounds.LEBAK_TRUCK,
    on={
        happened.VehicleArrived: _unannounced_vehicle,
        happened.GoodsReceived: _unannounced_goods,
        happened.EntryVoided: voided,
    },
)


def _wait(consignment_id: str, letter: str, until_at: Instant, limits: Limits) -> Arm:
    return Arm(
        key=consignment_id,
        due_at=until_at + limits["grace"] * MINUTE,
        facts=(("letter", letter or consignment_id), ("minutes", limits["grace"])),
    )


def _announced(watch: Watch, stamp: Stamp, event: happened.ConsignmentAnnounced, limits: Limits) -> Outcomes:
    if event.direction != "in" or not event.expected_until_at:
        return ()
    return (_wait(event.consignment_id, event.delivery_letter, event.expected_until_at, limits),)


def _expected(watch: Watch, stamp: Stamp, event: happened.ConsignmentExpected, limits: Limits) -> Outcomes:
    """Announced by another place of the district, or announced anew with another window."""
    until_at = event.expected_until_at
    if not until_at:
        return (Disarm(key=event.consignment_id), Cleared(key=event.consignment_id, why="postponed"))
    waiting = _wait(event.consignment_id, event.delivery_letter, until_at, limits)
    return (waiting, Cleared(key=event.consignment_id, why="postponed")) if until_at > watch.now else (waiting,)


def _reannounced(watch: Watch, stamp: Stamp, event: happened.ConsignmentChanged, limits: Limits) -> Outcomes:
    # The sender of goods changes its announcement too; only a place that waits has something to move.
    known = watch.armed("WAR-02", event.consignment_id) or watch.is_open("WAR-02", event.consignment_id)
    if not known or event.expected_until_at in (0, event.expected_until_before_at):
        return ()
    moved = _wait(event.consignment_id, event.delivery_letter, event.expected_until_at, limits)
    if event.expected_until_at <= watch.now:
        return (moved,)
    return (moved, Cleared(key=event.consignment_id, why="postponed"))


def _on_its_way(watch: Watch, stamp: Stamp, event: happened.ConsignmentDispatched, limits: Limits) -> Outcomes:
    until_at = max(event.eta_at, event.expected_until_at)
    if event.direction != "in" or not until_at:
        return ()
    return (_wait(event.consignment_id, "", until_at, limits),)


def _came(
    watch: Watch, stamp: Stamp, event: happened.VehicleArrived | happened.GoodsReceived, limits: Limits
) -> Outcomes:
    if not event.consignment_id:
        return ()
    return (Disarm(key=event.consignment_id), Cleared(key=event.consignment_id, why="arrived"))


def _not_come(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    facts = dict(armed.facts)
    if facts["minutes"] == limits["long"]:
        return (Found(key=key, facts=armed.facts, level=Level.SIAGA),)
    later = now + max(limits["long"] - limits["grace"], 1) * MINUTE
    return (
        Found(key=key, facts=armed.facts),
        Arm(key=key, due_at=later, facts=(("letter", facts["letter"]), ("minutes", limits["long"]))),
    )


NOT_ARRIVED = Rule(
    id="WAR-02",
    title=Words("Kiriman yang diberitahukan belum datang", "Announced delivery has not come"),
    question=Words("Di mana kiriman yang seharusnya sudah tiba?", "Where is the delivery that should have come?"),
    message=Words(
        "Kiriman {letter} belum datang, lewat {minutes} menit dari jadwal",
        "Delivery {letter} has not come, {minutes} minutes after its time",
    ),
    basis=grounds.FIVE_RIGHTS,
    level=Level.WASPADA,
    thresholds=(
        minutes("grace", 60, (10, 1440), Words("Lewat jadwal", "Past its time"), "SOP; perlu ditetapkan kantor"),
        minutes(
            "long",
            720,
            (60, 10_080),
            Words("Lewat lama: menjadi Siaga", "Long past: becomes Siaga"),
            "SOP; perlu ditetapkan kantor",
        ),
    ),
    runbook=(
        Words(
            "Telepon pengirim atau pengemudi; catat perkiraan tiba yang baru.",
            "Call the sender or the driver; note the new time of arrival.",
        ),
        Words(
            "Tanyakan pengawal (Polri) posisi terakhir kendaraan.", "Ask the police escort where the vehicle was last."
        ),
        Words("Periksa apakah kiriman dibongkar di tempat lain.", "Check whether it was unloaded somewhere else."),
        Words("Bila tidak ditemukan, laporkan ke provinsi.", "If it can't be found, tell the province."),
    ),
    incident=grounds.BANTEN_LATE,
    on={
        happened.ConsignmentAnnounced: _announced,
        happened.ConsignmentExpected: _expected,
        happened.ConsignmentChanged: _reannounced,
        happened.ConsignmentDispatched: _on_its_way,
        happened.VehicleArrived: _came,
        happened.GoodsReceived: _came,
    },
    ends={happened.ConsignmentCancelled: ("consignment_id", "withdrawn")},
    due=_not_come,
)


def _vehicle_astray(watch: Watch, stamp: Stamp, event: happened.VehicleArrived, limits: Limits) -> Outcomes:
    if not event.expected_place or event.expected_place == stamp.place:
        return ()
    return (Found(key=event.vehicle_id, facts=(("what", event.plate), ("expected", event.expected_place))),)


def _goods_astray(watch: Watch, stamp: Stamp, event: happened.GoodsReceived, limits: Limits) -> Outcomes:
    if not event.wrong_place:
        return ()
    what = event.delivery_letter or event.consignment_id
    facts = (("what", what), ("expected", event.expected_place or "?"))
    return (Found(key=event.vehicle_id or event.consignment_id, facts=facts, level=Level.AWAS),)


WRONG_PLACE = Rule(
    id="WAR-03",
    title=Words("Kiriman di tempat yang salah", "Delivery at the wrong place"),
    question=Words("Apakah kiriman ini memang untuk gudang ini?", "Is this delivery meant for this warehouse?"),
    message=Words("Kiriman {what} seharusnya ke {expected}", "Delivery {what} should have gone to {expected}"),
    places=("expected",),
    basis=grounds.FIVE_RIGHTS,
    level=Level.SIAGA,
    runbook=(
        Words(
            "Cocokkan surat jalan dengan tujuan; jangan dibuka.",
            "Compare the delivery letter with the destination; don't open it.",
        ),
        Words("Hubungi KPU dan gudang tujuan.", "Call KPU and the warehouse it was meant for."),
        Words(
            "Bila sudah dibongkar: hitung, segel, dan buat berita acara sebelum dikirim ulang.",
            "If it was unloaded: count, seal and sign a record before it goes on.",
        ),
    ),
    incident=grounds.WRONG_DESTINATION,
    on={
        happened.VehicleArrived: _vehicle_astray,
        happened.GoodsReceived: _goods_astray,
        happened.EntryVoided: voided,
    },
    ends=VEHICLE_GONE,
)


def _came_alone(watch: Watch, stamp: Stamp, event: happened.VehicleArrived, limits: Limits) -> Outcomes:
    if event.purpose != "deliver" or event.escort in ESCORTED_BY_LAW:
        return ()
    if not event.ballots_expected and event.announced:
        return ()  # the law asks for an escort of ballots; what an unannounced vehicle carries isn't known
    level = Level.SIAGA if event.escort in NO_ESCORT else Level.WASPADA
    return (Found(key=event.vehicle_id, facts=(("what", event.plate),), level=level),)


def _went_alone(watch: Watch, stamp: Stamp, event: happened.GoodsReleased, limits: Limits) -> Outcomes:
    if not event.ballots or event.escort in ESCORTED_BY_LAW:
        return ()
    level = Level.SIAGA if event.escort in NO_ESCORT else Level.WASPADA
    what = event.plate or event.delivery_letter or event.release_id
    return (Found(key=event.vehicle_id or event.release_id, facts=(("what", what),), level=level),)


NO_POLICE_ESCORT = Rule(
    id="WAR-04",
    title=Words("Tanpa pengawalan", "No escort"),
    question=Words("Siapa yang mengawal surat suara di jalan?", "Who guards the ballots on the road?"),
    message=Words("{what} tanpa pengawalan polisi", "{what} without a police escort"),
    basis=grounds.ESCORT,
    level=Level.SIAGA,
    runbook=(
        Words(
            "Catat nama pengemudi, jam berangkat, dan perhentian.",
            "Note the driver's name, the hour of departure and the stops made.",
        ),
        Words(
            "Periksa semua segel dan bandingkan dengan surat jalan.",
            "Check every seal and compare with the delivery letter.",
        ),
        Words(
            "Minta KPU memanggil pengawalan sebelum perjalanan berikutnya.",
            "Ask KPU to call an escort before the next leg.",
        ),
    ),
    incident=grounds.LEBAK_TRUCK,
    on={
        happened.VehicleArrived: _came_alone,
        happened.GoodsReleased: _went_alone,
        happened.EntryVoided: voided,
    },
)


def _left_standing(watch: Watch, stamp: Stamp, event: happened.VehicleUnattended, limits: Limits) -> Outcomes:
    since_at = min(event.since_at or moment(stamp), watch.now)
    facts = (("plate", event.plate), ("minutes", limits["minutes"]), ("loaded", int(event.loaded)))
    return (Arm(key=event.vehicle_id, due_at=since_at + limits["minutes"] * MINUTE, facts=facts),)


def _stands_alone(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    loaded = dict(armed.facts)["loaded"]
    return (Found(key=key, facts=armed.facts, level=Level.AWAS if loaded else None),)


UNATTENDED = Rule(
    id="WAR-05",
    title=Words("Kendaraan ditinggal tanpa penjaga", "Vehicle left unattended"),
    question=Words("Siapa yang menjaga kendaraan ini?", "Who is watching this vehicle?"),
    message=Words("{plate} tanpa penjaga lebih dari {minutes} menit", "{plate} unattended for over {minutes} minutes"),
    basis=grounds.ESCORT,
    level=Level.SIAGA,
    thresholds=(
        minutes(
            "minutes", 15, (5, 240), Words("Tanpa penjaga selama", "Unattended for"), "SOP; perlu ditetapkan kantor"
        ),
    ),
    runbook=(
        Words(
            "Berdiri di dekat kendaraan sampai penjaga datang; jangan dibuka.",
            "Stand by the vehicle until a guard comes; don't open it.",
        ),
        Words("Periksa dan foto segel pintu muatan.", "Check and photograph the seals of the hold."),
        Words(
            "Cari pengemudi; catat berapa lama dan mengapa ia pergi.",
            "Find the driver; note how long and why he was away.",
        ),
    ),
    incident=grounds.LEBAK_TRUCK,
    on={
        happened.VehicleUnattended: _left_standing,
        happened.EntryVoided: voided,
    },
    ends={happened.VehicleAttended: ("vehicle_id", "attended"), **VEHICLE_GONE},
    due=_stands_alone,
)


def _waits(watch: Watch, stamp: Stamp, event: happened.VehicleArrived, limits: Limits) -> Outcomes:
    if event.purpose != "deliver":
        return ()
    facts = (("plate", event.plate), ("minutes", limits["minutes"]))
    return (Arm(key=event.vehicle_id, due_at=moment(stamp) + limits["minutes"] * MINUTE, facts=facts),)


def _counted(watch: Watch, stamp: Stamp, event: happened.GoodsReceived, limits: Limits) -> Outcomes:
    if not event.vehicle_id:
        return ()
    return (Disarm(key=event.vehicle_id), Cleared(key=event.vehicle_id, why="counted"))


def _still_waits(watch: Watch, key: str, armed: Armed, now: Instant, limits: Limits) -> Outcomes:
    return (Found(key=key, facts=armed.facts),)


UNCOUNTED = Rule(
    id="WAR-06",
    title=Words("Kiriman tidak segera dihitung", "Delivery waits to be counted"),
    question=Words("Mengapa muatan belum dihitung?", "Why has the load not been counted?"),
    message=Words(
        "{plate} menunggu lebih dari {minutes} menit tanpa dihitung",
        "{plate} has waited for over {minutes} minutes uncounted",
    ),
    basis=grounds.RECEIVING,
    level=Level.WASPADA,
    thresholds=(
        minutes("minutes", 240, (30, 1440), Words("Menunggu selama", "Waited for"), "SOP; perlu ditetapkan kantor"),
    ),
    runbook=(
        Words(
            "Tanyakan KPU kapan dibongkar; pastikan kendaraan dijaga.",
            "Ask KPU when it will be unloaded; see that the vehicle is guarded.",
        ),
        Words("Catat segel setiap jam sampai dibongkar.", "Note the seals every hour until then."),
    ),
    incident=grounds.UNOFFICIAL_STORE,
    on={
        happened.VehicleArrived: _waits,
        happened.GoodsReceived: _counted,
        happened.EntryVoided: voided,
    },
    ends=VEHICLE_GONE,
    due=_still_waits,
)

RULES = (UNANNOUNCED, NOT_ARRIVED, WRONG_PLACE, NO_POLICE_ESCORT, UNATTENDED, UNCOUNTED)

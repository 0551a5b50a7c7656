"""Rules on how entries are made: a clock that is wrong, a phone elsewhere, a photo from the gallery. Pure.

They flag; they never refuse. One warning for a device, however many entries it makes.
"""

from typing import Any

from awas.ledger.area import MINUTE, Stamp
from awas.warehouse.rules import grounds
from awas.warnings.rule import Found, Incident, Level, Limits, Outcomes, Rule, Threshold, Watch, Words, minutes

UNFLAGGED_PHOTOS = Incident(
    what=Words(
        "Belum ada kasus gudang yang diberitakan; pengguna alat lapangan lain melaporkan jam, lokasi, "
        "dan foto galeri yang lolos tanpa tanda.",
        "No warehouse case was reported; users of other field tools report clocks, places and gallery "
        "photos that passed unflagged.",
    ),
    where="LiinooRF/Guard #59; proofmode #100; Save-app-ios #277",
    on="2024",
    source="github.com",
)


def _clock(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
    capture = event.capture
    if abs(capture.clock_skew_ms) < limits["minutes"] * MINUTE:
        return ()
    return (Found(key=stamp.device, facts=(("minutes", capture.clock_skew_ms // MINUTE),)),)


CLOCK = Rule(
    id="WAR-39",
    title=Words("Jam perangkat meleset", "Device clock is wrong"),
    question=Words(
        "Dapatkah waktu catatan dari perangkat ini dipercaya?", "Can the times noted on this device be trusted?"
    ),
    message=Words("Jam perangkat meleset {minutes} menit", "The device's clock is {minutes} minutes off"),
    basis=grounds.REPORTED,
    level=Level.WASPADA,
    thresholds=(
        minutes(
            "minutes",
            10,
            (2, 1440),
            Words("Meleset mulai", "Off by"),
            "Praktik alat lapangan luring: selisih di atas 10 menit diberi tanda",
        ),
    ),
    runbook=(
        Words("Setel jam perangkat ke waktu jaringan.", "Set the device to network time."),
        Words(
            "Bandingkan waktu catatan dengan waktu server sebelum dipakai sebagai bukti.",
            "Compare the noted times with the server's before using them as evidence.",
        ),
    ),
    incident=UNFLAGGED_PHOTOS,
    on_capture=_clock,
)


def _distance(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
    capture = event.capture
    if capture.distance_m is None:
        return ()
    # The doubt of the fix counts for the watcher.
    away = capture.distance_m - (capture.accuracy_m or 0)
    if away < limits["metres"]:
        return ()
    return (Found(key=stamp.device, facts=(("metres", away),)),)


AWAY = Rule(
    id="WAR-40",
    title=Words("Dicatat jauh dari gudang", "Noted far from the warehouse"),
    question=Words("Apakah petugas benar berada di gudang?", "Was the officer really at the warehouse?"),
    message=Words("Catatan dibuat {metres} meter dari gudang", "An entry was made {metres} metres from the warehouse"),
    basis=grounds.REPORTED,
    level=Level.WASPADA,
    thresholds=(
        Threshold(
            name="metres",
            unit="metres",
            default=500,
            least=50,
            most=50_000,
            label=Words("Jarak mulai", "Distance from"),
            source="SOP; perlu ditetapkan kantor",
        ),
    ),
    runbook=(
        Words("Tanyakan petugas di mana ia mencatat dan mengapa.", "Ask the officer where the note was made, and why."),
        Words("Minta foto dari lokasi sekarang.", "Ask for a photograph from the site now."),
        Words("Bila titik gudang salah, perbaiki koordinatnya.", "If the warehouse's point is wrong, correct it."),
    ),
    incident=UNFLAGGED_PHOTOS,
    on_capture=_distance,
)


def _not_taken_there(watch: Watch, stamp: Stamp, event: Any, limits: Limits) -> Outcomes:
    capture = event.capture
    if not (capture.imported_photo or capture.simulated_location):
        return ()
    return (Found(key=stamp.device, facts=(("simulated", int(capture.simulated_location)),)),)


IMPORTED = Rule(
    id="WAR-41",
    title=Words("Foto dari galeri atau lokasi tiruan", "Gallery photo or simulated location"),
    question=Words("Apakah bukti ini dibuat di tempat dan waktu kejadian?", "Was this evidence made there and then?"),
    message=Words(
        "Foto diambil dari galeri, atau lokasi perangkat tiruan",
        "A photo came from the gallery, or the device's location is simulated",
    ),
    basis=grounds.REPORTED,
    level=Level.WASPADA,
    runbook=(
        Words("Minta foto baru langsung dari kamera.", "Ask for a new photograph straight from the camera."),
        Words("Simpan foto lama sebagai petunjuk, bukan bukti.", "Keep the old one as a hint, not as evidence."),
        Words(
            "Lokasi tiruan: periksa perangkat bersama petugas.",
            "Simulated location: look at the device with the officer.",
        ),
    ),
    incident=UNFLAGGED_PHOTOS,
    on_capture=_not_taken_there,
)

RULES = (CLOCK, AWAY, IMPORTED)

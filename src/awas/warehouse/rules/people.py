"""Rules on who enters: on the list, by day, not alone with ballots, not looked out for, in one place only. Pure."""

from awas.ledger.area import Stamp
from awas.ledger.message import moment
from awas.warehouse import events as happened
from awas.warehouse.rules import grounds
from awas.warehouse.rules.endings import VISIT_OVER, voided
from awas.warnings.hours import between, minute_of_day
from awas.warnings.rule import Cleared, Found, Level, Limits, Outcomes, Rule, Threshold, Watch, Words, minutes

WATCHERS = frozenset({"watcher", "supervisor"})
"""Bawaslu's own: the law sends them there."""

GUARDING = frozenset({"guard", "watcher", "supervisor", "police", "army", "satpol_pp"})
"""Who stands guard comes at any hour, and alone."""

BRINGING = frozenset({"driver", "porter", "supplier"})
"""Who comes with a delivery comes when the road lets them; the rules on deliveries look at those."""

HOURS = "SOP; jam kerja gudang ditetapkan kantor"


def _unlisted(watch: Watch, stamp: Stamp, event: happened.PersonEntered, limits: Limits) -> Outcomes:
    if event.on_access_list != "unlisted" or event.role in WATCHERS:
        return ()
    return (Found(key=event.visit_id, facts=(("role", event.role), ("institution", event.institution))),)


def _revoked(watch: Watch, stamp: Stamp, event: happened.AccessRevoked, limits: Limits) -> Outcomes:
    if not event.visit_inside:
        return ()
    return (Found(key=event.visit_inside, facts=(("role", event.role), ("institution", ""))),)


OFF_THE_LIST = Rule(
    id="WAR-07",
    title=Words("Orang di luar daftar akses", "Person off the access list"),
    question=Words("Siapa yang mengizinkan orang ini masuk?", "Who let this person in?"),
    message=Words("Orang di luar daftar akses ada di dalam gudang", "Somebody off the access list is inside"),
    basis=grounds.GATE_BOOK,
    level=Level.SIAGA,
    runbook=(
        Words(
            "Tanyakan keperluan dan surat tugasnya; catat siapa yang mengizinkan.",
            "Ask for the purpose and the letter of duty; note who let them in.",
        ),
        Words(
            "Dampingi sampai keluar; periksa barang bawaan saat keluar.",
            "Stay with them until they leave; check what they carry out.",
        ),
        Words(
            "Bila memang berhak, minta KPU memasukkannya ke daftar.",
            "If they have the right, ask KPU to put them on the list.",
        ),
    ),
    incident=grounds.BANDUNG_OUTSIDERS,
    on={
        happened.PersonEntered: _unlisted,
        happened.AccessRevoked: _revoked,
        happened.EntryVoided: voided,
    },
    ends=VISIT_OVER,
)


def _by_night(watch: Watch, stamp: Stamp, event: happened.PersonEntered, limits: Limits) -> Outcomes:
    if event.role in GUARDING or (event.purpose == "delivery" and event.role in BRINGING):
        return ()
    minute = minute_of_day(stamp.place, moment(stamp))
    rules = watch.warehouse.rules
    if rules.opens_minute != rules.closes_minute:
        closed = not between(minute, rules.opens_minute, rules.closes_minute)
    else:
        closed = between(minute, limits["night_from"], limits["night_until"])
    if not closed:
        return ()
    return (Found(key=event.visit_id, facts=(("role", event.role), ("hour", f"{minute // 60:02}.{minute % 60:02}"))),)


OUT_OF_HOURS = Rule(
    id="WAR-08",
    title=Words("Masuk di luar jam", "Entry out of hours"),
    question=Words("Apa keperluan orang ini pada jam begini?", "What does this person want at this hour?"),
    message=Words("Orang masuk gudang pukul {hour}", "Somebody entered the warehouse at {hour}"),
    basis=grounds.GATE_BOOK,
    level=Level.SIAGA,
    thresholds=(
        Threshold(
            name="night_from",
            unit="minute_of_day",
            default=22 * 60,
            least=0,
            most=1439,
            label=Words("Malam mulai", "Night begins"),
            source=HOURS,
        ),
        Threshold(
            name="night_until",
            unit="minute_of_day",
            default=5 * 60,
            least=0,
            most=1439,
            label=Words("Malam berakhir", "Night ends"),
            source=HOURS,
        ),
    ),
    runbook=(
        Words(
            "Minta surat dan alasan; hubungi atasan orang itu.",
            "Ask for a letter and the reason; call that person's superior.",
        ),
        Words("Masuk berdua dengan petugas; jangan biarkan sendirian.", "Go in with them; don't leave them alone."),
        Words(
            "Periksa segel ruang surat suara setelah orang itu keluar.",
            "Check the seals of the ballot room after they have left.",
        ),
    ),
    incident=grounds.BANDUNG_OUTSIDERS,
    on={
        happened.PersonEntered: _by_night,
        happened.EntryVoided: voided,
    },
    ends=VISIT_OVER,
)


SOMEONE_JOINED = (Cleared(key="inside", why="someone_joined"),)


def _came_in(watch: Watch, stamp: Stamp, event: happened.PersonEntered, limits: Limits) -> Outcomes:
    if event.others_inside > 0:
        return SOMEONE_JOINED
    if event.role in GUARDING or not watch.warehouse.ballots_inside:
        return ()
    return (Found(key="inside", facts=(("role", event.role), ("minutes", limits["minutes"]))),)


def _stayed_behind(watch: Watch, stamp: Stamp, event: happened.PersonLeft, limits: Limits) -> Outcomes:
    if event.inside_after == 0:
        return (Cleared(key="inside", why="left"),)
    if not event.alone_after or not watch.warehouse.ballots_inside:
        return ()
    role = next((role for role, count in watch.warehouse.inside.items() if count), "other")
    if role in GUARDING:
        return (Cleared(key="inside", why="left"),)
    return (Found(key="inside", facts=(("role", role), ("minutes", limits["minutes"]))),)


ALONE = Rule(
    id="WAR-09",
    title=Words("Sendirian bersama surat suara", "Alone with the ballots"),
    question=Words(
        "Mengapa hanya satu orang di dalam bersama surat suara?", "Why is only one person inside with the ballots?"
    ),
    message=Words(
        "Satu orang sendirian bersama surat suara lebih dari {minutes} menit",
        "One person has been alone with the ballots for over {minutes} minutes",
    ),
    basis=grounds.SORTER_RULES,
    level=Level.SIAGA,
    thresholds=(
        minutes("minutes", 5, (0, 120), Words("Sendirian selama", "Alone for"), "SOP; perlu ditetapkan kantor"),
    ),
    holds_for="minutes",
    runbook=(
        Words("Masuk sekarang dan temani orang itu.", "Go in now and stay with that person."),
        Words("Catat apa yang dikerjakan dan barang yang dibawa.", "Note what they are doing and what they carry."),
        Words("Hitung ulang tumpukan yang terbuka di hadapan saksi.", "Count the open stacks again before a witness."),
    ),
    incident=grounds.BANDUNG_OUTSIDERS,
    on={happened.PersonEntered: _came_in, happened.PersonLeft: _stayed_behind},
)


def _looked_out_for(watch: Watch, stamp: Stamp, event: happened.PersonEntered, limits: Limits) -> Outcomes:
    if not event.on_watchlist:
        return ()
    return (Found(key=event.person, facts=(("reason", event.watchlist_reason),)),)


def _listed_while_inside(watch: Watch, stamp: Stamp, event: happened.PersonWatchlisted, limits: Limits) -> Outcomes:
    if event.inside_at != stamp.place:
        return ()
    return (Found(key=event.person, facts=(("reason", event.reason),)),)


def _turned_away(watch: Watch, stamp: Stamp, event: happened.EntryRefused, limits: Limits) -> Outcomes:
    if not event.on_watchlist or not event.person:
        return ()
    return (Found(key=event.person, facts=(("reason", event.watchlist_reason),), level=Level.SIAGA),)


WATCHLISTED = Rule(
    id="WAR-10",
    title=Words("Orang dalam daftar pantau", "Person looked out for"),
    question=Words(
        "Apa yang dilakukan orang dalam daftar pantau di gudang ini?", "What is a person on the watchlist doing here?"
    ),
    message=Words(
        "Orang dalam daftar pantau terlihat di gudang", "A person on the watchlist was seen at the warehouse"
    ),
    basis=grounds.SORTER_RULES,
    level=Level.AWAS,
    runbook=(
        Words(
            "Jangan biarkan sendirian; minta polisi di lokasi mendekat.",
            "Don't leave the person alone; ask the police on site to come near.",
        ),
        Words("Hubungi Bawaslu kabupaten/kota sekarang.", "Call the Bawaslu district office now."),
        Words("Simpan foto dan rekaman CCTV sejak kedatangan.", "Keep photographs and the footage since the arrival."),
    ),
    incident=grounds.DEPOK_SORTERS,
    on={
        happened.PersonEntered: _looked_out_for,
        happened.PersonWatchlisted: _listed_while_inside,
        happened.EntryRefused: _turned_away,
    },
    ends={happened.PersonLeft: ("person", "left")},
)


def _in_two_places(watch: Watch, stamp: Stamp, event: happened.PersonEntered, limits: Limits) -> Outcomes:
    if event.elsewhere_place:
        return (Found(key=event.visit_id, facts=(("elsewhere", event.elsewhere_place),)),)
    if event.entered_again:
        return (Found(key=event.visit_id, facts=(("elsewhere", stamp.place),), level=Level.WASPADA),)
    return ()


TWO_PLACES = Rule(
    id="WAR-11",
    title=Words("Satu orang di dua tempat", "One person in two places"),
    question=Words(
        "Apakah orang ini benar sudah keluar dari tempat yang lain?", "Has this person really left the other place?"
    ),
    message=Words(
        "Orang yang masuk di sini masih tercatat di dalam {elsewhere}",
        "Somebody who entered here still stood as inside {elsewhere}",
    ),
    places=("elsewhere",),
    basis=grounds.GATE_BOOK,
    level=Level.SIAGA,
    runbook=(
        Words(
            "Telepon penjaga di tempat lain: siapa yang ada di dalam?",
            "Call the watch at the other place: who is inside there?",
        ),
        Words(
            "Periksa identitas; kartu atau nama bisa dipakai dua orang.",
            "Check the identity; a card or a name may serve two people.",
        ),
        Words(
            "Bila hanya lupa dicatat keluar, koreksi catatannya.", "If the exit was only forgotten, correct the record."
        ),
    ),
    incident=grounds.BANDUNG_OUTSIDERS,
    on={
        happened.PersonEntered: _in_two_places,
        happened.EntryVoided: voided,
    },
    ends=VISIT_OVER,
)

RULES = (OFF_THE_LIST, OUT_OF_HOURS, ALONE, WATCHLISTED, TWO_PLACES)

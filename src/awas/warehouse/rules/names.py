"""The words for codes that messages name, in both languages: a warning is read on a phone, not decoded. Pure."""

from collections.abc import Mapping

from awas.warnings.rule import Words

Names = Mapping[str, Words]

SPOT: Names = {"": Words("tempat tidak disebut", "place not given")}

CONDITIONS: Names = {
    "leak": Words("bocor", "leak"),
    "flood": Words("banjir", "flood"),
    "fire": Words("kebakaran", "fire"),
    "smoke": Words("asap", "smoke"),
    "heat": Words("panas", "heat"),
    "damp": Words("lembap", "damp"),
    "pests": Words("hama", "pests"),
    "structure": Words("bangunan rusak", "damaged building"),
    "storm": Words("badai", "storm"),
    "gas": Words("gas", "gas leak"),
    "other": Words("bahaya lain", "another danger"),
}
HAZARDS: Names = {
    "rain": Words("hujan lebat", "heavy rain"),
    "flood": Words("banjir", "a flood"),
    "storm": Words("badai atau petir", "a storm"),
    "wind": Words("angin kencang", "strong wind"),
    "wave": Words("gelombang tinggi atau rob", "high waves or tidal flooding"),
    "tsunami": Words("tsunami", "a tsunami"),
    "earthquake": Words("gempa bumi", "an earthquake"),
    "landslide": Words("tanah longsor", "a landslide"),
    "volcano": Words("letusan gunung api", "a volcanic eruption"),
    "fire": Words("kebakaran", "fire"),
    "heat": Words("panas ekstrem", "extreme heat"),
    "other": Words("bahaya lain", "another danger"),
}
WEAKNESSES: Names = {
    "open": Words("sedang kemasukan air", "takes in water now"),
    "unfit": Words("dinilai tidak layak terhadap air", "was found unfit against water"),
    "history": Words("pernah kemasukan air", "has taken in water before"),
}
FINDINGS: Names = {
    "smell_of_smoke": Words("bau asap", "smell of smoke"),
    "lock_broken": Words("kunci rusak", "broken lock"),
    "stranger": Words("orang asing", "stranger"),
    "seal_broken": Words("segel rusak", "broken seal"),
    "door_open": Words("pintu terbuka", "open door"),
    "camera_covered": Words("kamera tertutup", "covered camera"),
    "guard_absent": Words("penjaga tidak ada", "guard absent"),
    "window_open": Words("jendela terbuka", "open window"),
    "guard_asleep": Words("penjaga tidur", "guard asleep"),
    "stack_fallen": Words("tumpukan roboh", "fallen stack"),
    "leak": Words("bocor", "leak"),
}
USES: Names = {
    "sport": Words("olahraga", "sport"),
    "meeting": Words("rapat", "a meeting"),
    "event": Words("acara", "an event"),
    "residence": Words("tempat tinggal", "living quarters"),
    "foreign_storage": Words("menyimpan barang lain", "storing other goods"),
    "trade": Words("berdagang", "trade"),
    "parking": Words("parkir", "parking"),
    "campaign": Words("kampanye", "campaigning"),
    "other": Words("kegiatan lain", "something else"),
}
INCIDENTS: Names = {
    "intrusion": Words("penyusupan", "intrusion"),
    "theft": Words("pencurian", "theft"),
    "tampering": Words("perusakan isi", "tampering"),
    "damage": Words("kerusakan", "damage"),
    "fire": Words("kebakaran", "fire"),
    "flood": Words("banjir", "flood"),
    "threat": Words("ancaman", "threat"),
    "violence": Words("kekerasan", "violence"),
    "obstruction": Words("pengawas dihalangi", "supervisors obstructed"),
    "protest": Words("unjuk rasa", "protest"),
    "document_missing": Words("dokumen hilang", "missing document"),
    "unofficial_storage": Words("penyimpanan tidak resmi", "unofficial storage"),
    "injury": Words("orang terluka", "injury"),
    "other": Words("kejadian lain", "another incident"),
}
SEALED_OBJECTS: Names = {
    "door": Words("pintu", "door"),
    "gate": Words("gerbang", "gate"),
    "room": Words("ruang", "room"),
    "box": Words("kotak", "box"),
    "container": Words("peti kemas", "container"),
    "vehicle": Words("kendaraan", "vehicle"),
    "cabinet": Words("lemari", "cabinet"),
    "cctv_recorder": Words("perekam CCTV", "CCTV recorder"),
    "other": Words("benda lain", "something else"),
}

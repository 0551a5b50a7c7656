"""The codes of the gate log in words. Every code that a person can choose or read stands here once.

Texts are English message ids; Indonesian is in the catalogue. A test holds that no code is without its words.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from awas.ui.asks import Words

IDENTITY_KINDS: Words = {
    "ktp": _("Identity card (KTP)"),
    "sim": _("Driving licence (SIM)"),
    "kta": _("Service card (KTA)"),
    "passport": _("Passport"),
    "staff_card": _("Staff card"),
    "none": _("None shown"),
}
ROLES: Words = {
    "guard": _("Security guard"),
    "watcher": _("Watch officer (Bawaslu)"),
    "supervisor": _("Supervisor (Bawaslu)"),
    "kpu_staff": _("KPU staff"),
    "ad_hoc_staff": _("PPK/PPS"),
    "police": _("Police"),
    "army": _("Army (TNI)"),
    "satpol_pp": _("Satpol PP"),
    "sorter": _("Sorting worker"),
    "porter": _("Porter"),
    "driver": _("Driver"),
    "supplier": _("Supplier"),
    "technician": _("Technician"),
    "party_witness": _("Party or candidate witness"),
    "observer": _("Election observer"),
    "press": _("Press"),
    "official": _("Government official"),
    "guest": _("Guest"),
    "other": _in("kind", "Other"),
}
PURPOSES: Words = {
    "duty": _("On duty"),
    "sorting": _("Sorting and folding"),
    "packing": _("Packing"),
    "delivery": _("Delivery"),
    "collection": _("Collection"),
    "counting": _("Counting stock"),
    "supervision": _("Supervision"),
    "inspection": _("Inspection"),
    "maintenance": _("Maintenance"),
    "cleaning": _("Cleaning"),
    "meeting": _("Meeting"),
    "visit": _("Visit"),
    "event": _("Event"),
    "other": _in("kind", "Other"),
}
CARRIED: Words = {
    "bag": _("Bag"),
    "phone": _("Phone"),
    "camera": _("Camera"),
    "laptop": _("Laptop"),
    "tools": _("Tools"),
    "documents": _("Documents"),
    "food": _("Food or drink"),
    "jacket": _("Jacket"),
    "parcel": _("Parcel"),
    "other": _in("kind", "Other"),
}
REFUSAL_REASONS: Words = {
    "off_list": _("Not on the access list"),
    "watchlisted": _("On the watchlist"),
    "no_letter": _("No letter of authority"),
    "no_identity": _("No identity shown"),
    "no_escort": _("Without escort"),
    "out_of_hours": _("Out of hours"),
    "prohibited_item": _("Prohibited item"),
    "body_check_declined": _("Declined the body check"),
    "party_member": _("Registered party member (SIPOL)"),
    "unfit": _("Unfit (drunk, ill)"),
    "no_documents": _("No documents for the goods"),
    "unannounced": _("Not announced"),
    "site_closed": _("Warehouse closed"),
    "other": _in("kind", "Other"),
}
REFUSED_SUBJECTS: Words = {"person": _("Person"), "vehicle": _("Vehicle"), "goods": _("Goods")}
VEHICLES: Words = {
    "truck": _("Truck"),
    "box_truck": _("Box truck"),
    "pickup": _("Pick-up"),
    "van": _("Van"),
    "car": _("Car"),
    "motorcycle": _("Motorcycle"),
    "boat": _("Boat"),
    "other": _in("kind", "Other"),
}
ESCORTS: Words = {
    "none": _("No escort"),
    "police": _("Police"),
    "army": _("Army (TNI)"),
    "police_army": _("Police and army"),
    "satpol_pp": _("Satpol PP"),
    "kpu": _("KPU only"),
    "other": _in("kind", "Other"),
}
VEHICLE_PURPOSES: Words = {
    "deliver": _("Brings goods"),
    "collect": _("Fetches goods"),
    "service": _("Service"),
    "official": _("Official visit"),
    "park": _("Parks only"),
    "other": _in("kind", "Other"),
}
VEHICLE_POSITIONS: Words = {
    "outside": _("Outside the fence"),
    "gate": _("At the gate"),
    "yard": _("In the yard"),
    "inside": _("Inside the building"),
}
DIRECTIONS: Words = {"in": _("Coming in"), "out": _("Going out")}
ITEMS: Words = {
    "ballot": _("Ballots"),
    "box": _("Ballot boxes"),
    "booth": _("Voting booths"),
    "ink": _("Ink"),
    "paper_seal": _("Paper seals"),
    "cable_tie": _("Plastic seals (cable ties)"),
    "punch_kit": _("Punching kits"),
    "padlock": _("Padlocks"),
    "envelope": _("Envelopes"),
    "form": _("Forms and certificates"),
    "plano": _("C.Hasil plano forms"),
    "voter_list": _("Voter lists"),
    "candidate_list": _("Candidate lists"),
    "braille_template": _("Braille templates"),
    "label": _("Labels"),
    "station_kit": _("Station kits"),
    "result_box": _("Result boxes"),
    "other": _in("kind", "Other"),
}
CONSIGNMENT_STATUSES: Words = {
    "announced": _("Announced"),
    "in_transit": _("In transit"),
    "part_received": _("Partly received"),
    "received": _("Received"),
    "cancelled": _("Cancelled"),
    "void": _("Void"),
}
DIFFERENCES: Words = {"short": _("Short"), "over": _("Over"), "unexpected": _("Not announced")}
DIFFERENCE_REASONS: Words = {
    "none": _("No difference"),
    "miscounted_at_source": _("Miscounted by the sender"),
    "miscounted_here": _("Miscounted here"),
    "follows_later": _("The rest follows"),
    "lost": _("Lost"),
    "damaged_in_transit": _("Damaged in transit"),
    "wrong_dapil": _("Wrong electoral district"),
    "wrong_address": _("Wrong address"),
    "replacement": _("Replacement"),
    "paper_error": _("Error in the papers"),
    "not_known": _("Not known yet"),
    "other": _in("kind", "Other"),
}
SEAL_KINDS: Words = {
    "paper": _("Paper seal"),
    "cable_tie": _("Cable tie"),
    "padlock": _("Padlock"),
    "bolt": _("Bolt seal"),
    "wire": _("Wire seal"),
    "other": _in("kind", "Other"),
}
SEALED_OBJECTS: Words = {
    "door": _("Door"),
    "gate": _("Gate"),
    "room": _("Room"),
    "box": _("Ballot box"),
    "container": _("Container or carton"),
    "vehicle": _("Vehicle"),
    "cabinet": _("Cabinet"),
    "cctv_recorder": _("CCTV recorder"),
    "other": _in("kind", "Other"),
}
SEAL_RESULTS: Words = {
    "intact": _("Intact"),
    "broken": _("Broken"),
    "different": _("Different number"),
    "missing": _("Missing"),
}
SEAL_STATES: Words = {**SEAL_RESULTS, "unregistered": _("Not recorded"), "removed": _("Removed"), "void": _("Void")}
SEAL_REMOVALS: Words = {
    "opening": _("Opening"),
    "receiving": _("Receiving goods"),
    "inspection": _("Inspection"),
    "replacement": _("Replacement"),
    "emergency": _("Emergency"),
    "damage": _("Damage"),
    "other": _in("kind", "Other"),
}
FINDINGS: Words = {
    "none": _("Nothing found"),
    "door_open": _("Door open"),
    "lock_broken": _("Lock broken"),
    "window_open": _("Window open"),
    "seal_broken": _("Seal broken"),
    "stranger": _("Stranger"),
    "light_out": _("Light out"),
    "leak": _("Leak"),
    "smell_of_smoke": _("Smell of smoke"),
    "noise": _("Noise"),
    "pest": _("Pests"),
    "stack_fallen": _("Stack fallen"),
    "camera_covered": _("Camera covered"),
    "guard_absent": _("Guard absent"),
    "guard_asleep": _("Guard asleep"),
    "other": _in("kind", "Other"),
}
CONDITIONS: Words = {
    "leak": _("Leak"),
    "flood": _("Flood"),
    "fire": _("Fire"),
    "smoke": _("Smoke"),
    "power_cut": _("Power cut"),
    "heat": _("Heat"),
    "damp": _("Damp"),
    "pests": _("Pests"),
    "structure": _("Damage to the building"),
    "storm": _("Storm"),
    "gas": _("Gas"),
    "use": _("Used for something else"),
    "other": _in("kind", "Other"),
}
SEVERITIES: Words = {"low": _("Low"), "high": _("High"), "critical": _("Critical")}
THREATS: Words = {
    "extreme": _("Extreme"),
    "severe": _("Severe"),
    "moderate": _("Moderate"),
    "minor": _("Minor"),
    "unknown": _("Not told"),
}
ALERT_BASES: Words = {
    "polygon": _("by its outline"),
    "circle": _("by its circle"),
    "geocode": _("by the region's code"),
    "name": _("by the region's name alone"),
}
ALERT_ENDS: Words = {
    "cancelled": _("cancelled by its sender"),
    "replaced": _("replaced by another"),
    "moved_away": _("it has moved away"),
}
OTHER_USES: Words = {
    "sport": _("Sport"),
    "meeting": _("Meeting"),
    "event": _("Event or party"),
    "residence": _("People living there"),
    "foreign_storage": _("Storage of other goods"),
    "trade": _("Trade"),
    "parking": _("Parking"),
    "campaign": _("Campaign activity"),
    "other": _in("kind", "Other"),
}
INCIDENTS: Words = {
    "intrusion": _("Intrusion"),
    "theft": _("Theft"),
    "tampering": _("Tampering"),
    "damage": _("Damage"),
    "fire": _("Fire"),
    "flood": _("Flood"),
    "threat": _("Threat"),
    "violence": _("Violence"),
    "obstruction": _("Supervision obstructed"),
    "protest": _("Protest"),
    "document_missing": _("Document missing"),
    "unofficial_storage": _("Unofficial storage place"),
    "injury": _("Injury"),
    "other": _in("kind", "Other"),
}
INCIDENT_OUTCOMES: Words = {
    "resolved": _("Settled"),
    "handed_to_police": _("Handed to the police"),
    "handed_to_bawaslu": _("Handed to Bawaslu as a finding"),
    "unfounded": _("Unfounded"),
    "duplicate": _("Reported twice"),
    "other": _in("kind", "Other"),
}
VERDICTS: Words = {"ok": _("Good"), "bad": _("Not good"), "na": _("Does not apply")}
TWO_PERSON_ACTIVITIES: Words = {
    "receiving": _("Receiving goods"),
    "releasing": _("Letting goods out"),
    "seal_removal": _("Removing seals"),
    "stock": _("Counting stock"),
    "entry": _("Entering the store"),
}
CORRECTION_REASONS: Words = {
    "typing": _("Typing mistake"),
    "duplicate": _("Logged twice"),
    "wrong_person": _("Wrong person"),
    "wrong_place": _("Wrong place"),
    "wrong_time": _("Wrong time"),
    "did_not_happen": _("Did not happen"),
    "other": _in("kind", "Other"),
}
WITNESSES: Words = {
    "kpu": _("KPU"),
    "bawaslu": _("Bawaslu"),
    "police": _("Police"),
    "army": _("Army (TNI)"),
    "satpol_pp": _("Satpol PP"),
    "kejaksaan": _("Prosecutor's office"),
    "kesbangpol": _("Kesbangpol"),
    "party_witness": _("Party or candidate witness"),
}
VISIT_STATES: Words = {"inside": _("Inside"), "left": _("Has left"), "void": _("Void")}
BALLOTS: Words = {
    "ppwp": _("President"),
    "dpr": _("DPR"),
    "dpd": _("DPD"),
    "dprd_prov": _("DPRD province"),
    "dprd_kab": _("DPRD regency/city"),
    "gubernur": _("Governor"),
    "bupati_walikota": _("Regent/mayor"),
}

"""EPCIS 2.0 in and out: what others send of the goods becomes acts of ours, and our entries become their events."""

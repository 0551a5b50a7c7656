"""Warnings in the Common Alerting Protocol (OASIS CAP 1.2): written, signed, and read from others.

`message` is the alert as data, `writing` and `reading` its XML, `chain` which messages a warning's life makes,
`composing` what each of them says, `signing` the XML signature, `shapes` where an alert holds. None of them reads a
clock, a database or the network; `publishing` alone asks the record.
"""

"""The forms of the gate log, by subject; `awas.warehouse.acts` lists them all."""

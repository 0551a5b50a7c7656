"""What happened at a warehouse in sentences: one module for each module of `awas.warehouse.events`."""

"""How each event changes the snapshot of its place and the items it is about. Pure; by subject in the modules beside.

A snapshot fold returns the changed fields of `Site` and never reads items. Neither fold fails on an event that
`decide` returned, and neither knows the time: it stands in the stamp.
"""

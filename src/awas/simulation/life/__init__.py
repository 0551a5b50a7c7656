"""Ordinary life of a warehouse, a day at a time: the watch, people, goods, the house. Pure.

Each file has one function `…_of(scene, company, day, is_first)` that writes the cues of a local day, which begins with
the morning's hand-over and ends with the next one's.
"""

"""Scripts of incidents, by subject: goods, people, the watch itself, the building. Pure.

Each follows something that really happened to election logistics (the source stands in its `Script`) and has a
beginning, what is seen of it, and an end, so that a warning comes and goes.
"""

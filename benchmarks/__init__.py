"""`make bench`: how fast the record is, beside what the same machine does bare in the same run.

Every part runs in processes and data folders of its own, counts what it does, and stops what it started.
"""

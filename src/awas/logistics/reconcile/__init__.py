"""Reconciliation of goods: what the stages of the record say of one another, of the voter list, of other counts.

`snapshot` writes the record's balances as parquet files by district, `engine` runs the plain SQL of `sql/` over them,
`report` says what was found. `published` does the arithmetic of printed figures again. Nothing here writes the record.
"""

"""The month's roster: what is asked, a plan by constraint solving, a check that trusts nobody, and why it falls short.

The pure modules know people by their codes and days by their number; `solve` alone loads OR-Tools.
"""

"""The public side: so far the open log."""

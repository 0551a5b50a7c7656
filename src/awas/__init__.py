"""Awas: the watch, and the warning. See docs/architecture.md for the way of a fact."""

__version__ = "0.1.0"

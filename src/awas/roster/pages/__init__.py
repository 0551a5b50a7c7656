"""Contexts of the roster's pages."""

"""The one source of chance: salts, tokens and nonces for the whole program come from here as arguments."""

import secrets


def token(length: int = 16) -> str:
    """A URL-safe random name of `length` bytes of entropy."""
    return secrets.token_urlsafe(length)


def salt() -> bytes:
    """32 random bytes to hide a low-entropy personal value in its commitment."""
    return secrets.token_bytes(32)

"""The one source of chance: salts, tokens and nonces for the whole program come from here as arguments."""

import secrets


def token(length: int = 16) -> str:
    """A URL-safe random name of `length` bytes of entropy."""
    return secrets.token_urlsafe(length)


def salt() -> bytes:
    """32 random bytes to hide a low-entropy personal value in its commitment."""
    return secrets.token_bytes(32)


def reference() -> str:
    """A random name for a row of the vault or a thing of the record: letters and digits alone."""
    return secrets.token_hex(10)


def nonce(now: int) -> str:
    """The name of one form on one screen. It begins with the time, so that an index of nonces grows at its edge."""
    return f"{now:012x}{secrets.token_hex(8)}"


def fraction() -> float:
    """From 0 up to 1: spreads retries, so that a crowd doesn't come back at the same instant."""
    return secrets.randbelow(1 << 53) / (1 << 53)

"""Encrypts what must be kept and never shown again: endpoints of browsers, addresses at messengers.

The key comes from the installation's secret: a copy of the database alone opens nothing, and a new secret makes what
was sealed unreadable, so that people enter it again.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from awas.delivery.failure import DeliveryFailed


def seal(plain: str) -> str:
    """Encrypted and authenticated, as text."""
    return _cipher(settings.SECRET_KEY).encrypt(plain.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """What was sealed. Raises `DeliveryFailed` where the installation's secret has changed since."""
    try:
        return _cipher(settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise DeliveryFailed("sealed_under_another_secret", permanent=True) from None


@lru_cache(maxsize=2)
def _cipher(secret: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"awas.delivery.sealing").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))

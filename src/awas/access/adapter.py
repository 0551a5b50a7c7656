"""What the sign-in library asks of us: no sign-up, our mail subject, one-time-code secrets encrypted at rest."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given by administrators, never taken."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"[Awas] {subject}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        try:
            return reverse("access:me")
        except NoReverseMatch:
            return str(settings.LOGIN_REDIRECT_URL)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of one-time codes so that a stolen database or backup alone yields none."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode()


def _cipher() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"awas second factor v1").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))

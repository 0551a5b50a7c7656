"""What the views of others need: the framework's and the sign-in library's, each by name.

A table, because their code can't carry our declarations, and because every new foreign view should be a decision. An
unknown one is refused like any view that declares nothing.
"""

from collections.abc import Mapping

from awas.access.require import PUBLIC, SIGNED_IN, Declared

_ACCOUNT = "allauth.account.views."
_MFA = "allauth.mfa."

FOREIGN: Mapping[str, Declared] = {
    # signing in and out; sign-up shows that it is closed (adapter), reset tells nobody whether an address is known
    _ACCOUNT + "LoginView": PUBLIC,
    _ACCOUNT + "LogoutView": PUBLIC,
    _ACCOUNT + "AccountInactiveView": PUBLIC,
    _ACCOUNT + "SignupView": PUBLIC,
    _ACCOUNT + "email_verification_sent": PUBLIC,
    _ACCOUNT + "ConfirmEmailView": PUBLIC,
    _ACCOUNT + "PasswordResetView": PUBLIC,
    _ACCOUNT + "PasswordResetDoneView": PUBLIC,
    _ACCOUNT + "PasswordResetFromKeyView": PUBLIC,
    _ACCOUNT + "PasswordResetFromKeyDoneView": PUBLIC,
    # off: sign-in by a mailed code (answers with a redirect to sign-in)
    _ACCOUNT + "ConfirmLoginCodeView": PUBLIC,
    # the second step of signing in: nobody is signed in yet, the pending sign-in is kept in the session
    _MFA + "base.views.AuthenticateView": PUBLIC,
    # one's own account
    _ACCOUNT + "ReauthenticateView": SIGNED_IN,
    _ACCOUNT + "PasswordChangeView": SIGNED_IN,
    _ACCOUNT + "PasswordSetView": SIGNED_IN,
    _ACCOUNT + "EmailView": SIGNED_IN,
    _MFA + "base.views.IndexView": SIGNED_IN,
    _MFA + "base.views.ReauthenticateView": SIGNED_IN,
    _MFA + "totp.views.ActivateTOTPView": SIGNED_IN,
    _MFA + "totp.views.DeactivateTOTPView": SIGNED_IN,
    _MFA + "recovery_codes.views.ViewRecoveryCodesView": SIGNED_IN,
    _MFA + "recovery_codes.views.GenerateRecoveryCodesView": SIGNED_IN,
    _MFA + "recovery_codes.views.DownloadRecoveryCodesView": SIGNED_IN,
    # the framework: language, texts for scripts, static files in development
    "django.views.i18n.set_language": PUBLIC,
    "django.views.i18n.JavaScriptCatalog": PUBLIC,
    "django.contrib.staticfiles.views.serve": PUBLIC,
    # our own room below this one, which can't import it: the choice of light or dark
    "awas.ui.views.theme": PUBLIC,
}

BEFORE_ALL_ELSE = frozenset(
    {
        _ACCOUNT + "PasswordChangeView",
        _ACCOUNT + "ReauthenticateView",
        _MFA + "base.views.ReauthenticateView",
        _MFA + "totp.views.ActivateTOTPView",
        _MFA + "recovery_codes.views.ViewRecoveryCodesView",
        _MFA + "recovery_codes.views.GenerateRecoveryCodesView",
        _MFA + "recovery_codes.views.DownloadRecoveryCodesView",
    }
)
"""Open to someone who must first choose a password or set up a second factor."""

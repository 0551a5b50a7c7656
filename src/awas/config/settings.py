"""Settings. Everything an office may change comes from the environment; everything else is decided here.

AWAS_HOME      folder for the database, keys, evidence and logs (default: ./var)
DATABASE_URL   postgresql://user:password@host:port/name; without it, SQLite in AWAS_HOME
AWAS_HOSTS     comma-separated host names this server answers to (default: localhost)
AWAS_DEBUG     1 for a developer's error pages
AWAS_HTTPS     1 when served behind TLS: secure cookies and HSTS
AWAS_SMTP      smtp://user:password@host:port for e-mail (smtp+starttls:// or smtps:// for TLS); without it, e-mail is
               written to AWAS_HOME/mail
AWAS_ELECTION  the election watched, a file of elections/data (default: pemilu-2024)
AWAS_URL       the address people open, for links in messages (default: http://localhost:8000)
AWAS_PROXIES   how many proxies of ours stand before this server, so that sign-in limits see the client's address
               (default: 1 with AWAS_HTTPS, else 0)
AWAS_REQUIRE_MFA            1: province, national and administrators' accounts need a one-time code
AWAS_WEBHOOK_ALLOW_PRIVATE  1: webhooks may go to private and loopback addresses, and without TLS
AWAS_CAP_SENDER    who sends our CAP alerts, world-wide unique (default: awas@ and the host of AWAS_URL)
AWAS_CAP_NAME      the sender's name for people (default: Bawaslu)
AWAS_CAP_CONTACT   whom a reader of an alert may ask: a number, an address
AWAS_CAP_EXERCISE  1: alerts are published as Exercise, for a drill; a demo's always are
AWAS_CAP_PUBLIC    what the public may read as CAP: a level and areas, "siaga:36.02,36.03" (default: nothing)
AWAS_CAP_SOURCE    https address of a CAP alert or a feed of them, read every five minutes (default: none)
"""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from awas import chance, clock

HOME = Path(os.environ.get("AWAS_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """The installation's secret, made once and readable by its owner alone."""
    if from_environment := os.environ.get("AWAS_SECRET_KEY"):
        return from_environment
    path = HOME / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "awas.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: a commit is on the disk before it is answered; a crash replays the WAL. The larger checkpoint
                # interval spares the writers; the cache is small because every thread has its own, and the
                # sequencer's thread gives itself a large one (awas.ledger.store).
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA wal_autocheckpoint=8000; PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY;"
                ),
            },
            # A thread keeps its connection: opening one costs more than a gate entry.
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": HOME / "test.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SystemExit("DATABASE_URL must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _cap_public() -> str:
    """What of our alerts the public may read, if it is said as it must be: nobody opens something by a slip."""
    given = os.environ.get("AWAS_CAP_PUBLIC", "")
    if given and not re.fullmatch(r"(waspada|siaga|awas):[A-Z0-9.\-]+(,[A-Z0-9.\-]+)*", given):
        raise SystemExit("AWAS_CAP_PUBLIC must be a level and areas, such as siaga:36.02,36.03")
    return given


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("AWAS_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("AWAS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = os.environ.get("AWAS_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "awas.ui",  # before those whose templates it redraws
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "awas.ledger",
    "awas.places",
    "awas.access",
    "awas.elections",
    "awas.warehouse",
    "awas.logistics",
    "awas.roster",
    "awas.warnings",
    "awas.delivery",
    "awas.portal",
    "awas.simulation",
    "awas.api",
    "awas.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "awas.ui.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "awas.ui.middleware.ChosenLanguage",
    "awas.access.middleware.RequireAccess",
    "awas.ui.middleware.WithinBounds",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "awas.ui.middleware.RefusalsInWords",
]

# What a request to the device API with a token passes (awas.config.wsgi): the same door, and nothing for browsers.
DEVICE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "awas.ui.middleware.ContentSecurityPolicy",
    "django.middleware.common.CommonMiddleware",
    "awas.access.middleware.RequireAccess",
    "awas.ui.middleware.ChosenLanguage",
    "awas.ui.middleware.WithinBounds",
    "awas.ui.middleware.RefusalsInWords",
]

ROOT_URLCONF = "awas.config.urls"
WSGI_APPLICATION = "awas.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "awas.ui.context.shell",
                "awas.config.vitals.ailing",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "awas.ui.templatetags.awas"],
        },
    }
]

FORM_RENDERER = "awas.ui.forms.Renderer"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["awas.access.backends.RememberedPeople"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "awas.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("AWAS_PROXIES", "1" if HTTPS else "0"))
MFA_ADAPTER = "awas.access.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Awas"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 14 * 24 * 3600

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "ui" / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
EVIDENCE_ROOT = HOME / "evidence"
KEYS_ROOT = HOME / "keys"
# Sheets about which a question is asked, for an hour at most; nothing here need be backed up.
HELD_ROOT = HOME / "held"
# Better on another disk than the database, and never restored together with it (docs/operations.md).
ANCHOR = Path(os.environ.get("AWAS_ANCHOR", HOME / "anchor.sqlite3"))
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The longest form is a count of goods: sixty lines of seven fields, and what stands around them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 8

if _smtp := os.environ.get("AWAS_SMTP"):
    _parts = urlsplit(_smtp)
    EMAIL_HOST, EMAIL_PORT = _parts.hostname or "localhost", _parts.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_parts.username or ""), unquote(_parts.password or "")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _parts.scheme == "smtp+starttls", _parts.scheme == "smtps"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("AWAS_MAIL_FROM", "awas@localhost")
EMAIL_TIMEOUT = 10

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "awas.ui.views.csrf_failure"

# The clock and the source of chance for views, which a framework calls and nobody can hand them to. Rooms below
# `config` reach them by `settings.AWAS_NOW()` at their edge; tests put their own here.
AWAS_NOW = clock.now
AWAS_TOKEN = chance.token

# Where the words of refusals are joined.
AWAS_REFUSALS = "awas.config.wiring.REFUSALS"
AWAS_REFUSED_NAMES = "awas.config.wiring.REFUSED_NAMES"

# The file of `elections/data` that this installation watches.
AWAS_ELECTION = os.environ.get("AWAS_ELECTION", "pemilu-2024")

AWAS_URL = os.environ.get("AWAS_URL", "http://localhost:8000").rstrip("/")
AWAS_REQUIRE_MFA = os.environ.get("AWAS_REQUIRE_MFA") == "1"
AWAS_WEBHOOK_ALLOW_PRIVATE = os.environ.get("AWAS_WEBHOOK_ALLOW_PRIVATE") == "1"

AWAS_CAP_SENDER = os.environ.get("AWAS_CAP_SENDER") or f"awas@{urlsplit(AWAS_URL).hostname or 'localhost'}"
if re.search(r"[\s,<&]", AWAS_CAP_SENDER):
    raise SystemExit("AWAS_CAP_SENDER must hold no blanks, commas, < or &")
AWAS_CAP_NAME = os.environ.get("AWAS_CAP_NAME", "Bawaslu")
AWAS_CAP_CONTACT = os.environ.get("AWAS_CAP_CONTACT", "")
AWAS_CAP_EXERCISE = os.environ.get("AWAS_CAP_EXERCISE") == "1"
AWAS_CAP_PUBLIC = _cap_public()
AWAS_CAP_SOURCE = os.environ.get("AWAS_CAP_SOURCE", "")

# `awas demo` sets it: fictional content, accounts shown at sign-in, traffic that keeps coming.
AWAS_DEMO = os.environ.get("AWAS_DEMO") == "1"
AWAS_DEMO_ACCOUNTS = "awas.simulation.cast.SHOWN"

# Where recorded facts are sequenced: "thread" gathers waiting commands of all requests into one commit; "inline"
# commits in the caller's own transaction (tests, imports).
AWAS_SEQUENCER = os.environ.get("AWAS_SEQUENCER", "thread")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("AWAS_LOG_LEVEL", "WARNING")},
}

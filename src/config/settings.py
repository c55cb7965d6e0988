"""All settings, once. What differs between machines is in HUFU_* variables."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]


def text(name: str, default: str = "") -> str:
    """Read HUFU_`name` from the environment."""
    return os.environ.get(f"HUFU_{name}", default).strip()


def words(name: str, default: str = "") -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str) -> bool:
    """Read a switch: 1, true, yes or on."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def key(name: str, file: str, default: str = "") -> str:
    """Read a key from the environment or from its file under HOME/keys."""
    path = HUFU_HOME / "keys" / file
    return text(name) or (path.read_text().strip() if path.is_file() else default)


# The installation

HUFU_ENV = text("ENV", "development")  # development, demo or production
HUFU_HOME = Path(text("HOME") or BASE_DIR / "var").resolve()
HUFU_PACK = text("PACK", "cn")
HUFU_DEMO = HUFU_ENV == "demo" or flag("DEMO")
HUFU_STORAGE_KEY = key("STORAGE_KEY", "storage-key")
HUFU_LOG_KEY = key("LOG_KEY", "log-key")  # signs the proof log
HUFU_UPLOAD_LIMIT = int(
    text("UPLOAD_LIMIT", str(50 * 1024 * 1024))
)  # bytes, with a form
HUFU_DEPOSIT_LIMIT = int(text("DEPOSIT_LIMIT", str(2 * 1024**3)))  # bytes, one deposit
HUFU_HASHES_PER_DAY = int(text("HASHES_PER_DAY", "2000"))  # deposited by one account
HUFU_CHROMIUM = text("CHROMIUM", "chromium")  # captures pages
HUFU_CAPTURE_USER = text("CAPTURE_USER", "nobody")  # as whom, where we are root
HUFU_BIND = text("BIND", "127.0.0.1:8000")
HUFU_SITE_URL = text("SITE_URL", f"http://{HUFU_BIND}").rstrip("/")
# The proof log's name, by default from the site's address; a port that was only
# tried out must not rename a log.
HUFU_LOG_ORIGIN = text("LOG_ORIGIN") or (
    "" if text("SITE_URL") else "127.0.0.1:8000/log"
)
HUFU_WORKERS = int(text("WORKERS", "1"))  # processes that answer
HUFU_THREADS = int(text("THREADS", "4"))  # in each
HUFU_DEVELOPMENT_KEY = "development-only-never-use-it-where-others-can-reach-it"
PRODUCTION = HUFU_ENV == "production"

SECRET_KEY = key("SECRET_KEY", "secret-key", HUFU_DEVELOPMENT_KEY)
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
DEBUG = flag("DEBUG")
ALLOWED_HOSTS = words("HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("ORIGINS")
# Peers whose X-Forwarded-For and X-Forwarded-Proto are believed (config.wsgi).
HUFU_TRUSTED_PROXIES = words("TRUSTED_PROXIES")

# Rooms and doors

INSTALLED_APPS = [
    "hufu.doors.look",  # before allauth and the forms, which it dresses
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's list of passkeys says how long ago
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "hufu.base",
    "hufu.domain.people",
    "hufu.domain.evidence",
    "hufu.domain.rights",
    "hufu.domain.leads",
    "hufu.domain.watch",
    "hufu.domain.inspections",
    "hufu.domain.cases",
    "hufu.domain.remedies",
    "hufu.domain.publication",
    "hufu.domain.oversight",
    "hufu.doors.jobs",
    "hufu.doors.portal",
    "hufu.doors.workbench",
    "hufu.doors.api",
    "hufu.doors.cli",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "hufu.doors.access.AccessMiddleware",
    "hufu.doors.look.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hufu.doors.look.context.look",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        # 32 MiB for each connection: lists read three times as fast as with two.
        "PRAGMA cache_size=-32768"
    ),
}
DATABASES = {
    "default": dj_database_url.parse(
        text("DATABASE_URL") or f"sqlite:///{HUFU_HOME / 'hufu.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
# Engines are no apps; what they say is translated beside them.
LOCALE_PATHS = [
    BASE_DIR / "src/hufu/engines/detection/locale",
    BASE_DIR / "src/hufu/doors/letters/locale",
]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["hufu.doors.look.formats"]

# Accounts

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{VALIDATORS}.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATORS}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hufu.doors.portal.accounts.HolderAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hufu"
MFA_TOTP_TOLERANCE = 1  # a code lives half a minute; people type slowly (RFC 6238, 5.2)
# A passkey needs HTTPS; browsers make an exception for localhost, and so do we.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
USERSESSIONS_TRACK_ACTIVITY = False
# Axes locks a name after wrong passwords. These stop one address that tries many
# names, and one account's wrong second factors; they are kept in memory only.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/5m/key"}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Only the sign-in asks axes: it stores addresses, and no other page may.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "hufu.doors.look.errors.locked_out"
CSRF_FAILURE_VIEW = "hufu.doors.look.errors.csrf_failure"

# What a browser keeps

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = PRODUCTION
# Messages ride in a cookie: an anonymous reporter never gets a session.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# What a browser may do

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION and not flag("NO_TLS_REDIRECT")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION

# What a browser may send

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Beside the data, not in the machine's /tmp, where others may look.
FILE_UPLOAD_TEMP_DIR = HUFU_HOME / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
FILE_UPLOAD_PERMISSIONS = 0o600

# Static files

STATIC_URL = "static/"
STATIC_ROOT = HUFU_HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = HUFU_ENV == "development"
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if HUFU_ENV == "development"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}

# Letters

DEFAULT_FROM_EMAIL = text("EMAIL_FROM", "hufu@localhost")
EMAIL_FILE_PATH = HUFU_HOME / "mail"
EMAIL_HOST = text("EMAIL_HOST")
EMAIL_PORT = int(text("EMAIL_PORT", "587"))
EMAIL_HOST_USER = text("EMAIL_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_PASSWORD")
EMAIL_USE_TLS = not flag("EMAIL_PLAIN")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if EMAIL_HOST else "filebased.EmailBackend"
)

# Logs go to the console and hold no address: there is no access log, and nobody is
# mailed a request.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "WARNING")},
    # A page not found names its path, and a path may hold the code of a receipt.
    "loggers": {"django.request": {"level": "ERROR"}},
}
LOGGING_CONFIG = "logging.config.dictConfig"

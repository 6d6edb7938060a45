"""Every setting of the site. What a host may choose comes from the environment and stands in ``dotenv-sample``.

Nothing secret has a value here or a default: secrets are in the key folder, which the first ``serve`` makes.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from frankpledge.keys import key_folder
from frankpledge.web.config.environment import existing_file, names, setting, whole_number
from frankpledge.web.config.mail import mail_settings
from frankpledge.web.keys.keyring import Keyring
from frankpledge.web.site_folder import SiteFolder

# The folder that holds the partnerships' folders; the key folder lies beside it, never in it.
SITE_FOLDER = Path(setting("FRANKPLEDGE_SITE")).resolve()
KEYRING = Keyring(key_folder(SITE_FOLDER))
# How far each chain of the audit went, signed: beside the site folder, so that who changes the database has not these.
AUDIT_HEADS = SITE_FOLDER.with_name(f"{SITE_FOLDER.name}.heads")

# Where people find the site. Its scheme decides whether cookies and redirects demand a secure connection.
SITE_ADDRESS = setting("FRANKPLEDGE_ADDRESS", SiteFolder(SITE_FOLDER).address).rstrip("/")
SECURE = SITE_ADDRESS.startswith("https://")

SECRET_KEY = KEYRING.secret("django")
SECRET_KEY_FALLBACKS = KEYRING.earlier_secrets("django")
DEBUG = False
ALLOWED_HOSTS = [urlsplit(SITE_ADDRESS).hostname or "localhost"]
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

INSTALLED_APPS = [
    "frankpledge.web.design",
    "frankpledge.web.keys",
    "frankpledge.web.audit",
    "frankpledge.web.jobs",
    "frankpledge.web.partners",
    "frankpledge.web.handover",
    "frankpledge.web.operation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "frankpledge.web.operation.logs.log_requests",
    # Before all that may answer by itself, so that files and refusals have these headers as well.
    "csp.middleware.CSPMiddleware",
    "frankpledge.web.design.headers.strict_headers",
    "django.middleware.security.SecurityMiddleware",
    "frankpledge.web.operation.limits.refuse_large",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "frankpledge.web.audit.where.remember_where",
    "frankpledge.web.partners.middleware.standing",
    "frankpledge.web.config.navigation.navigate",
    "frankpledge.web.partners.middleware.Guard",
]

ROOT_URLCONF = "frankpledge.web.config.urls"
WSGI_APPLICATION = "frankpledge.web.config.wsgi.application"

# Jinja2 first: a page of allauth's that we have none of our own for would be seen to fall back to the second.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "frankpledge.web.design.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "frankpledge.web.design.context.furniture",
                "frankpledge.web.partners.context.who",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "frankpledge.web.design.fields.FormRenderer"

# --- What people write ------------------------------------------------------------------------------------------

_SQLITE = f"sqlite:///{SITE_FOLDER / 'site.sqlite3'}"
DATABASES = {
    "default": dj_database_url.parse(setting("DATABASE_URL", _SQLITE), conn_max_age=600, conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes its lock at the beginning, so that two who read and then write wait for each other instead of
    # failing. Full sync: an audit entry that was answered for survives a power cut. A trigger must fire for rows that
    # REPLACE would put away; what is deleted is overwritten.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "KEY_FUNCTION": "frankpledge.web.keys.caching.stored_cache_key",
    }
}

# --- Signing in ---------------------------------------------------------------------------------------------------

# Who may open which address.
ACCESS = "frankpledge.web.config.access.ACCESS"
AUTH_USER_MODEL = "partners.Person"
AUTHENTICATION_BACKENDS = ["frankpledge.web.partners.signing_in.backend.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "frankpledge.web.partners.signing_in.passwords.NotKnownValidator"},
    {"NAME": "frankpledge.web.partners.signing_in.passwords.NotGuessedValidator"},
]
# A list of passwords that became known, longer than ours.
KNOWN_PASSWORDS = existing_file("FRANKPLEDGE_KNOWN_PASSWORDS")

IDLE_MINUTES = whole_number("FRANKPLEDGE_IDLE_MINUTES", 15, least=3)
SIGN_IN_HOURS = whole_number("FRANKPLEDGE_SIGN_IN_HOURS", 8, least=1)
SESSION_ENGINE = "frankpledge.web.keys.sessions"
SESSION_COOKIE_AGE = SIGN_IN_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

ACCOUNT_ADAPTER = "frankpledge.web.partners.signing_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "frankpledge.web.partners.signing_in.forms.SignInForm",
    "reauthenticate": "frankpledge.web.partners.signing_in.forms.ConfirmPasswordForm",
}
# allauth knows a person by what it calls a user name; ours is the keyed hash of the e-mail address, so that neither its
# tables nor its sessions ever hold the address.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "email_index"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Beside the lock on a person: one address of the network may try for many, so its limit is wider.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "60/15m/ip,5/15m/key",
    "directory": "60/15m/ip",
    # Each asks another computer something.
    "directory_begin": "300/15m/ip",
    # Each costs much to think through.
    "choose_password": "30/15m/key",  # pragma: allowlist secret
    "reset_password": "20/h/ip,3/h/key",  # pragma: allowlist secret
    "export": "20/h/user",
    "letter": "100/h/user",
}

# What one person may ask of one process of the site in a minute.
MOST_A_MINUTE = 300

MFA_ADAPTER = "frankpledge.web.partners.signing_in.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "frankpledge.web.partners.signing_in.forms.SecondFactorForm",
    "reauthenticate": "frankpledge.web.partners.signing_in.forms.ConfirmCodeForm",
    "activate_totp": "frankpledge.web.partners.signing_in.forms.ActivateAppForm",
    "add_webauthn": "frankpledge.web.partners.signing_in.forms.AddPasskeyForm",
    "login_webauthn": "frankpledge.web.partners.signing_in.forms.PasskeySignInForm",
    "authenticate_webauthn": "frankpledge.web.partners.signing_in.forms.SecondFactorPasskeyForm",
    "reauthenticate_webauthn": "frankpledge.web.partners.signing_in.forms.ConfirmPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers take “localhost” for safe, and nothing else without a secure connection.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

SOCIALACCOUNT_ADAPTER = "frankpledge.web.partners.signing_in.directory.DirectoryAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# Seconds for each of the directory's three answers: whoever signs in waits for them.
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
DIRECTORY_NAME = setting("FRANKPLEDGE_DIRECTORY_NAME", "")
_DIRECTORY_ADDRESS = setting("FRANKPLEDGE_DIRECTORY_ADDRESS", None if DIRECTORY_NAME else "none")
# Domains whose addresses are believed of it, though it does not say that it verified them.
DIRECTORY_DOMAINS = frozenset(names("FRANKPLEDGE_DIRECTORY_DOMAINS"))
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "frankpledge.web.partners.signing_in.directory.DirectoryProvider",
        "APPS": [
            {
                "provider_id": "directory",
                "name": DIRECTORY_NAME,
                "client_id": setting("FRANKPLEDGE_DIRECTORY_CLIENT"),
                "secret": KEYRING.text("directory"),
                "settings": {"server_url": _DIRECTORY_ADDRESS},
            }
        ]
        if DIRECTORY_NAME
        else [],
    }
}

# --- What a browser is told -----------------------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
_COOKIE = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_COOKIE}session", f"{_COOKIE}csrf"
LANGUAGE_COOKIE_NAME = f"{_COOKIE}language"
SECURE_SSL_REDIRECT = SECURE
# Machines are not sent on, or they would ask in clear for ever and nobody know: in clear there are no numbers for them.
SECURE_REDIRECT_EXEMPT = ["^health$", "^metrics$"]
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
# Not “no-referrer”: with that, browsers do not say where a form comes from, and every form is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "frankpledge.web.design.errors.form_expired"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A form that is answered with a redirect must be allowed where that leads: the council's directory.
        "form-action": [SELF, *([_DIRECTORY_ADDRESS] if DIRECTORY_NAME else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Behind reverse proxies of the host's own, the last that many addresses are theirs.
TRUSTED_PROXIES = whole_number("FRANKPLEDGE_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Whom the site speaks to, beside the database, the mail server and the directory.
ALSO_SPEAKS_TO = names("FRANKPLEDGE_ALSO_SPEAKS_TO")

# --- Words, files, mail, logs ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [Path(__file__).parents[1] / "design" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = SITE_FOLDER / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SITE_FOLDER / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
# Of everything that is sent at once: files are put on the disk before anybody asks who sends them.
LARGEST_REQUEST = 10 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600

# Without a mail server, what would be sent lies in the site folder, for whoever runs it to pass on.
locals().update(mail_settings(setting("FRANKPLEDGE_MAIL", ""), SITE_FOLDER))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = setting("FRANKPLEDGE_MAIL_FROM", f"no-reply@{ALLOWED_HOSTS[0]}")

LOG_DAYS = whole_number("FRANKPLEDGE_LOG_DAYS", 90, least=1)
LOGGING_CONFIG = "frankpledge.web.operation.logs.configure"
LOGGING = {"folder": SITE_FOLDER / "logs"}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []

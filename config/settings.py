"""One file of settings; what differs from place to place comes from the environment."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()  # the keys of before, while one is changed
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
FORCE_NAME = os.environ.get("FORCE_NAME", "Wessex Vale Police (demonstration)")

# The force's site is behind TLS; the demo on a person's own machine is not.
OVER_TLS = os.environ.get("OVER_TLS", "1") == "1"
SECURE_SSL_REDIRECT = OVER_TLS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_TLS
SECURE_HSTS_SECONDS = 31_536_000 if OVER_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = OVER_TLS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health/"]
if OVER_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

OUR_APPS = [
    *(
        "access",
        "history",
        "accounts",
        "workflow",
        "sla",
        "places",
        "search",
        "cases",
        "documents",
        "partners",
        "strategy",
    ),
    *("encompass", "ppn", "offenders", "online", "cohort", "missing", "triage", "quality", "briefing"),
    "insight",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "django_filters",
    "csp",
    "govuk",
    *OUR_APPS,
    "demo",
    "simulator",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "access.middleware.ActorMiddleware",  # directly around the views: see its docstring
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.page.page",
            ]
        },
    }
]
FORM_RENDERER = "govuk.renderer.GovukRenderer"

_database = dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)
_owner = dj_database_url.parse(os.environ.get("DATABASE_OWNER_URL", os.environ["DATABASE_URL"]))
# A change of shape that has to wait for others gives up, rather than make everybody wait behind it.
_owner["OPTIONS"] = {**_owner.get("OPTIONS", {}), "options": "-c lock_timeout=10s"}
DATABASES = {
    "default": _database,
    # The same database on a connection of its own, where each entry of the ledger is committed at once.
    "audit": dict(_database),
    # Migrations only: the application's own role owns nothing.
    "owner": _owner,
}
# A migrated, empty database to copy for a scratch database, or "" to migrate each: the tests name theirs.
SCRATCH_TEMPLATE = ""
DATABASE_ROUTERS = ["config.databases.MigrateAsOwner"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
OUTSIDE_REDIRECT_URL = "portal"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# What other systems use. Not among the installed apps: it has no tables here, and its pages are not shown.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.Bearer"],
    "EXCEPTION_HANDLER": "workflow.api.explained",
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": None,
}
API_RATE = os.environ.get("API_RATE", "600/min")  # of one account, for each process of the web server
API_LARGEST_BODY = 256 * 1024
AGENCY_LARGEST_MINUTES = int(os.environ.get("AGENCY_LARGEST_MINUTES", 15 * 1024 * 1024))  # of a body, in bytes
AGENCY_RATE = os.environ.get("AGENCY_RATE", "300/min")  # of one partner agency, for each process of the web server
TOKEN_RATE = os.environ.get("TOKEN_RATE", "30/min")  # of one address asking for short tokens, for each process
TRUSTED_PROXIES = [each for each in os.environ.get("TRUSTED_PROXIES", "").split(",") if each]  # 10.0.0.0/28,...
CLIENT_CERTIFICATE_HEADER = os.environ.get("CLIENT_CERTIFICATE_HEADER", "")  # X-Client-Cert-SHA256, set by the proxy

USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}


def _broker(url: str) -> str:
    """Celery's own spelling of a Redis that listens on a socket file."""
    if not url.startswith("unix:"):
        return url
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"


REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = _broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker that gives up on Redis is a silent stop
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "visibility_timeout": 300}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    # A nudge that waits longer than this is worth nothing: the next one finds the same rows.
    "sweep": {"task": "sla.tasks.sweep", "schedule": 1.0, "options": {"expires": 5}},
    # Whoever has a pack put together waits for it: within a minute somebody works on it.
    "put evidence together": {
        "task": "insight.tasks.put_evidence_together",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    "close evidence": {"task": "insight.tasks.close_evidence", "schedule": 300.0, "options": {"expires": 240}},
    "look for links": {"task": "cases.tasks.look_for_links", "schedule": crontab(hour=2, minute=10)},
    # What was sent to a secure mailbox goes within a minute; what waits is in the database.
    "deliver to partners": {"task": "partners.tasks.deliver_waiting", "schedule": 60.0, "options": {"expires": 50}},
    # That something changed is called to partners' systems within seconds; what waits is in the database.
    "call partners": {"task": "partners.tasks.call_waiting", "schedule": 10.0, "options": {"expires": 8}},
    # Files that nobody could check yet are asked for again when a scanner answers.
    "scan documents": {"task": "documents.tasks.scan_waiting", "schedule": 300.0, "options": {"expires": 240}},
    "look at the store": {"task": "documents.tasks.look_at_the_store", "schedule": crontab(hour=3, minute=10)},
    "look again at notices": {"task": "ppn.tasks.look_again_at_notices", "schedule": crontab(hour=2, minute=50)},
    "look for children": {"task": "triage.tasks.look_for_children", "schedule": crontab(hour=1, minute=50)},
    "chase return interviews": {
        "task": "missing.tasks.chase_interviews",
        "schedule": 900.0,
        "options": {"expires": 800},
    },
    "chase decisions on children": {
        "task": "offenders.tasks.chase_decisions",
        "schedule": 900.0,
        "options": {"expires": 800},
    },
    # A link that was found before somebody was managed is a contact with a child from the day they are.
    "look for contact with children": {
        "task": "offenders.tasks.look_for_contacts",
        "schedule": 300.0,
        "options": {"expires": 240},
    },
    "begin peer scrutiny": {"task": "offenders.tasks.begin_scrutiny", "schedule": crontab(hour=4, minute=10)},
    # Measures of recommendations are kept once a month; asked for each night, so that no month is left out.
    "keep measures": {"task": "quality.tasks.keep_month", "schedule": crontab(hour=4, minute=20)},
    # Figures of the month before; asked for each night, and counted once.
    "keep figures": {"task": "insight.tasks.keep_figures", "schedule": crontab(hour=4, minute=40)},
    "owe scrutiny meeting": {"task": "quality.tasks.owe_scrutiny_meeting", "schedule": crontab(hour=4, minute=25)},
    # Each meeting makes the next; this is for the first one, and for a force that had no chair yet.
    "owe daily meeting": {"task": "briefing.tasks.owe_daily_meeting", "schedule": 300.0, "options": {"expires": 240}},
    # Whoever has left, come or changed posts: what training their posts require.
    "keep training up": {"task": "quality.tasks.keep_training_up", "schedule": crontab(hour=4, minute=20)},
    # Each month is drawn from once, on its first day; later nights find nothing left to draw.
    "draw samples": {"task": "quality.tasks.draw_samples", "schedule": crontab(hour=4, minute=20)},
    # Bail that ran out is said to have lapsed; the lists show it from the moment itself.
    "lapse bail": {"task": "online.tasks.lapse_bail", "schedule": 300.0, "options": {"expires": 240}},
    # Somebody who was planned and has not been seen: their supervisor hears of it within minutes, not at the handover.
    "look who is here": {"task": "insight.tasks.look_who_is_here_now", "schedule": 60.0, "options": {"expires": 50}},
    "tidy the search": {"task": "cases.tasks.tidy_search", "schedule": crontab(hour=3, minute=30)},
    "compare everybody": {"task": "cases.tasks.compare_everybody", "schedule": crontab(hour=2, minute=30)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {"celery": {"level": "WARNING"}},
}

# Photos and documents (documents/): where they lie encrypted, the keys, and the scanner that looks at them first.
DOCUMENTS_ROOT = Path(
    os.environ.get("DOCUMENTS_ROOT") or Path(os.environ.get("LONGSTOP_RUN") or BASE_DIR / ".run") / "documents"
)
DOCUMENTS_KEY = os.environ.get("DOCUMENTS_KEY", "")  # age identities, the newest first; see documents/keys.py
CLAMD = os.environ.get("CLAMD", "")  # /run/clamav/clamd.ctl, or host:port; empty = no scanner, all go to quarantine
CLAMD_SECONDS = float(os.environ.get("CLAMD_SECONDS", "20"))
FILE_UPLOAD_HANDLERS = ["documents.uploads.InMemory"]  # never a clear copy in /tmp
# End of photos and documents.

# Mail to partner agencies (partners/posting.py). In a demo it is written into files and goes nowhere.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if OVER_TLS else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = Path(os.environ.get("LONGSTOP_RUN") or BASE_DIR / ".run") / "mail"
EMAIL_HOST, EMAIL_PORT = os.environ.get("EMAIL_HOST", "localhost"), int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_USER", ""), os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_TLS", "1") == "1"  # without it the mail server must be on this machine
EMAIL_TIMEOUT = 20  # seconds; a row is held meanwhile, and others go on with theirs
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "mash@police.example")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2]
# End of mail to partner agencies.

# Calls to partners' systems (partners/calling.py). On a live force's machine they never go to a network of its own.
WEBHOOKS_MAY_BE_LOCAL = os.environ.get("WEBHOOKS_MAY_BE_LOCAL", "0") == "1"
# End of calls to partners' systems.

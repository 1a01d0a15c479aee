"""The web application."""

import os

from django.core.checks import ERROR, run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

if errors := [found for found in run_checks() if found.level >= ERROR]:
    raise SystemExit("\n".join(str(error) for error in errors))  # a page without its guard is not served at all

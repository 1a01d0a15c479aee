"""Figures one can repeat: each with its limit and its rivals, measured in the same run on the same rows."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

"""Longstop does not start without a key for photos and documents, nor with their store where a web server looks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from documents import keys


@register(Tags.security)
def there_is_a_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    try:
        keys.identities()
    except ImproperlyConfigured as problem:
        return [Error(str(problem), id="documents.E001")]
    return []


@register(Tags.security)
def the_store_is_not_on_the_web(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    store = Path(settings.DOCUMENTS_ROOT).resolve()
    served = [Path(each).resolve() for each in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS) if each]
    inside = [each for each in served if store == each or each in store.parents]
    return [Error(f"DOCUMENTS_ROOT lies in {each}, which is handed out", id="documents.E002") for each in inside]

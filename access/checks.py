"""The server does not start with a page, form or model that forgot its guard."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from access.api import GuardedApi
from access.guarded import Guarded
from access.roles import Can
from access.views import GuardedPage


def every_page(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each address of the site with what answers it."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_page(entry, where)
        elif isinstance(entry, URLPattern):
            yield where, entry.callback


def every_endpoint() -> Iterator[tuple[str, type[GuardedApi]]]:
    """Each address that other systems use, with what answers it."""
    for where, callback in every_page():
        view = getattr(callback, "view_class", None)
        if view is not None and issubclass(view, GuardedApi):
            yield where, view


def our_models() -> list[Any]:
    return [model for model in apps.get_models() if model._meta.app_config.name in settings.OUR_APPS]


@register(Tags.security)
def every_page_says_who_it_is_for(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    for where, callback in every_page():
        view = getattr(callback, "view_class", callback)
        if not _says_who_it_is_for(view):
            errors.append(
                Error(
                    f"/{where}: {view} is neither a GuardedPage or GuardedApi with `may` nor public for a reason",
                    id="access.E001",
                )
            )
    return errors


def _says_who_it_is_for(view: Any) -> bool:
    if isinstance(view, type) and issubclass(view, GuardedPage):
        return hasattr(view, "may")
    if isinstance(view, type) and issubclass(view, GuardedApi):
        return isinstance(getattr(view, "may", None), Can)  # no account is let in for nothing in particular
    return bool(getattr(view, "public_because", None))


@register(Tags.security)
def every_endpoint_that_writes_does_so_once(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Error(f"/{where}: {method.upper()} is not @once: sent twice it would be done twice", id="access.E004")
        for where, view in every_endpoint()
        for method in ("post", "put", "patch", "delete")
        if hasattr(view, method) and not getattr(getattr(view, method), "once", False)
    ]


@register(Tags.security)
def every_model_says_who_may_see_it(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{model._meta.label} is neither Guarded nor open for a reason (`open_because`)", id="access.E002")
        for model in our_models()
        if not _says_who_may_see_it(model)
    ]


def _says_who_may_see_it(model: Any) -> bool:
    if issubclass(model, Guarded):
        return any("visible_to" in vars(each) for each in model.__mro__ if each is not Guarded)
    return bool(getattr(model, "open_because", "")) or bool(model._meta.auto_created)


@register(Tags.security)
def every_form_asks_what_its_transition_needs(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    for where, callback in every_page():
        view = getattr(callback, "view_class", None)
        transition = getattr(view, "transition", None)
        if view is None or transition is None:
            continue
        asked, needed = set(view.form_class.gives()), set(transition.facts)
        if asked != needed:
            errors.append(
                Error(
                    f"/{where}: the form gives {sorted(asked)}, {transition.name} needs {sorted(needed)}",
                    id="access.E003",
                )
            )
    return errors

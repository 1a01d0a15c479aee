"""Where a request really came from, and which client certificate it showed: as told by a proxy that the force trusts.

Anybody can write a header. What it says counts only where the connection itself comes from one of `TRUSTED_PROXIES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def address_of(request: HttpRequest) -> Address | None:
    """The address that asked; None where it cannot be told. Each proxy adds on the right whom it heard from."""
    found = _read(request.META.get("REMOTE_ADDR", ""))
    if found is None or not _is_trusted(found):
        return found
    for told in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if told.strip():
            found = _read(told)
            if found is None or not _is_trusted(found):
                return found
    return found


def certificate_of(request: HttpRequest) -> str:
    """SHA-256 of the client certificate that a trusted proxy has checked, in lower case; empty = none."""
    proxy = _read(request.META.get("REMOTE_ADDR", ""))
    if not settings.CLIENT_CERTIFICATE_HEADER or proxy is None or not _is_trusted(proxy):
        return ""
    told = request.headers.get(settings.CLIENT_CERTIFICATE_HEADER, "").replace(":", "").lower()
    return told if re.fullmatch("[0-9a-f]{64}", told) else ""


def is_within(address: Address | None, networks: Iterable[str]) -> bool:
    return address is not None and any(address in ip_network(each) for each in networks)


def _is_trusted(address: Address) -> bool:
    return is_within(address, settings.TRUSTED_PROXIES)


def _read(told: str) -> Address | None:
    try:
        found = ip_address(told.strip())
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found

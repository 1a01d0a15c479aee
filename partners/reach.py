"""One POST to a system outside, and to nothing else: an address that a partner gives must not open our own network.

The name is looked up once and the connection goes to an address that was looked at, so that a name cannot mean another
machine a moment later. No redirect is followed. Of the answer only its first line is read.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 5.0  # from the connection to the first line of the answer, all together
LARGEST_ANSWER = 1024  # bytes
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: |\r?$)")
WRITTEN = re.compile(r"[!-~]+")
TRANSLATED = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in other clothes


class NoAnswer(Exception):
    """Nobody there has taken it. Plain English, for whoever keeps the agency's access."""


@dataclass(frozen=True)
class Where:
    """An address, taken apart."""

    host: str
    port: int
    path: str
    tls: bool

    @property
    def name(self) -> str:
        """As the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"


def where_is(address: str) -> Where:
    """Raises NoAnswer with a sentence: https only, a host, and nothing that does not belong into an address."""
    parts = _taken_apart(address)
    plain = parts.scheme == "http" and settings.WEBHOOKS_MAY_BE_LOCAL
    if parts.scheme != "https" and not plain:
        raise NoAnswer("The address has to begin with https://.")
    if not parts.hostname or "@" in parts.netloc or parts.fragment:
        raise NoAnswer("The address has to be that of a host, without a user name, a password and a #.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Where(parts.hostname, parts.port or (80 if plain else 443), path, tls=not plain)


def post(address: str, body: bytes, headers: dict[str, str]) -> None:
    """Hand it over. Raises NoAnswer unless they say that they have it (2xx) in time."""
    until = time.monotonic() + SECONDS
    where = where_is(address)
    try:
        with _connected(where, until) as wire:
            wire.settimeout(_left(until))
            wire.sendall(_written(where, body, headers))
            status = _status(wire, until)
    except TimeoutError as error:
        raise NoAnswer(f"No answer within {SECONDS:.0f} seconds.") from error
    except (OSError, UnicodeError) as error:
        raise NoAnswer(f"They cannot be reached: {type(error).__name__}: {error}") from error
    if not 200 <= status < 300:
        raise NoAnswer(f"They answered {status}{_in_words(status)}.")


def _taken_apart(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise NoAnswer(f"That is no address: {error}.") from error
    if not WRITTEN.fullmatch(address):
        raise NoAnswer("That is no address: it holds a space or a letter that has to be written in another way.")
    return parts


def _connected(where: Where, until: float) -> socket.socket:
    """To the first of its addresses that answers, once all of them have been looked at."""
    found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
    places = [(str(each[4][0]), int(each[4][1])) for each in found]
    if refused := [host for host, _ in places if not may_be_called(host)]:
        raise NoAnswer(f"{where.host} is {refused[0]}, which is no address on the public internet.")
    wire = _first_that_answers(places, until)
    try:
        wire.settimeout(_left(until))
        return ssl.create_default_context().wrap_socket(wire, server_hostname=where.host) if where.tls else wire
    except BaseException:
        wire.close()
        raise


def _first_that_answers(places: list[tuple[str, int]], until: float) -> socket.socket:
    trouble: OSError = TimeoutError()
    for place in places:
        try:
            return socket.create_connection(place, timeout=_left(until))
        except OSError as error:
            trouble = error
    raise trouble


def may_be_called(address: str) -> bool:
    """Whether it is on the public internet. Whatever is ours, this machine's, or nobody's is refused."""
    if settings.WEBHOOKS_MAY_BE_LOCAL:
        return True
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if hidden or ip in TRANSLATED:
            return False  # a public system has an address of its own
    return ip.is_global and not ip.is_multicast


def _written(where: Where, body: bytes, headers: dict[str, str]) -> bytes:
    lines = {
        "Host": where.name,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "User-Agent": "Longstop",
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {where.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


def _status(wire: socket.socket, until: float) -> int:
    heard = b""
    while b"\n" not in heard and len(heard) < LARGEST_ANSWER:
        wire.settimeout(_left(until))
        more = wire.recv(LARGEST_ANSWER - len(heard))
        if not more:
            break
        heard += more
    found = STATUS.match(heard.split(b"\n")[0])
    if found is None:
        raise NoAnswer("What they answered is not HTTP.")
    return int(found[1])


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _in_words(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""

"""A mail server and a partner's system on this machine that can hang up in the middle: peers, and not mocks."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message

from django.utils.datastructures import CaseInsensitiveMapping


class MailPeer:
    """Takes mail; hangs up as often as it is told, once it has the whole mail and before saying so."""

    def __init__(self, hang_ups: int) -> None:
        self.hang_ups = hang_ups
        self.heard: list[Message] = []
        self.taken: list[Message] = []
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "220 peer")
        while line := (await reader.readline()).decode().strip().upper():
            if line.startswith("DATA"):
                if not await self._take(reader, writer):
                    break
            elif line.startswith("QUIT"):
                await self._say(writer, "221 bye")
                break
            else:
                await self._say(writer, "250 yes")
        writer.close()
        await writer.wait_closed()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await self._say(writer, "354 go on")
        lines = []
        while (line := await reader.readline()) not in (b".\r\n", b""):
            lines.append(line)
        mail = message_from_bytes(b"".join(lines))
        self.heard.append(mail)
        if self.hang_ups:
            self.hang_ups -= 1
            return False
        self.taken.append(mail)
        await self._say(writer, "250 taken")
        return True

    async def _say(self, writer: asyncio.StreamWriter, line: str) -> None:
        writer.write(f"{line}\r\n".encode())
        await writer.drain()


@contextmanager
def mail_peer(hang_ups: int = 0) -> Iterator[MailPeer]:
    """It listens while the test runs."""
    peer, ready, over = MailPeer(hang_ups), threading.Event(), threading.Event()

    async def serve() -> None:
        async with await asyncio.start_server(peer.talk, "127.0.0.1", 0) as server:
            peer.port = server.sockets[0].getsockname()[1]
            ready.set()
            while not over.is_set():
                await asyncio.sleep(0.02)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield peer
    finally:
        over.set()
        thread.join(10)


class SystemPeer:
    """A partner's system that is called: it keeps what it heard, and answers as it is told."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.heard: list[tuple[str, CaseInsensitiveMapping[str], bytes]] = []
        self.port = 0
        self.tls: ssl.SSLContext | None = None

    @property
    def address(self) -> str:
        return f"{'https' if self.tls else 'http'}://localhost:{self.port}/longstop?for=us"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = CaseInsensitiveMapping(dict(line.split(": ", 1) for line in lines))
            body = await reader.readexactly(int(headers.get("Content-Length", "0")))
            self.heard.append((first, headers, body))
            writer.write(self.answers.pop(0) if self.answers else b"HTTP/1.1 204 No Content\r\n\r\n")
            await writer.drain()
            writer.close()
            await writer.wait_closed()


@contextmanager
def system_peer(*answers: bytes, tls: ssl.SSLContext | None = None) -> Iterator[SystemPeer]:
    """It listens while the test runs. Once its answers are given it takes everything (204)."""
    peer, ready, over = SystemPeer(*answers), threading.Event(), threading.Event()
    peer.tls = tls

    async def serve() -> None:
        async with await asyncio.start_server(peer.talk, "127.0.0.1", 0, ssl=tls) as server:
            peer.port = server.sockets[0].getsockname()[1]
            ready.set()
            while not over.is_set():
                await asyncio.sleep(0.02)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield peer
    finally:
        over.set()
        thread.join(10)

"""A mail server on this machine that speaks SMTP and can hang up in the middle: a peer, and not a mock."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


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

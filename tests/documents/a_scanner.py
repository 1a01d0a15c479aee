"""A malware scanner as seen from outside: it speaks clamd's protocol (clamd(8): PING, INSTREAM) on a unix socket.

What it answers to a stream is chosen by the test; "hang up" ends the connection while the file is being sent.
"""

from __future__ import annotations

import shutil
import socketserver
import struct
import tempfile
import threading
from pathlib import Path

CLEAN = "stream: OK"
FOUND = "stream: Invented.Test.Signature FOUND"
TOO_LONG = "INSTREAM size limit exceeded. ERROR"
HANG_UP, SILENT = "hang up", ""


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        scanner: Scanner = self.server.scanner  # type: ignore[attr-defined]
        command = self.rfile.readline()
        if command == b"nPING\n":
            self.wfile.write(b"PONG\n")
        elif command == b"nINSTREAM\n" and scanner.says != HANG_UP:
            scanner.seen.append(self._stream())
            self.wfile.write(f"{scanner.says}\n".encode() if scanner.says else b"")

    def _stream(self) -> bytes:
        parts = []
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            parts.append(self.rfile.read(size))
        return b"".join(parts)


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up on it is no news."""


class Scanner:
    """`says`: what it answers. `seen`: every file it was sent, whole."""

    def __init__(self) -> None:
        self.says, self.seen = CLEAN, list[bytes]()
        self.folder = Path(tempfile.mkdtemp(prefix="scan-"))  # a socket's path must be short
        self.path = self.folder / "s"

    def __enter__(self) -> Scanner:
        self.server = _Server(str(self.path), _Talk)
        self.server.scanner = self  # type: ignore[attr-defined]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        return self

    def stop(self) -> None:
        """It is gone; its socket file is still there, as after a crash."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def __exit__(self, *failure: object) -> None:
        if self.thread.is_alive():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

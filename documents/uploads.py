"""Files that are sent to us are kept in memory while the request lasts, and nowhere else: no clear copy in /tmp.

Only a page that asks for files gets any, and only from somebody who has signed in. What is above the largest size is
read and thrown away, so that the page can come back with everything typed; far above it the connection is closed.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from documents.intake import limits

FILES_OF_ONE_FORM = 2  # a photo taken now, or a file chosen: two boxes, of which one is meant
READ_ON = 8  # times the limit


class InMemory(FileUploadHandler):
    """Collects each file in memory, up to the largest size that any file may have."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.wanted = FILES_OF_ONE_FORM if _asks_for_files(self.request) else 0
        self.limit = max(limits()) if self.wanted else 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self.wanted:
            raise SkipFile
        self.wanted -= 1
        self.parts: list[bytes] = []
        self.held = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.held += len(raw_data)
        if self.held > self.limit * READ_ON:
            raise StopUpload(connection_reset=True)
        if self.held > self.limit:
            self.parts.clear()
        else:
            self.parts.append(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Of one that is too large only the size is known: `Upload.size` says so to whoever looks at it."""
        content, self.parts = b"".join(self.parts), []
        return UploadedFile(io.BytesIO(content), self.file_name, self.content_type, file_size, self.charset)


def _asks_for_files(request: Any) -> bool:
    """Asked before the view runs: the check against forged requests reads the form first."""
    match = getattr(request, "resolver_match", None)
    view = getattr(match.func, "view_class", None) if match else None
    return bool(getattr(view, "takes_files", False)) and request.user.is_authenticated

"""The style guide in a real browser: accessible, within the screen, and quiet under the strict policy."""

import mimetypes
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.govuk import examples

# pytest-base-url, which the browser plugin brings, still writes a fixture the old way.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = [(390, 844), (1280, 900)]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Handler(BaseHTTPRequestHandler):
    """Serves the style guide and the static files, with the policy of the real site."""

    def do_GET(self) -> None:
        found = self.answer(self.path.partition("?")[0])
        self.send_response(200 if found else 404)
        kind, body = found or ("text/plain", b"")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def answer(self, path: str) -> tuple[str, bytes] | None:
        if path == "/":
            page = get_template("components/styleguide.html").render(examples.styleguide())
            return "text/html; charset=utf-8", page.encode()
        found = finders.find(path.removeprefix("/static/"))
        return (mimetypes.guess_type(path)[0] or "text/plain", Path(found).read_bytes()) if found else None

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def said(page: Any) -> list[str]:
    """Everything the browser complains of."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def opened(page: Any, address: str, size: tuple[int, int], scheme: str = "light") -> Any:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    page.wait_for_selector("body.js-enabled")
    page.wait_for_selector("[data-govuk-file-upload-init]", state="attached")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_style_guide_is_accessible(
    page: Any, said: list[str], address: str, size: tuple[int, int], scheme: str
) -> None:
    found = Axe().run(opened(page, address, size, scheme), options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert said == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(page: Any, address: str, width: int) -> None:
    opened(page, address, (width, 600))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_now_fills_in_the_time_of_the_page_not_of_the_machine(page: Any, address: str) -> None:
    opened(page, address, SIZES[1])
    page.get_by_role("button", name="Now").first.click()
    boxes = [page.input_value(f"#id_seen_at_{part}") for part in ("day", "month", "year", "time")]
    assert boxes[:3] == ["2", "3", "2026"]
    assert boxes[3] in {"03:12", "03:13"}


def test_arrows_move_between_the_rows_of_a_queue(page: Any, address: str) -> None:
    opened(page, address, SIZES[1])
    page.focus("[data-queue-link]")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == examples.ROWS[1]["title"]

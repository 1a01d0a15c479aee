"""An address that a partner gives opens nothing of ours: not this machine, not our network, not a machine behind a
redirect; and nobody is waited for longer than was said."""

import socket
import ssl
import subprocess

import pytest

from partners import reach
from partners.reach import NoAnswer, may_be_called, post
from tests.partners.peers import system_peer

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
    "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "2002:7f00:1::1", "64:ff9b::7f00:1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_on_the_public_internet_is_not_called(address):
    assert not may_be_called(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111"])
def test_what_is_on_the_public_internet_may_be(address):
    assert may_be_called(address)


def test_only_where_the_setting_says_so_may_it_be_this_machine(settings):
    settings.WEBHOOKS_MAY_BE_LOCAL = True
    assert all(may_be_called(address) for address in INSIDE)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "169.254.169.254"])
def test_a_name_or_a_number_that_means_this_machine_is_refused_before_anybody_is_connected(host):
    with pytest.raises(NoAnswer, match=r"no address on the public internet|cannot be reached"):
        post(f"https://{host}:9/x", b"{}", {})


def test_plain_http_is_refused():
    with pytest.raises(NoAnswer, match="https"):
        post("http://partners.example/x", b"{}", {})


@pytest.fixture
def local(settings):
    settings.WEBHOOKS_MAY_BE_LOCAL = True


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"HTTP/1.1 301 Moved Permanently\r\nLocation: http://169.254.169.254/\r\n\r\n", "301 Moved Permanently"),
        (b"HTTP/1.1 410 Gone\r\n\r\n", "410 Gone"),
        (b"HTTP/1.1 299 \r\n\r\n", ""),
        (b"HTTP/1.1 499 Whatever they say\r\n\r\n", r"They answered 499\."),
        (b"SSH-2.0-OpenSSH_9\r\n", "not HTTP"),
        (b"", "not HTTP"),
        (b"x" * 5000, "not HTTP"),
    ],
)
def test_only_a_plain_yes_counts_and_no_redirect_is_followed(local, answer, why):
    with system_peer(answer) as peer:
        if why:
            with pytest.raises(NoAnswer, match=why):
                post(peer.address, b"{}", {})
        else:
            post(peer.address, b"{}", {})
    assert len(peer.heard) == 1


def test_nobody_is_waited_for_longer_than_was_said(local, monkeypatch):
    """Somebody takes the call and says nothing. The wait is short here; what is asserted is that it ends."""
    monkeypatch.setattr(reach, "SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NoAnswer, match="No answer within"):
        post(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {})


def test_where_nobody_listens_it_says_so(local):
    with pytest.raises(NoAnswer, match="cannot be reached: ConnectionRefusedError"):
        post("http://127.0.0.1:9/", b"{}", {})


@pytest.fixture
def certified(tmp_path):
    """A certificate for localhost that nobody but its maker knows."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    more = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *more], check=True, capture_output=True)  # noqa: S603 - our own command
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return certificate, context


def test_over_tls_with_a_certificate_that_is_known(local, certified, monkeypatch):
    certificate, tls = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with system_peer(tls=tls) as peer:
        post(peer.address, b"{}", {})
    assert len(peer.heard) == 1


def test_a_certificate_that_nobody_vouches_for_or_that_is_anothers_is_refused(local, certified, monkeypatch):
    certificate, tls = certified
    with system_peer(tls=tls) as peer:
        with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
            post(peer.address, b"{}", {})
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
            post(peer.address.replace("localhost", "127.0.0.1"), b"{}", {})
    assert peer.heard == []

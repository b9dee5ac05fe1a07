"""The real nginx with the configuration of deploy/, on free ports of this machine."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.ports import answers, free_ports

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "deploy" / "nginx" / "community-navigator.conf"
DOMAIN = "help.example.org"
STARTS_WITHIN_S = 15


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx."""

    http: int
    https: int


def program() -> str | None:
    """Find nginx; None where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def running(program: str, *, web: int, sms: int) -> Iterator[Nginx]:
    """Run it in front of two processes until the block ends."""
    with tempfile.TemporaryDirectory(prefix="navigator-nginx-") as name:
        folder = Path(name)
        http, https = free_ports(2)
        _write_certificate(folder)
        _write_configuration(folder, http=http, https=https, web=web, sms=sms)
        command = [program, "-p", name, "-c", str(folder / "nginx.conf")]
        with (folder / "errors").open("w") as errors:
            server = subprocess.Popen(command, stderr=errors)
        try:
            end = time.monotonic() + STARTS_WITHIN_S
            while not answers(https):
                if server.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((folder / "errors").read_text())
                time.sleep(0.05)
            yield Nginx(http, https)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(10)


def _write_configuration(folder: Path, *, http: int, https: int, web: int, sms: int) -> None:
    """Write ours with other ports and folders, and nothing else of it changed."""
    ours = CONFIGURATION.read_text(encoding="utf-8")
    for written, here in (
        (r"listen 80;", f"listen 127.0.0.1:{http};"),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{https} ssl http2;"),
        (r"listen \[::\]:.*;", ""),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{web}"),
        (r"127\.0\.0\.1:8001", f"127.0.0.1:{sms}"),
        (r"navigator\.example\.org", DOMAIN),
        (r"/etc/letsencrypt/live/[\w.]+", str(folder)),
        (r"/opt/community-navigator", str(ROOT)),
        (r"/var/log/nginx/[\w.-]+", str(folder / "errors")),
    ):
        ours, count = re.subn(written, here, ours)
        assert count, f"the configuration says nothing of {written}"
    scratch = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} worker_processes 1; pid {folder}/pid; error_log {folder}/errors;"
        f" events {{ worker_connections 2048; }} http {{ {scratch} access_log off;"
        f" server_names_hash_bucket_size 64;\n{ours}\n}}",
        encoding="utf-8",
    )


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DOMAIN)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )

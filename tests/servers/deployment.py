"""Our processes behind the real nginx, and what strangers do to them: floods and slow sockets."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from sms import signature
from sms.console_carrier import new_sid
from tests.makers import TOKEN, make_container, twiml_messages
from tests.servers import navigator_processes, nginx
from tests.servers.navigator_processes import Processes
from tests.servers.nginx import DOMAIN, Nginx

ATTACKER = "127.0.0.9"
"""Another address of this machine than that of everybody else."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UNVERIFIED = ssl._create_unverified_context()  # the certificate is made for this run


@dataclass(frozen=True)
class Site:
    front: Nginx
    behind: Processes

    def ask(
        self,
        method: str,
        path: str,
        fields: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.front.https, timeout=60, context=UNVERIFIED
        )
        sent = {"Host": DOMAIN, **FORM}
        body = None if fields is None else urlencode(fields)
        connection.request(method, path, body, {**sent, **(headers or {})})
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, read

    def text(self, body: str, sender: str) -> tuple[int, list[str]]:
        """Post a text as the carrier does."""
        params = [("MessageSid", new_sid()), ("From", sender), ("To", "+12895550100")]
        params += [("Body", body)]
        url = f"https://{DOMAIN}/sms/messages"
        signed = signature.sign(url=url, params=params, token=TOKEN)
        status, _, read = self.ask(
            "POST", "/sms/messages", dict(params), {signature.HEADER: signed}
        )
        return status, twiml_messages(read) if status == 200 else []


@contextmanager
def running(program: str, home: Path) -> Iterator[Site]:
    """Run a new production instance behind nginx until the block ends."""
    make_container(home).database.close()
    settings = {
        "NAVIGATOR_MODE": "production",
        "PUBLIC_BASE_URL": f"https://{DOMAIN}",
        "NAVIGATOR_TRUSTED_PROXY": "127.0.0.1",
        "TWILIO_AUTH_TOKEN": TOKEN,
    }
    with (
        navigator_processes.running(home, **settings) as behind,
        nginx.running(program, web=behind.web, sms=behind.sms) as front,
    ):
        yield Site(front, behind)


@dataclass(frozen=True)
class Flood:
    """One request that is made over and over, past nginx: as from so many addresses that no limit
    of one holds them."""

    port: int
    method: str
    path: str
    body: str | None
    headers: Mapping[str, str]

    @contextmanager
    def running(self, threads: int) -> Iterator[list[int]]:
        """Make it from so many threads until the block ends; the list gets each status."""
        stop, statuses = threading.Event(), list[int]()

        def ask() -> None:
            while not stop.is_set():
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                try:
                    connection.request(self.method, self.path, self.body, dict(self.headers))
                    statuses.append(connection.getresponse().status)
                except OSError:
                    continue
                finally:
                    connection.close()

        started = [threading.Thread(target=ask) for _ in range(threads)]
        for thread in started:
            thread.start()
        try:
            yield statuses
        finally:
            stop.set()
            for thread in started:
                thread.join()


def flood_of_pages(site: Site) -> Flood:
    """Search for something misspelt, the dearest of the pages."""
    path = "/search?q=shleter+for+my+dauhgter+tonigth"
    return Flood(site.behind.web, "GET", path, None, {})


def flood_of_sign_ins(site: Site) -> Flood:
    """Try a password; the form's token is right, so that it is hashed each time."""
    _, headers, body = site.ask("GET", "/sign-in")
    token = BeautifulSoup(body, "html.parser").find("input", {"name": "csrf_token"})
    if token is None:
        raise LookupError("the sign-in page has no token")
    form = {"csrf_token": str(token["value"]), "name": "nobody", "password": "a-wrong-password"}
    cookie = headers["set-cookie"].split(";")[0]
    sent = {**FORM, "Cookie": cookie}
    return Flood(site.behind.web, "POST", "/sign-in", urlencode(form), sent)


def flood_of_unsigned_texts(site: Site) -> Flood:
    """Post to the text line itself what no carrier signed."""
    return Flood(site.behind.sms, "POST", "/sms/messages", "From=%2B14165550101&Body=hi", FORM)


@contextmanager
def slow_sockets(site: Site, count: int) -> Iterator[list[ssl.SSLSocket]]:
    """Hold connections whose requests never end: half in the headers, half in the body."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(_slow_socket(site.front.https, number)) for number in range(count)
        ]


def _slow_socket(port: int, number: int) -> ssl.SSLSocket:
    """Open a connection whose request never ends: half of them in the headers, half in the body."""
    raw = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(ATTACKER, 0))
    opened = UNVERIFIED.wrap_socket(raw)
    length = "Content-Length: 500\r\n\r\nwords=" if number % 2 else "X-Slow: "
    opened.sendall(f"POST /find HTTP/1.1\r\nHost: {DOMAIN}\r\n{length}".encode())
    return opened


def is_cut(opened: ssl.SSLSocket, *, seconds: float) -> bool:
    """Say whether the other side ends a connection while we wait for it."""
    opened.settimeout(seconds)
    try:
        while opened.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True

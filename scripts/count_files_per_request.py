"""Count the files of ours that a text and a keystroke in search pass.

python -m scripts.count_files_per_request [--files]; docs/house.md draws both ways with the figures.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from flask.testing import FlaskClient

from navigator.app import create_app
from navigator.container import Container, build_container
from navigator.services.instance_setup import initialize
from navigator.settings import load_settings
from sms import signature
from sms.console_carrier import new_sid

ROOT = Path(__file__).parents[1]
PACKAGES = tuple(
    str(ROOT / name) for name in ("navigator", "directory_data", "search_index", "sms")
)
BASE_URL = "https://texts.example.org"
TOKEN = "a-token"
KEYSTROKE = "/search/results?q=food+bank+tonig&typing=1"
WARM_UP = ("hello", "I need a shelter, I am 17")
TEXT = "I'm 17 and couch surfing"


def main() -> None:
    """Count both journeys in a new instance, after a warm-up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", action="store_true", help="list the files")
    shown = parser.parse_args().files
    with tempfile.TemporaryDirectory(prefix="navigator-journeys-") as home:
        container = _instance(Path(home))
        try:
            client = create_app(container).test_client()
            for body in WARM_UP:
                _text(client, body, "+14165550101")
            client.get(KEYSTROKE)
            _show("A text in", passed(lambda: _text(client, TEXT, "+14165550102")), files=shown)
            _show("A keystroke in search", passed(lambda: client.get(KEYSTROKE)), files=shown)
        finally:
            container.database.close()


def passed(journey: Callable[[], object]) -> Counter[str]:
    """Give the files of ours in which a function was called meanwhile, with how many calls."""
    calls: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGES):
            calls[frame.f_code.co_filename] += 1

    sys.setprofile(note)
    try:
        journey()
    finally:
        sys.setprofile(None)
    return calls


def _show(name: str, calls: Counter[str], *, files: bool) -> None:
    print(f"{name}: {len(calls)} files, {sum(calls.values())} calls")
    if files:
        for path in sorted(calls):
            print(f"  {Path(path).relative_to(ROOT)} {calls[path]}")


def _instance(home: Path) -> Container:
    settings = load_settings(
        {"NAVIGATOR_HOME": str(home), "TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_BASE_URL": BASE_URL}
    )
    for _ in initialize(settings):
        pass
    return build_container(settings)


def _text(client: FlaskClient, body: str, sender: str) -> None:
    params = [("MessageSid", new_sid()), ("From", sender), ("To", "+12895550100"), ("Body", body)]
    url = f"{BASE_URL}/sms/messages"
    signed = signature.sign(url=url, params=params, token=TOKEN)
    answer = client.post("/sms/messages", data=dict(params), headers={signature.HEADER: signed})
    if answer.status_code != 200:
        raise SystemExit(f"the text was not answered: {answer.status}")


if __name__ == "__main__":
    main()

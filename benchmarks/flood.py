"""How long a text waits for its answer, in quiet and under each flood, behind the real nginx.

Run: python -m benchmarks.flood. The aim is a p95 under 500 ms under every one of them. Everything,
the floods themselves too, shares the processors of this machine.
"""

import os
import tempfile
import time
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from statistics import quantiles

from tests.servers import deployment, nginx
from tests.servers.deployment import Site

TEXTS = 150
THREADS = 8
SLOW_SOCKETS = 200


def main() -> None:
    """Measure one flood after another."""
    program = nginx.program()
    if program is None:
        raise SystemExit("nginx is missing: sudo apt install nginx-light")
    print(f"{os.cpu_count()} processors, {TEXTS} texts each, {THREADS} threads of each flood")
    print(f"{'':<28}{'p50':>8}{'p95':>8}{'most':>8}   ms")
    with (
        tempfile.TemporaryDirectory(prefix="navigator-flood-") as home,
        deployment.running(program, Path(home)) as site,
    ):
        _texts(site, 20, first=0)
        for number, (name, held) in enumerate(_floods(site).items(), start=1):
            with ExitStack() as stack:
                for context in held:
                    stack.enter_context(context)
                times = _texts(site, TEXTS, first=1000 * number)
            cuts = quantiles(times, n=20)
            print(f"{name:<28}{cuts[9]:>8.0f}{cuts[18]:>8.0f}{max(times):>8.0f}")


def _floods(site: Site) -> dict[str, list[AbstractContextManager[object]]]:
    pages = deployment.flood_of_pages(site)
    sign_ins = deployment.flood_of_sign_ins(site)
    unsigned = deployment.flood_of_unsigned_texts(site)
    return {
        "quiet": [nullcontext()],
        f"{SLOW_SOCKETS} slow sockets": [deployment.slow_sockets(site, SLOW_SOCKETS)],
        "pages": [pages.running(THREADS)],
        "sign-ins": [sign_ins.running(THREADS)],
        "pages, sign-ins, slow": [
            pages.running(THREADS),
            sign_ins.running(THREADS),
            deployment.slow_sockets(site, SLOW_SOCKETS),
        ],
        "texts that nobody signed": [unsigned.running(THREADS)],
    }


def _texts(site: Site, count: int, *, first: int) -> list[float]:
    """Text from new numbers, one after another; give the milliseconds of each."""
    times = []
    for number in range(first, first + count):
        begun = time.perf_counter()
        status, said = site.text("My mom is 84 and alone, she needs meals", f"+1416555{number:04d}")
        times.append(1000 * (time.perf_counter() - begun))
        if status != 200 or len(said) != 1:
            raise SystemExit(f"a text was not answered: {status}")
    return times


if __name__ == "__main__":
    main()

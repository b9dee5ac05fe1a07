"""A Python shell with the instance of NAVIGATOR_HOME opened, to look at it and to try things.

Nothing that is typed is kept, but what is changed in a unit of work is changed for real.
"""

import code
import readline
import rlcompleter
import sys

from navigator.cli.context import open_container

BANNER = """The instance in {home} ({mode}, edition {number}, {services} services).
  container                        what the instance is made of: settings, database, clock ...
  edition                          the published directory, its guide and its search index
  with unit_of_work() as uow: ...  one transaction: kept at the end, undone by an error
For example: [hit.id for hit in edition.index.search("shleter").hits]
What people said is readable here, and reading it is noted nowhere. Ctrl-D ends."""


def main() -> None:
    """Open the instance, and leave it to whoever types; a line says so where nothing is set up."""
    with open_container() as container:
        edition = container.edition_store.edition(container.now())
        names = {
            "container": container,
            "edition": edition,
            "unit_of_work": container.database.unit_of_work,
        }
        banner = BANNER.format(
            home=container.settings.home,
            mode=container.settings.mode,
            number=edition.directory.edition,
            services=len(edition.directory.services),
        )
        _complete_names(names)
        code.interact(banner=banner, local=names, exitmsg="")


def _complete_names(names: dict[str, object]) -> None:
    """Let Tab complete names, where somebody types at a terminal."""
    if not sys.stdin.isatty():
        return
    readline.set_completer(rlcompleter.Completer(names).complete)
    readline.parse_and_bind("tab: complete")


if __name__ == "__main__":
    main()

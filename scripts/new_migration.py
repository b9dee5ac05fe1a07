"""Write the next migration: its number, its place in the chain, and both directions to fill in.

python -m scripts.new_migration "add colour to person" [--migrations FOLDER]
"""

import argparse
import re
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parents[1] / "navigator" / "storage" / "migrations"
DIGITS = 4


def write_migration(name: str, folder: Path = MIGRATIONS) -> Path:
    """Write NNNN_the_name.py after the newest one; raise ValueError where the name says nothing."""
    words = " ".join(name.replace('"', "'").split()).rstrip(".")
    slug = "_".join(re.findall("[a-z0-9]+", words.lower()))
    if not slug:
        raise ValueError('say what it does: make migration NAME="add colour to person"')
    config = Config(cmd_opts=argparse.Namespace(quiet=True))
    config.set_main_option("script_location", str(folder))
    config.set_main_option("file_template", f"%%(rev)s_{slug}")
    newest = ScriptDirectory.from_config(config).get_current_head()
    number = f"{int(newest or 0) + 1:0{DIGITS}}"
    command.revision(config, words[0].upper() + words[1:], rev_id=number)
    return folder / "versions" / f"{number}_{slug}.py"


def main() -> None:
    """Write it, and say where it is and what is to be done."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("name")
    options.add_argument("--migrations", type=Path, default=MIGRATIONS)
    chosen = options.parse_args()
    try:
        path = write_migration(chosen.name, chosen.migrations)
    except ValueError as error:
        options.error(str(error))
    print(
        f"{path}\nFill in both directions; then: make test TESTS=tests/storage/test_migrations.py"
    )


if __name__ == "__main__":
    main()

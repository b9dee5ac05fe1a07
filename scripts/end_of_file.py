"""End files as editors expect it: one line feed at the end, no blanks before any line's end.

python -m scripts.end_of_file FILE...   Mends what it can, names it, and fails once for each commit.
"""

import re
import sys
from pathlib import Path


def mended(content: bytes) -> bytes:
    """Give a text as it should end; what is no text is given as it is."""
    if not content.strip() or b"\0" in content:
        return content
    return re.sub(rb"[ \t\r]+(?=\n)", b"", content.rstrip() + b"\n")


def main() -> int:
    """Mend the files that are named; 1 where one had to be mended."""
    wrong = 0
    for name in sys.argv[1:]:
        path = Path(name)
        content = path.read_bytes()
        if mended(content) != content:
            path.write_bytes(mended(content))
            print(f"mended: {name}")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())

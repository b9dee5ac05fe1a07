"""Build the docs site: the project's Markdown as it lies, and a page for every public module.

python -m scripts.build_docs [FOLDER]   The site is FOLDER/docs, else build/docs. A warning fails.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from sphinx.cmd.build import build_main

ROOT = Path(__file__).parents[1]
PACKAGES = ("navigator", "directory_data", "search_index", "sms")
NOT_REFERENCE = {"versions", "migrations", "__main__"}
"""Migrations are run by number and imported by nobody."""

PAGES = ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG", "CODE_OF_CONDUCT")

INDEX = """# Community Navigator

```{toctree}
:maxdepth: 1
:caption: The project

%s
```

```{toctree}
:maxdepth: 1
:caption: The docs
:glob:

docs/*
```

```{toctree}
:maxdepth: 1
:caption: Decisions
:glob:

docs/decisions/README
docs/decisions/0*
```

```{toctree}
:maxdepth: 2
:caption: The code

reference/index
```
"""


def public_modules(root: Path = ROOT) -> list[str]:
    """List the modules that the reference shows, packages among them."""
    found = []
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            name = path.relative_to(root).with_suffix("")
            parts = name.parts[:-1] if name.name == "__init__" else name.parts
            if not NOT_REFERENCE.intersection(parts):
                found.append(".".join(parts))
    return sorted(found)


def write_sources(folder: Path) -> None:
    """Lay out what Sphinx reads: links between the pages are the same as in the repository."""
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("conf.py"))
    pages = [page for page in PAGES if (ROOT / f"{page}.md").exists()]
    for page in pages:
        shutil.copy(ROOT / f"{page}.md", folder)
    shutil.copy(ROOT / "LICENSE", folder)
    (folder / "index.md").write_text(INDEX % "\n".join(pages), encoding="utf-8")
    for name, text in reference_pages():
        path = folder / "reference" / f"{name}.rst"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def reference_pages() -> Iterator[tuple[str, str]]:
    """Give the pages of the reference: the tree of all modules, and each with its members."""
    modules = public_modules()
    yield "index", _page("The code", _tree(PACKAGES))
    for module in modules:
        below = [name for name in modules if name.rpartition(".")[0] == module]
        yield module, _page(module, f"{_tree(below)}\n.. automodule:: {module}\n")


def _page(title: str, text: str) -> str:
    return f"{title}\n{'=' * len(title)}\n\n{text}"


def _tree(modules: tuple[str, ...] | list[str]) -> str:
    if not modules:
        return ""
    table = ".. autosummary::\n\n" + "".join(f"   {name}\n" for name in modules)
    listed = "".join(f"   {name}\n" for name in modules)
    return f"{table}\n.. toctree::\n   :hidden:\n\n{listed}"


def main() -> int:
    """Build the site anew."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", default=ROOT / "build")
    folder = options.parse_args().folder
    sources, site = folder / "docs-sources", folder / "docs"
    for made in (sources, site):
        shutil.rmtree(made, ignore_errors=True)
    write_sources(sources)
    arguments = ["-q", "-W", "--keep-going", "-c", str(ROOT / "docs"), str(sources), str(site)]
    failed = build_main(arguments)
    if not failed:
        print(f"{site / 'index.html'}")
    return failed


if __name__ == "__main__":
    sys.exit(main())

"""Our correction of a query's words on behalf of the engines that are measured behind it."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def corrector(folder: Path) -> Callable[[list[str]], list[str]]:
    """Open our index beside `folder` to correct words for another engine."""
    # Loaded only then: what the others need without it is measured, too.
    searching = import_module("search_index.index_searcher")
    index = searching.Index.open(folder.parent / "ours" / "edition")
    return lambda words: [index.correct(word) or word for word in words]

"""Find templates and static files beside the code of their noun."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory
from jinja2 import FileSystemLoader, PrefixLoader

WEB = Path(__file__).parents[1]
DEMO = WEB.parent / "demo"


def register_noun_assets(app: Flask) -> None:
    """Serve /static/<noun>/<file>, and find the template "<noun>/<file>", in the noun's folder."""
    folders = _noun_folders()
    app.jinja_loader = PrefixLoader(
        {noun: FileSystemLoader(folder / "templates") for noun, folder in folders.items()}
    )

    def static_file(noun: str, filename: str) -> Response:
        if noun not in folders:
            abort(404)
        return send_from_directory(folders[noun] / "static", filename)

    app.add_url_rule("/static/<noun>/<path:filename>", "static", static_file)


def _noun_folders() -> Mapping[str, Path]:
    nouns = {folder.name: folder for folder in WEB.iterdir() if (folder / "templates").is_dir()}
    return {**nouns, "demo": DEMO}

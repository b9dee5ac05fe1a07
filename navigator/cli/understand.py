"""Say from the terminal what is understood of a text."""

import os

import click

from navigator.cli.context import region_or_exit
from navigator.cli.output import LANGUAGE, print_json
from navigator.nlp.danger.detector import detect_danger
from navigator.nlp.model_registry import ModelRegistry
from navigator.nlp.needs.pipeline import understand as understand_text
from navigator.services.dialogue.text_commands import own_keyword
from navigator.settings import BadSetting, load_settings


@click.command()
@click.argument("text")
@click.option("--lang", type=LANGUAGE, default=None)
@click.option("--json", "as_json", is_flag=True)
def understand(text: str, lang: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Say what is understood of a text."""
    models = _models()
    understood = understand_text(text, lexicon=models.needs_lexicon(), hint=lang)
    content = {
        "language": understood.language,
        "safety": detect_danger(text, models.danger_lexicon()).level,
        "keyword": own_keyword(text),
        "needs": [{"id": need, "score": round(score, 3)} for need, score in understood.needs],
        "facts": dict(understood.facts),
        "for_other": understood.for_other,
    }
    if as_json:
        print_json(content)
        return
    for key, value in content.items():
        click.echo(f"{key}: {value}")


def _models() -> ModelRegistry:
    """Make the models; fitted weights are taken from the instance, where there is one."""
    words = region_or_exit().vocabulary
    try:
        folder = load_settings(os.environ).models_folder
    except BadSetting:
        return ModelRegistry(words, None)
    return ModelRegistry(words, folder if folder.is_dir() else None)

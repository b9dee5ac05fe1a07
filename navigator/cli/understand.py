"""Say from the terminal what is understood of a text."""

import click

from navigator.cli.context import region_or_exit
from navigator.cli.output import LANGUAGE, print_json
from navigator.nlp.danger.detector import detect_danger
from navigator.nlp.model_registry import danger_lexicon, needs_lexicon
from navigator.nlp.needs.pipeline import understand as hear
from navigator.services.dialogue.text_commands import own_keyword


@click.command()
@click.argument("text")
@click.option("--lang", type=LANGUAGE, default=None)
@click.option("--json", "as_json", is_flag=True)
def understand(text: str, lang: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Say what is understood of a text."""
    heard = hear(text, lexicon=needs_lexicon(region_or_exit()), hint=lang)
    content = {
        "language": heard.language,
        "safety": detect_danger(text, danger_lexicon()).level,
        "keyword": own_keyword(text),
        "needs": [{"id": need, "score": round(score, 3)} for need, score in heard.needs],
        "facts": dict(heard.facts),
        "for_other": heard.for_other,
    }
    if as_json:
        print_json(content)
        return
    for key, value in content.items():
        click.echo(f"{key}: {value}")

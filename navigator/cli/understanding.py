"""Say from the terminal what is understood of a text."""

import click

from navigator.actions.hearing import danger_lexicon, understanding_lexicon
from navigator.actions.talking.words import own_keyword
from navigator.cli.output import LANGUAGE, out
from navigator.domain import safety
from navigator.domain.understanding import understand as hear


@click.command()
@click.argument("text")
@click.option("--lang", type=LANGUAGE, default=None)
@click.option("--json", "as_json", is_flag=True)
def understand(text: str, lang: str | None, as_json: bool) -> None:  # noqa: FBT001
    """Say what is understood of a text."""
    heard = hear(text, lexicon=understanding_lexicon(), hint=lang)
    content = {
        "language": heard.language,
        "safety": safety.check(text, danger_lexicon()).level,
        "keyword": own_keyword(text),
        "needs": [{"id": need, "score": round(score, 3)} for need, score in heard.needs],
        "facts": dict(heard.facts),
        "for_other": heard.for_other,
    }
    if as_json:
        out(content)
        return
    for key, value in content.items():
        click.echo(f"{key}: {value}")

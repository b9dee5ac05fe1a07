"""Reserved words: STOP, START, HELP, INFO and their kin, acted on and answered once."""

from collections.abc import Mapping

from navigator.domain import conversation
from navigator.domain.speaking import Handover, after
from navigator.storage import conversations, outbox
from navigator.texting.scene import Answer, Scene
from navigator.wording.reading import say
from sms.keywords import Keyword, Match

WORDS_OF: Mapping[Keyword, str] = {
    Keyword.STOP: "stopped",
    Keyword.START: "started",
    Keyword.HELP: "help",
    Keyword.INFO: "info",
}


def answer_keyword(scene: Scene, match: Match) -> Answer:
    """Act on a reserved word; where the carrier answered it already, nothing is said."""
    state, speaker = scene.state, scene.talk.speaker
    if match.keyword is Keyword.STOP:
        _stop(scene)
    elif match.keyword is Keyword.START and scene.talk.opted_out:
        conversations.set_opted_out(scene.tx, scene.talk.id, None)
        state, speaker = conversation.begin_again(state), after(speaker, Handover.BEGIN)
    said = match.language or scene.talk.language
    # A word answers in its own language, but only a first text chooses the language of a talk.
    kept = said if scene.talk.new else scene.talk.language
    silent = scene.incoming.opt_out_type is not None or scene.quiet
    return Answer("" if silent else say(WORDS_OF[match.keyword], said), state, kept, speaker)


def _stop(scene: Scene) -> None:
    conversations.set_opted_out(scene.tx, scene.talk.id, scene.now)
    outbox.stop_waiting(
        scene.tx, scene.parts.vault, scene.incoming.sender, reason="opted_out", now=scene.now
    )

"""Reserved words: STOP, START, HELP, INFO and their kin, acted on and answered once."""

from collections.abc import Mapping

from navigator.domain import conversation_state
from navigator.domain.handover import Handover, next_speaker
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.services.conversations.opt_out import opt_out
from navigator.storage import conversations
from navigator.wording.content import region_message
from sms.keywords import Keyword, KeywordMatch

WORDS_OF: Mapping[Keyword, str] = {
    Keyword.STOP: "stopped",
    Keyword.START: "started",
    Keyword.HELP: "help",
    Keyword.INFO: "info",
}


def answer_keyword(scene: MessageContext, match: KeywordMatch) -> Response:
    """Act on a reserved word; where the carrier answered it already, nothing is said."""
    state, speaker = scene.state, scene.talk.speaker
    if match.keyword is Keyword.STOP:
        opt_out(scene.uow, scene.incoming.sender, now=scene.now)
    elif match.keyword is Keyword.START and scene.talk.opted_out:
        conversations.set_opted_out(scene.uow, scene.talk.id, None)
        state, speaker = conversation_state.start_over(state), next_speaker(speaker, Handover.BEGIN)
    said = match.language or scene.talk.language
    # A word answers in its own language, but only a first text chooses the language of a talk.
    kept = said if scene.talk.new else scene.talk.language
    silent = scene.incoming.opt_out_type is not None or scene.quiet
    policy = scene.guide.directory.policy
    told = "" if silent else region_message(WORDS_OF[match.keyword], said, policy)
    return Response(told, state, kept, speaker)

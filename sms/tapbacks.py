"""Tapbacks: what a phone sends as a text when somebody taps a heart on ours; no answer is due."""

import re

from sms.normalizer import fold_sms

# A verb of the phone's maker, then our own words in quotes, as iPhone and Android write them.
_REACTION = re.compile(
    r"(?:liked|loved|disliked|laughed at|emphasized|emphasised|questioned"
    r"|removed (?:a|an) [a-z ]{4,20} from|reacted .{1,8} to"
    r"|a aime|a adore|n'a pas aime|a ri de|a mis l'accent sur|a souligne|a remis en question"
    r"|a reagi .{1,12} a|a retire [a-z ]{2,30} de)"
    r"\s*(?:[\"“«]|an image|a message|une image|un message)"
)


def is_reaction(body: str) -> bool:
    """Say whether a message only quotes ours with a reaction: never an answer to anything."""
    return _REACTION.match(fold_sms(body)) is not None

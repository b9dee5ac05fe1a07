"""Who speaks in a talk: the bot, nobody yet, or a person; never two, and never nobody for long."""

from collections.abc import Mapping
from enum import StrEnum


class Speaker(StrEnum):
    """Who answers: the bot, nobody yet (a person was asked for), or a person."""

    BOT = "bot"
    WAITING = "waiting"
    PERSON = "person"


class Handover(StrEnum):
    """What gives the word to another."""

    ASK = "ask"
    """The person texts 9, or was not understood twice."""
    MENU = "menu"
    """The person texts MENU."""
    TAKE = "take"
    """A navigator takes the talk, or writes."""
    HAND_BACK = "hand-back"
    """A navigator gives the talk back to the bot."""
    LAPSE = "lapse"
    """A person texted and no navigator wrote for long: others are called again."""
    BEGIN = "begin"
    """START after an opt-out, or a number that was silent for long: a new beginning."""


HANDOVERS: Mapping[Speaker, Mapping[Handover, Speaker]] = {
    Speaker.BOT: {
        Handover.ASK: Speaker.WAITING,
        Handover.TAKE: Speaker.PERSON,
    },
    Speaker.WAITING: {
        Handover.MENU: Speaker.BOT,
        Handover.TAKE: Speaker.PERSON,
        Handover.HAND_BACK: Speaker.BOT,
        Handover.BEGIN: Speaker.BOT,
    },
    Speaker.PERSON: {
        # MENU is no way out here: a person speaks, and only a person gives the word back.
        Handover.HAND_BACK: Speaker.BOT,
        Handover.LAPSE: Speaker.WAITING,
        Handover.BEGIN: Speaker.BOT,
    },
}


def next_speaker(speaker: Speaker, handover: Handover) -> Speaker:
    """Give who speaks after a handover; what changes nothing leaves the word where it is."""
    return HANDOVERS[speaker].get(handover, speaker)

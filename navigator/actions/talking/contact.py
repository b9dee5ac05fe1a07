"""The steps of a referral by text: a name, a safe way to reach the person, and consent."""

from navigator.actions.listing import can_refer
from navigator.actions.talking.showing import missed, show_list, way_of
from navigator.actions.talking.values import Effect, Guide, Turn
from navigator.domain.conversation import SafeContact, Stage, State, begin_again
from navigator.domain.describing import reach
from navigator.wording.reading import say
from sms.menus import Option, choose, number_of
from sms.segments import plain


def begin_referral(guide: Guide, state: State, language: str) -> Turn:
    """Begin a referral to the chosen service, or say why only the person can reach it."""
    way = way_of(guide, state, state.chosen)
    if way is None:
        return show_list(guide, state, language)
    if not can_refer(way):
        text = say(
            "cannot_refer",
            language,
            name=way.contact.record.brief(language),
            phone=reach(way.contact),
        )
        return Turn(state.but(stage=Stage.DETAIL), language, plain(text))
    return Turn(state.but(stage=Stage.NAME, misses=0), language, say("ask_name", language))


def name(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take the name to be used."""
    name = " ".join(body.split())[:40]
    if name == "0" or not any(letter.isalpha() for letter in name):
        if name == "0":
            return show_list(guide, state, language)
        return missed(state, language, again=say("ask_name", language))
    named = state.but(stage=Stage.SAFE, name=plain(_first_name(name)), misses=0)
    return Turn(named, language, plain(say("ask_safe", language, name=named.name)))


def _first_name(text: str) -> str:
    for lead in ("my name is ", "i am ", "i'm ", "im ", "call me ", "je m'appelle ", "je suis "):
        if text.lower().startswith(lead):
            return text[len(lead) :].strip(" .!")
    return text.strip(" .!")


def safe(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take how the person may be reached, and read the consent back."""
    options = [
        Option(SafeContact.ANY, "text or call", ("texto ou appel", "both", "any", "les deux")),
        Option(SafeContact.CALL, "call only", ("appel seulement", "call", "appel")),
        Option(SafeContact.TEXT, "text only", ("texto seulement", "text", "texto")),
    ]
    picked = choose(body, options)
    if picked.value is None:
        again = plain(say("ask_safe", language, name=state.name))
        return missed(state, language, again=again)
    safe = state.but(stage=Stage.CONSENT, safe_contact=SafeContact(picked.value), misses=0)
    return Turn(safe, language, consent_words(guide, safe, language))


def consent_words(guide: Guide, state: State, language: str) -> str:
    """Read back who gets what; these are the words that are kept with the consent."""
    way = way_of(guide, state, state.chosen)
    recipient = way.contact.record.brief(language) if way else ""
    need = guide.vocabulary.needs[state.needs[0]].say.in_(language)
    return plain(say("consent", language, recipient=recipient, need=need))


def consent(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take the answer to the consent."""
    # Given by number only: the carrier takes YES for an opt-in word.
    picked = number_of(body)
    if picked == 1:
        return Turn(state.but(stage=Stage.REFERRED), language, "", Effect.REFER)
    if picked == 2:
        way = way_of(guide, state, state.chosen)
        name = way.contact.record.brief(language) if way else ""
        phone = reach(way.contact) if way else ""
        text = plain(say("consent_no", language, name=name, phone=phone))
        return Turn(state.but(stage=Stage.LIST, name=""), language, text)
    return missed(state, language, again=say("consent_again", language))


def erase(guide: Guide, state: State, body: str, language: str) -> Turn:  # noqa: ARG001
    """Take the answer to the question whether to erase."""
    if number_of(body) == 1:
        return Turn(State(), language, say("erased", language), Effect.ERASE)
    return Turn(begin_again(state), language, say("erase_kept", language))

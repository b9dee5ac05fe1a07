"""One turn of a talk by text: a text in, the next state and one message out. It writes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory_data.directory import Directory
from directory_data.vocabulary.reading import FactKind, Vocabulary
from navigator.actions.interviewing import stand, word
from navigator.actions.listing import Way, all_ways, can_refer, page
from navigator.domain.conversation import SafeContact, Stage, State, begin_again
from navigator.domain.describing import number, phones, reach, understood
from navigator.domain.eligibility import DECLINED, Answer
from navigator.domain.interview import CAP, FIRST_LIST_AFTER
from navigator.domain.understanding import Lexicon, Understood, understand
from navigator.wording.reading import say
from sms.keywords import whole_word
from sms.menus import Option, choose, number_of
from sms.segments import fits, plain

LONGEST_WORDS = 600
"""How much of a person's own words is kept for the navigator."""

FIRST_NEEDS = ("shelter", "food", "counselling", "keep-housing", "money")
MORE_NEEDS = ("company", "child-youth-mental-health", "abuse-safety", "substance-use", "navigation")
"""What the menus offer to somebody who has no words for it."""

STRONG = 0.5
"""From this score on, words in the middle of a talk name a new need."""


class Effect(StrEnum):
    """What a turn asks the face to do, in the same transaction."""

    NONE = "none"
    REFER = "refer"
    UNSHARE = "unshare"
    ERASE = "erase"
    PERSON = "person"


class Word(StrEnum):
    """Our own words, understood anywhere as a whole message."""

    MENU = "menu"
    BACK = "back"
    MORE = "more"
    PERSON = "person"
    ENGLISH = "english"
    FRENCH = "french"
    UNSHARE = "unshare"
    ERASE = "erase"
    THANKS = "thanks"


WORDS: Mapping[str, Word] = {
    **dict.fromkeys(("menu", "restart", "start over", "recommencer"), Word.MENU),
    **dict.fromkeys(("back", "retour"), Word.BACK),
    **dict.fromkeys(("more", "plus"), Word.MORE),
    **dict.fromkeys(("9", "person", "a person", "human", "personne", "une personne"), Word.PERSON),
    **dict.fromkeys(("english", "anglais"), Word.ENGLISH),
    **dict.fromkeys(("francais", "french", "en francais"), Word.FRENCH),
    **dict.fromkeys(("unshare",), Word.UNSHARE),
    **dict.fromkeys(("erase", "effacer"), Word.ERASE),
    **dict.fromkeys(("thanks", "thank you", "thx", "ty", "merci", "merci beaucoup"), Word.THANKS),
}


@dataclass(frozen=True, slots=True)
class Guide:
    """What a turn looks things up in."""

    directory: Directory
    vocabulary: Vocabulary
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of a text: the state, the language, the reply, and an effect to carry out."""

    state: State
    language: str
    reply: str
    effect: Effect = Effect.NONE


def turn(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take one text and answer it."""
    known = whole_word(body, WORDS)
    if known is not None and known in _WORDS:
        return _WORDS[known](guide, state, language)
    return _STAGES[state.stage](guide, state, body, language)


def hear(guide: Guide, state: State, body: str, language: str) -> tuple[State, str, Understood]:
    """Take in free words: needs, facts and language."""
    heard = understand(body, lexicon=guide.lexicon, hint=language)
    words = state.words or body[:LONGEST_WORDS]
    taken = state.but(
        words=words,
        needs=tuple(need for need, _ in heard.needs[:3]) or state.needs,
        answers={**state.answers, **heard.facts},
        for_other=state.for_other or heard.for_other,
    )
    said_much = len(body.split()) >= 2  # noqa: PLR2004
    return taken, heard.language if said_much or state.stage is Stage.NEW else language, heard


def _new(guide: Guide, state: State, body: str, language: str) -> Turn:
    taken, language, heard = hear(guide, state, body, language)
    if not taken.needs:
        return Turn(taken.but(stage=Stage.NEED, words="", menu=()), language, say("welcome", language))
    return _go_on(guide, taken, language, lead=_read_back(guide, taken, language))


def _need(guide: Guide, state: State, body: str, language: str) -> Turn:
    options = [Option(need, guide.vocabulary.needs[need].label.in_(language)) for need in state.menu]
    picked = choose(body, [*options, Option("more", "", (str(len(options) + 1),))] if options else [])
    if picked.value == "more":
        return _need_menu(guide, state, language, MORE_NEEDS)
    if picked.value is not None:
        taken = state.but(needs=(picked.value,), misses=0)
        return _go_on(guide, taken, language)
    taken, language, heard = hear(guide, state, body, language)
    if heard.needs:
        return _go_on(guide, taken.but(misses=0), language, lead=_read_back(guide, taken, language))
    if state.menu:
        return _missed(state, language)
    return _need_menu(guide, taken, language, FIRST_NEEDS)


def _need_menu(guide: Guide, state: State, language: str, needs: tuple[str, ...]) -> Turn:
    lines = [
        f"{place} {guide.vocabulary.needs[need].label.in_(language)}"
        for place, need in enumerate(needs, start=1)
    ]
    if needs is not MORE_NEEDS:
        lines.append(say("need_more", language, count=len(needs) + 1))
    text = plain(say("need_menu", language, options="\n".join(lines)))
    return Turn(state.but(stage=Stage.NEED, menu=needs), language, text)


def _go_on(guide: Guide, state: State, language: str, *, lead: str = "") -> Turn:
    """Ask the next question, or show the list."""
    standing = stand(guide.directory, guide.vocabulary, state.needs, state.answers)
    limit = CAP if state.narrowing else FIRST_LIST_AFTER
    if standing.question is None or state.asked >= limit:
        return _list(guide, state.but(page=0), language, lead=lead)
    asked = state.but(
        stage=Stage.QUESTION, question=standing.question, asked=state.asked + 1, misses=0
    )
    return Turn(asked, language, _question(guide, asked, language, lead=lead))


def _question(guide: Guide, state: State, language: str, *, lead: str = "") -> str:
    question = word(
        guide.vocabulary, state.question or "", language, for_other=state.for_other
    )
    lines = [f"{place} {one.label}" for place, one in enumerate(question.choices, start=1)]
    lines.append(say("not_sure" if lines else "say_age", language))
    why = question.why if question.sensitive else ""
    for parts in ([lead, question.text, why, *lines], [lead, question.text, *lines]):
        text = plain("\n".join(part for part in parts if part))
        if fits(text, segments=2):
            return text
    return plain("\n".join([question.text, *lines]))


def _answer(guide: Guide, state: State, body: str, language: str) -> Turn:
    fact = state.question or ""
    value = _picked(guide, state, body, language)
    taken, heard_language, heard = hear(guide, state, body, language)
    if value is None and fact in heard.facts:
        value = heard.facts[fact]
    if value is not None:
        # Several answers may stand in one text; the one that was asked for counts as it was read.
        facts = {**heard.facts, fact: value} if _tells_more(body) else {fact: value}
        changed = heard.needs and heard.needs[0][1] >= STRONG and _tells_more(body)
        kept = (taken if changed else state).but(answers={**state.answers, **facts}, misses=0)
        return _go_on(guide, kept, language)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return _go_on(
            guide, taken.but(misses=0), heard_language, lead=_read_back(guide, taken, language)
        )
    if heard.facts:
        return _go_on(guide, taken.but(needs=state.needs), language)
    return _missed(state, language, again=_question(guide, state, language))


def _picked(guide: Guide, state: State, body: str, language: str) -> Answer | None:
    fact = state.question or ""
    skip = Option(DECLINED, "skip", ("0", "not sure", "pass", "passer", "rather not say", "idk"))
    if guide.vocabulary.facts[fact].kind is FactKind.YEARS:
        years = number_of(body)
        if years:
            return years if years <= 120 else None  # noqa: PLR2004
        return DECLINED if choose(body, [skip]).value else None
    question = word(guide.vocabulary, fact, language, for_other=state.for_other)
    options = [Option(one.field, one.label) for one in question.choices]
    picked = choose(body, [*options, skip]).value
    if picked is None or picked == DECLINED:
        return picked
    return next(one.value for one in question.choices if one.field == picked)


def _tells_more(body: str) -> bool:
    return len(body.split()) > 3  # noqa: PLR2004


def _list(guide: Guide, state: State, language: str, *, lead: str = "") -> Turn:
    every, more_questions = _ways(guide, state)
    if not every:
        return Turn(state, language, say("list_end", language))
    ask = more_questions and state.page == 0 and not state.narrowing
    text, shown = page(state, every, guide.vocabulary, language, lead=lead, ask=ask)
    return Turn(state.but(stage=Stage.LIST, menu=shown, misses=0), language, text)


def _ways(guide: Guide, state: State) -> tuple[tuple[Way, ...], bool]:
    standing = stand(guide.directory, guide.vocabulary, state.needs, state.answers)
    return all_ways(guide.directory, standing.matches), standing.question is not None


def _way(guide: Guide, state: State, key: str | None) -> Way | None:
    return next((way for way in _ways(guide, state)[0] if way.key == key), None)


def _choose_from_list(guide: Guide, state: State, body: str, language: str) -> Turn:
    options = [
        Option("contact", "contact me", ("ask them", "me contacter")),
        Option("detail", "tell me more", ("en savoir plus",)),
    ]
    if _ways(guide, state)[1] and not state.narrowing:
        options.append(Option("narrow", "narrow it down", ("preciser",)))
    picked = choose(body, options)
    if picked.value == "narrow":
        return _go_on(guide, state.but(narrowing=True), language)
    if picked.value in {"contact", "detail"}:
        return _which(guide, state, language, contact=picked.value == "contact")
    named = choose(body, _name_options(guide, state, language))
    if named.value is not None and number_of(body) is None:
        return _detail(guide, state.but(chosen=named.value), language)
    return _new_words(guide, state, body, language)


def _new_words(guide: Guide, state: State, body: str, language: str) -> Turn:
    """Take words in the middle of a talk: a new need, another answer, or not understood."""
    taken, heard_language, heard = hear(guide, begin_again(state), body, language)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return _go_on(guide, taken, heard_language, lead=_read_back(guide, taken, heard_language))
    if heard.facts and state.needs:
        again = state.but(answers={**state.answers, **heard.facts}, page=0)
        return _list(guide, again, language, lead=_read_back(guide, again, language))
    return _missed(state, language)


def _name_options(guide: Guide, state: State, language: str) -> list[Option]:
    return [
        Option(key, way.contact.record.brief(language))
        for key in state.menu
        if (way := _way(guide, state, key)) is not None
    ]


def _which(guide: Guide, state: State, language: str, *, contact: bool) -> Turn:
    options = _name_options(guide, state, language)
    if contact:
        options = [
            one
            for one in options
            if (way := _way(guide, state, one.value)) is not None and can_refer(way)
        ]
    if len(options) == 1 or not options:
        chosen = state.but(chosen=options[0].value if options else state.menu[0])
        return (_begin_referral if contact else _detail)(guide, chosen, language)
    lines = "\n".join(f"{place} {one.label}" for place, one in enumerate(options, start=1))
    key, stage = (
        ("which_contact", Stage.WHICH_CONTACT) if contact else ("which_more", Stage.WHICH_MORE)
    )
    shown = state.but(stage=stage, menu=tuple(one.value for one in options))
    return Turn(shown, language, plain(say(key, language, options=lines)))


def _chosen(guide: Guide, state: State, body: str, language: str) -> Turn:
    none = Option("none", "none", ("0", "aucun", "back"))
    picked = choose(body, [*_name_options(guide, state, language), none])
    if picked.value is None:
        return _new_words(guide, state, body, language)
    if picked.value == "none":
        return _list(guide, state, language)
    chosen = state.but(chosen=picked.value)
    if state.stage is Stage.WHICH_CONTACT:
        return _begin_referral(guide, chosen, language)
    return _detail(guide, chosen, language)


def _detail(guide: Guide, state: State, language: str) -> Turn:
    way = _way(guide, state, state.chosen)
    if way is None:
        return _list(guide, state, language)
    record = way.service.record
    numbers = ", ".join(number(phone) for phone in phones(way.contact)[:2]) or reach(way.contact)
    through = ""
    if way.contact is not way.service:
        door = way.contact.record.brief(language)
        through = say("through", language, door=door, phone=reach(way.contact))
    head = f"{record.brief(language)}: {through or numbers}"
    tail = say("detail_tail", language)
    choices = (
        [head, record.description.in_(language), record.access.how.in_(language), tail],
        [head, record.description.in_(language), tail],
        [head, record.access.how.in_(language), tail],
        [head, tail],
    )
    text = next((t for c in choices if fits(t := plain("\n".join(c)), segments=2)), plain(head))
    return Turn(state.but(stage=Stage.DETAIL), language, text)


def _from_detail(guide: Guide, state: State, body: str, language: str) -> Turn:
    options = [
        Option("contact", "contact me", ("ask them", "me contacter")),
        Option("list", "back", ("retour", "list")),
    ]
    picked = choose(body, options)
    if picked.value == "contact":
        return _begin_referral(guide, state, language)
    if picked.value == "list":
        return _list(guide, state, language)
    return _new_words(guide, state, body, language)


def _begin_referral(guide: Guide, state: State, language: str) -> Turn:
    way = _way(guide, state, state.chosen)
    if way is None:
        return _list(guide, state, language)
    if not can_refer(way):
        text = say(
            "cannot_refer",
            language,
            name=way.contact.record.brief(language),
            phone=reach(way.contact),
        )
        return Turn(state.but(stage=Stage.DETAIL), language, plain(text))
    return Turn(state.but(stage=Stage.NAME, misses=0), language, say("ask_name", language))


def _name(guide: Guide, state: State, body: str, language: str) -> Turn:
    name = " ".join(body.split())[:40]
    if name == "0" or not any(letter.isalpha() for letter in name):
        if name == "0":
            return _list(guide, state, language)
        return _missed(state, language, again=say("ask_name", language))
    named = state.but(stage=Stage.SAFE, name=plain(_first_name(name)), misses=0)
    return Turn(named, language, plain(say("ask_safe", language, name=named.name)))


def _first_name(text: str) -> str:
    for lead in ("my name is ", "i am ", "i'm ", "im ", "call me ", "je m'appelle ", "je suis "):
        if text.lower().startswith(lead):
            return text[len(lead) :].strip(" .!")
    return text.strip(" .!")


def _safe(guide: Guide, state: State, body: str, language: str) -> Turn:
    options = [
        Option(SafeContact.ANY, "text or call", ("texto ou appel", "both", "any", "les deux")),
        Option(SafeContact.CALL, "call only", ("appel seulement", "call", "appel")),
        Option(SafeContact.TEXT, "text only", ("texto seulement", "text", "texto")),
    ]
    picked = choose(body, options)
    if picked.value is None:
        again = plain(say("ask_safe", language, name=state.name))
        return _missed(state, language, again=again)
    safe = state.but(stage=Stage.CONSENT, safe_contact=SafeContact(picked.value), misses=0)
    return Turn(safe, language, consent_words(guide, safe, language))


def consent_words(guide: Guide, state: State, language: str) -> str:
    """Read back who gets what; these are the words that are kept with the consent."""
    way = _way(guide, state, state.chosen)
    recipient = way.contact.record.brief(language) if way else ""
    need = guide.vocabulary.needs[state.needs[0]].say.in_(language)
    return plain(say("consent", language, recipient=recipient, need=need))


def _consent(guide: Guide, state: State, body: str, language: str) -> Turn:
    # Given by number only: the carrier takes YES for an opt-in word.
    picked = number_of(body)
    if picked == 1:
        return Turn(state.but(stage=Stage.REFERRED), language, "", Effect.REFER)
    if picked == 2:  # noqa: PLR2004
        way = _way(guide, state, state.chosen)
        name = way.contact.record.brief(language) if way else ""
        phone = reach(way.contact) if way else ""
        text = plain(say("consent_no", language, name=name, phone=phone))
        return Turn(state.but(stage=Stage.LIST, name=""), language, text)
    return _missed(state, language, again=say("consent_again", language))


def _referred(guide: Guide, state: State, body: str, language: str) -> Turn:
    taken, heard_language, heard = hear(guide, begin_again(state), body, language)
    if heard.needs and heard.needs[0][1] >= STRONG:
        return _go_on(guide, taken, heard_language, lead=_read_back(guide, taken, heard_language))
    return Turn(state, language, say("already_referred", language, code=state.code))


def _erase(guide: Guide, state: State, body: str, language: str) -> Turn:  # noqa: ARG001
    if number_of(body) == 1:
        return Turn(State(), language, say("erased", language), Effect.ERASE)
    return Turn(begin_again(state), language, say("erase_kept", language))


def _missed(state: State, language: str, *, again: str = "") -> Turn:
    """Say that it was not understood, never twice in the same words; a person is offered."""
    missed = state.but(misses=state.misses + 1)
    if state.misses == 0:
        text = f"{say('not_understood_lead', language)}\n{again}" if again else ""
        text = text or say("not_understood_first", language)
        return Turn(missed, language, text if fits(text, segments=2) else again)
    if state.misses == 1:
        return Turn(missed, language, say("not_understood_again", language))
    return Turn(missed.but(misses=0), language, say("person_waiting", language), Effect.PERSON)


def _read_back(guide: Guide, state: State, language: str) -> str:
    what = understood(guide.vocabulary, state.needs, state.answers, language)
    return plain(say("understood", language, what=what)) if what else ""


def _menu(guide: Guide, state: State, language: str) -> Turn:
    return _need_menu(guide, begin_again(state), language, FIRST_NEEDS)


def _back(guide: Guide, state: State, language: str) -> Turn:
    if state.stage in {Stage.QUESTION, Stage.NEED, Stage.NEW} or not state.needs:
        return _menu(guide, state, language)
    return _list(guide, state.but(page=0), language)


def _more(guide: Guide, state: State, language: str) -> Turn:
    if state.stage is Stage.LIST:
        return _list(guide, state.but(page=state.page + 1), language)
    if state.stage is Stage.NEED:
        return _need_menu(guide, state, language, MORE_NEEDS)
    return _back(guide, state, language)


def _person(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state, language, say("person_waiting", language), Effect.PERSON)


def _in_language(language: str) -> "Callable[[Guide, State, str], Turn]":
    def switch(guide: Guide, state: State, _: str) -> Turn:
        if state.stage is Stage.QUESTION:
            return Turn(state, language, _question(guide, state, language))
        if state.stage in {Stage.NEW, Stage.NEED}:
            return _menu(guide, state, language)
        if state.stage is Stage.LIST:
            return _list(guide, state, language)
        return Turn(state, language, say("language_set", language))

    return switch


def _unshare(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(begin_again(state).but(code=""), language, "", Effect.UNSHARE)


def _ask_erase(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state.but(stage=Stage.ERASE), language, say("erase_ask", language))


def _thanks(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state, language, say("thanks", language))


_WORDS: Mapping[Word, Callable[[Guide, State, str], Turn]] = {
    Word.MENU: _menu,
    Word.BACK: _back,
    Word.MORE: _more,
    Word.PERSON: _person,
    Word.ENGLISH: _in_language("en"),
    Word.FRENCH: _in_language("fr"),
    Word.UNSHARE: _unshare,
    Word.ERASE: _ask_erase,
    Word.THANKS: _thanks,
}

_STAGES: Mapping[Stage, Callable[[Guide, State, str, str], Turn]] = {
    Stage.NEW: _new,
    Stage.NEED: _need,
    Stage.QUESTION: _answer,
    Stage.LIST: _choose_from_list,
    Stage.WHICH_CONTACT: _chosen,
    Stage.WHICH_MORE: _chosen,
    Stage.DETAIL: _from_detail,
    Stage.NAME: _name,
    Stage.SAFE: _safe,
    Stage.CONSENT: _consent,
    Stage.REFERRED: _referred,
    Stage.ERASE: _erase,
}

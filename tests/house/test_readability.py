"""Every word that a person meets: easy to read, short enough for a text, and never a dead end."""

import re
from collections import deque
from collections.abc import Iterator
from statistics import fmean
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from directory_data.region import load_region
from directory_data.vocabulary.loader import FactKind
from navigator.container import Container
from navigator.domain.conversation_state import (
    AwaitingAnswer,
    DialogueMemory,
    KnownPerson,
    NewConversation,
    ShowingList,
    Stage,
)
from navigator.services.dialogue.dialogue_turn import (
    DialogueContext,
    DialogueTurn,
    Effect,
    parse_message,
)
from navigator.services.dialogue.dispatcher import dispatch_turn
from navigator.services.dialogue.messages import question_text
from navigator.services.dialogue.text_commands import COMMANDS
from navigator.services.interview.question_wording import word_question
from navigator.services.messaging import list_by_text
from navigator.wording.content import questions, safety_first_words, text_messages
from navigator.wording.gettext_catalog import FOLDER
from sms.keywords import RESERVED
from sms.normalizer import fold_sms
from sms.reply_matcher import ReplyOption, match_reply
from sms.segments import fits_segments, is_gsm7, measure, to_gsm7
from tests.house.readability import FEWEST_WORDS, Count, count, ease, grade
from tests.makers import make_container

LANGUAGES = ("en", "fr")

GRADE_MEAN, GRADE_MOST = 6.0, 9.0
"""Years of school (Flesch-Kincaid)."""

EASE_MEAN, EASE_LEAST = 70.0, 35.0
"""Reading ease (Kandel-Moles): 60 to 70 is standard, 70 to 80 fairly easy, under 30 very hard."""

NAMES = (
    "Community Navigator|Navigateur communautaire|Burlington|Oakville|Milton|Halton Hills|Halton"
    "|Georgetown|Acton|Ontario|Canada|Assaulted Women's Helpline|Kids Help Phone"
)
"""Names can't be put in easier words; each counts as one short word."""


def plain_words(text: str) -> str:
    """Leave out what is no reading: names, words to try in a search, and what is filled in."""
    text = re.sub(r"(?:Try|Essayez) ?: .*", "", text)
    text = re.sub(r"%\(\w+\)s|\{\w+\}", "it", text)
    return re.sub(rf"\b(?:{NAMES})\b", "Ann", text)


def said_to_people() -> Iterator[tuple[str, str, str]]:
    """Give every text with its name: questions, texts, pages, cards."""
    for fact, asked in questions().items():
        for part in ("text", "other", "why"):
            both = getattr(asked, part)
            yield f"question {fact} {part}", both.en, both.fr
    for key, both in text_messages().items():
        yield f"text {key}", both.en, both.fr
    yield from pages()
    for level, whom in safety_first_words().items():
        for who, words in whom.items():
            yield f"card {level} {who}", words.en, words.fr
    for line, told in load_region().crisis_lines.lines.items():
        yield f"card {line}", told.en, told.fr


def pages() -> Iterator[tuple[str, str, str]]:
    """Give the texts of the pages."""
    with (FOLDER / "en.po").open("rb") as file:
        english = {
            message.id: message.string for message in read_po(file, locale="en") if message.id
        }
    with (FOLDER / "fr.po").open("rb") as file:
        for message in read_po(file, locale="fr"):
            if message.id and isinstance(message.id, str):
                yield (
                    f"page {message.id[:40]}",
                    str(english.get(message.id, message.id)),
                    str(message.string),
                )


def counted(language: str) -> dict[str, Count]:
    """Count every text that is long enough to have a grade."""
    found = {}
    for name, en, fr in said_to_people():
        counts = count(plain_words({"en": en, "fr": fr}[language]), language)
        if counts.words >= FEWEST_WORDS:
            found[name] = counts
    return found


def test_english_needs_no_more_than_six_years_of_school() -> None:
    grades = {name: grade(counts) for name, counts in counted("en").items()}
    assert len(grades) > 100
    assert {name: round(g, 1) for name, g in grades.items() if g > GRADE_MOST} == {}
    assert fmean(grades.values()) <= GRADE_MEAN


def test_french_is_fairly_easy() -> None:
    eases = {name: ease(counts) for name, counts in counted("fr").items()}
    assert len(eases) > 100
    assert {name: round(e) for name, e in eases.items() if e < EASE_LEAST} == {}
    assert fmean(eases.values()) >= EASE_MEAN


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_services_say_of_themselves_is_easy_on_average(
    guide: DialogueContext, language: str
) -> None:
    total = Count(0, 0, 0)
    for service in guide.directory:
        for both in (service.record.description, service.record.access.how):
            total += count(plain_words(both.in_(language)), language)
    if language == "en":
        assert grade(total) <= GRADE_MEAN
    else:
        assert ease(total) >= EASE_MEAN


def test_the_measures_tell_easy_from_hard() -> None:
    easy = count("We help you find a bed for the night. You can call us at any hour.", "en")
    hard = count("Eligibility determination necessitates comprehensive documentation.", "en")
    assert grade(easy) < 3
    assert grade(hard) > 12
    facile = count("Nous vous aidons à trouver un lit. Vous pouvez appeler la nuit.", "fr")
    dur = count("L'admissibilité nécessite une documentation supplémentaire exhaustive.", "fr")
    assert ease(facile) > 80
    assert ease(dur) < 30


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    return make_container(tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="module")
def guide(container: Container) -> DialogueContext:
    return container.edition_store.edition(container.now()).guide


@pytest.mark.parametrize("fact", list(questions()))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whom", ["the writer", "another"])
def test_a_question_fits_two_segments_with_all_its_choices(
    guide: DialogueContext, fact: str, language: str, whom: str
) -> None:
    for_other = whom == "another"
    memory = DialogueMemory(KnownPerson(for_other=for_other))
    text = question_text(guide, AwaitingAnswer(memory, fact), language)
    asked = word_question(guide.vocabulary, fact, language, for_other=for_other)
    assert is_gsm7(to_gsm7(text)), text
    assert fits_segments(text, segments=2), measure(text)
    assert text.count("\n") >= len(asked.choices)


def filled(text: str, guide: DialogueContext, language: str) -> str:
    """Fill a text in with the longest that can stand there."""
    need = max((entry.say.in_(language) for entry in guide.vocabulary.needs.values()), key=len)
    name = max((service.record.brief(language) for service in guide.directory), key=len)
    longest = {
        "code": "K7F3PQ",
        "day": {"en": "Wed Nov 25", "fr": "mer. 25 nov."}[language],
        "need": need,
        "name": name,
        "door": name,
        "recipient": name,
        "phone": "1-800-555-0100 x12345",
        "count": 6,
        "region": guide.directory.policy.name.in_(language),
        "region_long": guide.directory.policy.long_name.in_(language),
    }
    wanted = {key for _, key, _, _ in Formatter().parse(text) if key}
    return text.format(**{key: longest.get(key, "") for key in wanted})


NOT_SENT = frozenset({"web_consent"})
"""Shown on a page."""

LONGER = {"list_by_text": list_by_text.WEB_LIST.segments}
"""Segments of what may be longer than two."""


@pytest.mark.parametrize("key", [key for key in text_messages() if key not in NOT_SENT])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_fits_two_segments_filled_in(
    guide: DialogueContext, key: str, language: str
) -> None:
    text = filled(text_messages()[key].in_(language), guide, language)
    assert fits_segments(text, segments=LONGER.get(key, 2)), measure(text)
    assert is_gsm7(text_messages()[key].in_(language)), key


def test_no_reserved_word_is_asked_for_as_an_answer(guide: DialogueContext) -> None:
    asked_for = {
        fold_sms(said)
        for _, en, fr in said_to_people()
        for text in (en, fr)
        for said in re.findall(r"([\w'’-]+) = ", text)
    }
    assert asked_for
    assert asked_for & RESERVED <= IN_THEIR_OWN_SENSE
    labels = {fold_sms(option.label) for _, options in menus(guide) for option in options}
    # "Yes" is a label, but always beside its number, and consent is taken by number only.
    assert labels & RESERVED <= {"yes"}
    assert {fold_sms(own) for own in COMMANDS} & RESERVED == set()


IN_THEIR_OWN_SENSE = {"stop", "arret", "start"}
"""Named by our texts for just what carriers do with them: to end texts and to begin again."""


def menus(guide: DialogueContext) -> Iterator[tuple[str, list[ReplyOption]]]:
    """Give the menus that a person is offered by text, with the way to skip."""
    skip = ReplyOption("declined", "skip", ("0", "passer"))
    for language in LANGUAGES:
        for fact, entry in guide.vocabulary.facts.items():
            for for_other in (False, True):
                if entry.kind is not FactKind.YEARS:
                    asked = word_question(guide.vocabulary, fact, language, for_other=for_other)
                    shown = [ReplyOption(choice.field, choice.label) for choice in asked.choices]
                    yield f"{fact} {language}", [*shown, skip]
        menus = guide.directory.policy.menus
        for needs in (menus.first, menus.more):
            yield (
                f"needs {language}",
                [
                    ReplyOption(need, guide.vocabulary.needs[need].label.in_(language))
                    for need in needs
                ],
            )


def test_every_option_is_reached_by_its_number_and_by_its_words(guide: DialogueContext) -> None:
    for where, options in menus(guide):
        for place, option in enumerate(options, start=1):
            number = next((word for word in option.also if word.isdecimal()), str(place))
            assert match_reply(number, options).value == option.value, (where, number)
            assert match_reply(option.label, options).value == option.value, (where, option.label)
            assert match_reply(option.label.upper(), options).value == option.value, where


SAID = ("MENU", "0", "1", "2", "3", "6", "9", "17", "more", "back", "ok whatever", "Sam")
SAID += ("somewhere to sleep", "francais", "erase", "thanks")
"""What is texted at every state of a talk."""

MOST_STATES = 400


def place_of(said: DialogueTurn) -> tuple[object, ...]:
    """Say which states are the same to a person: answers and words don't make another one."""
    state = said.state
    return (
        state.stage,
        state.question if isinstance(state, AwaitingAnswer) else None,
        state.progress.narrowing,
        min(state.progress.misses, 2),
        min(state.shown.page, 3) if isinstance(state, ShowingList) else 0,
        bool(state.person.needs),
        said.language,
    )


def test_no_state_of_a_talk_is_a_dead_end(guide: DialogueContext) -> None:
    begun = DialogueTurn(NewConversation(), "en", "")
    waiting, seen = deque([begun]), {place_of(begun): begun}
    moved: dict[tuple[object, ...], int] = {}
    while waiting and len(seen) < MOST_STATES:
        here = waiting.popleft()
        for body in SAID:
            said = dispatch_turn(guide, here.state, parse_message(guide, body, here.language))
            where = (here.state, body)
            # Where something is to be done, the face words the reply: it knows what came of it.
            assert said.reply or said.effect is not Effect.NONE, where
            assert is_gsm7(said.reply), (where, said.reply)
            assert fits_segments(said.reply, segments=2), (where, said.reply)
            there = place_of(said)
            moved[place_of(here)] = moved.get(place_of(here), 0) + (there != place_of(here))
            if there not in seen:
                seen[there] = said
                waiting.append(said)
        again = dispatch_turn(guide, here.state, parse_message(guide, "MENU", here.language))
        assert again.state.stage is Stage.NEED, here.state.stage
    assert not waiting, "all that can be reached was looked at"
    assert {key[0] for key in seen} == set(Stage)
    assert min(moved.values()) >= 2, "every state leads on"

"""The parsed query: what the words of a request mean: a person, a place, needs, search terms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from directory_data.vocabulary.loader import Place
from navigator.domain.eligibility import Answer
from navigator.nlp.needs.pipeline import Understood, understand
from navigator.nlp.needs.tokenizer import light_stem
from navigator.services.search import query_normalization
from navigator.services.search.audience_terms import AudienceTerm, age_group_in, gender_in
from navigator.services.search.correction_policy import (
    CorrectableText,
    UnmatchedWord,
    leave_out_doubtful_words,
    leave_out_unknown_words,
)
from navigator.services.search.language_preference import SpokenLanguage, spoken_language_in
from navigator.services.search.search_request import (
    AGE,
    PLACE,
    SPOKEN_LANGUAGE,
    SearchContext,
    SearchRequest,
)
from navigator.services.search.static_features import static_features
from search_index.analyzer import content_words, tokens
from search_index.index_searcher import Index

SURE_NEED = 0.5
"""From this score on a need that was understood counts as named."""

SENTENCE = 3
"""From so many words on, what was understood of the whole counts beside the single words."""


@dataclass(frozen=True, slots=True)
class QueryPerson:
    """Whom the help is for, as far as the words say it.

    `age_group`: people of about one age, where no age was given; `language`: the one that the
    service should speak.
    """

    facts: Mapping[str, Answer]
    age_group: AudienceTerm | None = None
    language: SpokenLanguage | None = None


@dataclass(frozen=True, slots=True)
class QueryNeeds:
    """Needs and topics, the surest first; `expansion` holds those that become search terms."""

    ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    expansion: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What the words of a request mean.

    `text` is what the index is searched for: no age, no place, no text-speak, no doubtful word;
    `written_out`: the words as text-speak was written out, if a content word was; `unmatched`:
    words that were left out; `content_terms`: the content words, each as it was corrected.
    """

    text: str
    written_out: str | None
    person: QueryPerson
    place: Place | None
    needs: QueryNeeds
    unmatched: tuple[UnmatchedWord, ...]
    content_terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a request says as a sentence, before the index is asked."""

    text: str
    written_out: str | None
    person: QueryPerson
    place: Place | None
    needs: tuple[str, ...]


def parse_query(request: SearchRequest, context: SearchContext) -> ParsedQuery:
    """Read what a request means, leaving out what was excluded."""
    sentence = _read_sentence(request, context)
    correctable = _correctable(sentence.text, request, context)
    text = correctable.text
    recognized = [
        need for need, _ in context.index.recognize_needs(text) if need not in request.excluded
    ]
    return ParsedQuery(
        text=text,
        written_out=sentence.written_out,
        person=sentence.person,
        place=sentence.place,
        needs=_needs(text, recognized, sentence, request, context),
        unmatched=correctable.unmatched,
        content_terms=_content_terms(context.index, text),
    )


def _read_sentence(request: SearchRequest, context: SearchContext) -> _Sentence:
    directory, vocabulary = context.directory, context.vocabulary
    text, written_out = query_normalization.write_out_shorthand(
        request.words, directory, context.language
    )
    language = None
    if SPOKEN_LANGUAGE not in request.excluded:
        language, text = spoken_language_in(text)
    lone_age = None if AGE in request.excluded else query_normalization.lone_age(text)
    spelled = request.words
    if lone_age:
        spelled = query_normalization.spell_age(text, lone_age, context.language)
    understood = understand(spelled, lexicon=context.lexicon, hint=context.language)
    words = tokens(text)
    facts = _facts(understood, words, request, context, language)
    if lone_age is not None:
        facts[AGE] = int(lone_age[0])
    if AGE in facts:
        text = query_normalization.remove_age(text, lone_age)
    if request.age is not None:
        facts[AGE] = request.age
    text = query_normalization.correct_place_names(text, directory)
    municipality = facts.pop("municipality", None)
    place = request.place
    if place is None and PLACE not in request.excluded:
        place = query_normalization.find_place(text, municipality, vocabulary)
        text = query_normalization.remove_place(text, place, vocabulary) if place else text
    if place is not None and place.municipality:
        facts["municipality"] = place.municipality
    age_group = None if AGE in facts or AGE in request.excluded else age_group_in(words)
    return _Sentence(
        text=" ".join(text.split()),
        written_out=written_out,
        person=QueryPerson(facts, age_group, language),
        place=place,
        needs=tuple(_sure_needs(understood, request)),
    )


def _sure_needs(understood: Understood, request: SearchRequest) -> Iterable[str]:
    return (
        need
        for need, score in understood.needs
        if score >= SURE_NEED and need not in request.excluded
    )


def _facts(
    understood: Understood,
    words: Sequence[str],
    request: SearchRequest,
    context: SearchContext,
    language: SpokenLanguage | None,
) -> dict[str, Answer]:
    """Give the facts that were understood, the gender as a worker notes it, and French."""
    facts: dict[str, Answer] = {}
    gender = None if "gender" in request.excluded else gender_in(words)
    if gender:
        facts["gender"] = gender
    if language is not None and language.code == "fr" and "francophone" not in request.excluded:
        facts["francophone"] = True
    for fact, value in understood.facts.items():
        known = fact in context.vocabulary.facts and fact not in request.excluded
        if known and isinstance(value, bool | int | str):
            facts[fact] = value
    return facts


def _correctable(text: str, request: SearchRequest, context: SearchContext) -> CorrectableText:
    """Leave out what must not be corrected, or is not believed to mean the nearest word."""
    index, lexicon = context.index, context.lexicon
    if request.verbatim:
        return CorrectableText(leave_out_unknown_words(index, text), ())
    real_words = [speller.known for speller in lexicon.spell_correctors.values()]
    correctable = leave_out_doubtful_words(index, text, real_words, unfinished=request.unfinished)
    if correctable.unmatched and _make_a_name(text, correctable.unmatched, context):
        return CorrectableText(text, ())
    # A word of the phrases that sentences are understood with was understood there.
    unmatched = tuple(
        unmatched
        for unmatched in correctable.unmatched
        if light_stem(unmatched.word) not in lexicon.entries.by_stem
    )
    return CorrectableText(correctable.text, unmatched)


def _make_a_name(text: str, unmatched: Sequence[UnmatchedWord], context: SearchContext) -> bool:
    """Say whether words that are doubted one by one make a name together."""
    index = context.index
    corrections = frozenset(index.correct(doubtful.word) or "" for doubtful in unmatched)
    terms = _content_terms(index, text)
    every = static_features(context.directory).values()
    return any(features.is_called(terms, doubtful=corrections) for features in every)


def _content_terms(index: Index, text: str) -> frozenset[str]:
    return frozenset(index.correct(word) or word for word in content_words(tokens(text)))


def _needs(
    text: str,
    recognized: Sequence[str],
    sentence: _Sentence,
    request: SearchRequest,
    context: SearchContext,
) -> QueryNeeds:
    """Give the needs that were chosen, recognized by the index, and understood."""
    by_topic = context.vocabulary.topics.by_id
    topics = tuple(need for need in recognized if need in by_topic)
    named = tuple(need for need in recognized if need not in by_topic)
    chosen = (request.need,) if request.need else ()
    ids = tuple(dict.fromkeys((*chosen, *named, *sentence.needs)))
    ids = ids or _needs_of_topics(topics, request, context)
    return QueryNeeds(ids, topics, _expansion(text, ids, named, sentence, request, context))


def _needs_of_topics(
    topics: Sequence[str], request: SearchRequest, context: SearchContext
) -> tuple[str, ...]:
    """Give the main need of the first service of each topic, where no need was named.

    So the others who help with it stand behind the few that have just this.
    """
    first = (context.vocabulary.topics.by_id[topic].services[0] for topic in topics)
    services = context.directory.services
    needs = (services[id_].record.needs[0] for id_ in first if id_ in services)
    return tuple(dict.fromkeys(need for need in needs if need not in request.excluded))


def _expansion(
    text: str,
    ids: tuple[str, ...],
    named: Sequence[str],
    sentence: _Sentence,
    request: SearchRequest,
    context: SearchContext,
) -> tuple[str, ...]:
    """Give the needs that are searched for beside the words (query expansion).

    The chosen one, what a sentence (or words in which the index knows nothing) is mainly about, and
    what else it means at such an age: counselling for somebody of 16 is the mental health of young
    people.
    """
    chosen = (request.need,) if request.need else ()
    if request.verbatim:
        return chosen
    if AGE in sentence.person.facts:
        understood = sentence.needs[:2]
    else:
        is_sentence = len(text.split()) >= SENTENCE or not named
        understood = sentence.needs[: 1 if is_sentence else 0]
    if not (text or understood or chosen) and sentence.person.language:
        # Nothing but a language was named: somebody who knows the rest.
        return (context.directory.policy.navigation_need,)
    if not (named or sentence.needs):
        return ids[:1]
    return tuple(dict.fromkeys((*chosen, *understood)))

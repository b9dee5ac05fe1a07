"""The phrases people use are well-formed data of the common language, in both languages."""

import re

from directory_data.region import load_region
from directory_data.vocabulary.phrase_book import phrase_book

CLASS = re.compile(r"\{(\w+)\}")
MADE_IN_CODE = {"age", "number"}


def every_phrase() -> list[str]:
    book = phrase_book()
    rows = [*book.needs, *book.facts, *book.people.other, *book.people.self, book.people.worker]
    rows += [book.grammar.past, book.grammar.request, book.decoys, book.place_hints.gone]
    return [text for row in rows for text in (*row.en, *row.fr)]


def test_every_need_has_phrases_and_names_in_both_languages() -> None:
    for need in load_region().vocabulary.needs.values():
        rows = [row for row in phrase_book().needs if row.need == need.id]
        assert any(row.en for row in rows), need.id
        assert any(row.fr for row in rows), need.id
        assert len(need.words.en) >= 8, need.id
        assert len(need.words.fr) >= 8, need.id


def test_phrases_name_only_needs_of_the_common_language() -> None:
    book, known = phrase_book(), set(load_region().vocabulary.needs)
    named = {row.need for row in book.needs} | set(book.grammar.object_needs)
    named |= set(book.grammar.present_only_needs)
    named |= {need for implied in book.implications for need in (*implied.origin, implied.to)}
    assert named <= known


def test_phrases_state_only_facts_and_values_of_the_common_language() -> None:
    facts = load_region().vocabulary.facts
    for row in phrase_book().facts:
        values = facts[row.fact].value_ids or (True, False)
        assert row.value in values, row.fact
    assert set(phrase_book().grammar.present_only_facts) <= set(facts)
    assert set(phrase_book().grammar.personal_facts) <= set(facts)


def test_every_fact_phrase_is_there_in_both_languages() -> None:
    assert [row.fact for row in phrase_book().facts if not (row.en and row.fr)] == []


def test_phrases_name_only_classes_that_exist() -> None:
    known = set(phrase_book().classes) | MADE_IN_CODE
    assert [text for text in every_phrase() if not set(CLASS.findall(text)) <= known] == []


def test_no_phrase_begins_with_a_gap_or_a_word_that_may_be_missing_alone() -> None:
    assert [text for text in every_phrase() if text.startswith("...")] == []


def test_a_class_stands_after_the_classes_that_it_is_made_of() -> None:
    seen: set[str] = set()
    for name, words in phrase_book().classes.items():
        inside = {found for word in (*words.en, *words.fr) for found in CLASS.findall(word)}
        assert inside <= seen, name
        seen.add(name)


def test_every_table_of_shorthand_is_written_in_small_letters() -> None:
    for table in phrase_book().shorthand.values():
        assert [key for key in table if key != key.lower() or " " in key] == []

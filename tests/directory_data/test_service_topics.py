"""Topics: each leads to services that are shown, and is said in words that mean it alone."""

import pytest

from directory_data.directory import Directory
from directory_data.region import load_region
from directory_data.vocabulary.service_topics import read_topics
from navigator.services.directory import publish_edition
from search_index.analyzer import FILLER_WORDS, STOP_WORDS, tokens

ROW = """
topics:
  - {id: %s, label: {en: A, fr: B}, services: [one], en: [tests], fr: [essais]}
  - {id: %s, label: {en: A, fr: B}, services: [one], en: [tests], fr: [essais]}
"""


NEEDS = load_region().vocabulary.needs


def test_every_service_of_a_topic_is_shown():
    directory = Directory(
        1, publish_edition.check_records_folder(load_region()).organizations, load_region()
    )
    assert set(load_region().vocabulary.topics.of_service) <= set(directory.services)


def test_every_phrase_has_a_word_that_tells_something():
    said = [
        phrase
        for topic in load_region().vocabulary.topics.by_id.values()
        for phrase in (*topic.en, *topic.fr)
    ]
    assert [phrase for phrase in said if set(tokens(phrase)) <= STOP_WORDS | FILLER_WORDS] == []


def test_no_phrase_leads_to_a_topic_twice():
    for topic in load_region().vocabulary.topics.by_id.values():
        assert len({*topic.en}) == len(topic.en), topic.id
        assert len({*topic.fr}) == len(topic.fr), topic.id


@pytest.mark.parametrize("ids", [("hearing", "hearing"), ("hearing", "food")])
def test_a_topic_that_is_named_like_another_or_like_a_need_is_refused(ids):
    with pytest.raises(ValueError, match="already"):
        read_topics(ROW % ids, NEEDS)


def test_a_service_lists_its_topics():
    assert read_topics(ROW % ("hearing", "smell"), NEEDS).of_service == {
        "one": ("hearing", "smell")
    }

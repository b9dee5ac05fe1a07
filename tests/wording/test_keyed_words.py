"""Words whose key is put together, so that no look at the templates finds a missing one."""

import pytest

from directory_data.region import load_region
from navigator.domain.referral import MOVES, Move
from navigator.wording.content import text_message
from navigator.wording.gettext_catalog import translate

LANGUAGES = ("en", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("move", MOVES)
def test_every_move_has_words_for_its_history_and_its_button(move: Move, language: str) -> None:
    kinds = ("did",) if MOVES[move].by_person else ("did", "do")
    for key in (f"{kind}_{move}" for kind in kinds):
        assert translate(key, language) != key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("move", [move for move, rule in MOVES.items() if rule.told])
def test_every_move_that_a_person_is_told_of_has_a_text(move: Move, language: str) -> None:
    assert "AB12" in text_message(f"notice_{move}", language, code="AB12", day="Monday")


@pytest.mark.parametrize("area", sorted({n.area for n in load_region().vocabulary.needs.values()}))
def test_every_area_of_needs_is_named_in_french(area: str) -> None:
    assert translate(area, "fr") != area

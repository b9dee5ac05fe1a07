"""Every setting is documented, and a bad one is named."""

from pathlib import Path

import pytest

from navigator.settings import SETTINGS, BadSetting, load_settings

DOC = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_is_documented() -> None:
    words = DOC.read_text(encoding="utf-8")
    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in words] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAVIGATOR_MODE", "testing"),
        ("PUBLIC_BASE_URL", "example.org"),
        ("NAVIGATOR_TIME_ZONE", "X"),
    ],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        load_settings({name: value})


def test_a_short_postgres_address_gets_its_driver() -> None:
    assert (
        load_settings({"DATABASE_URL": "postgres://u@h/d"}).database_url
        == "postgresql+psycopg://u@h/d"
    )


def test_several_tokens_count_while_one_is_replaced() -> None:
    assert load_settings({"TWILIO_AUTH_TOKEN": "new, old"}).twilio_auth_tokens == ("new", "old")

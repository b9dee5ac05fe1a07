"""The one place that loads the demo: a production process never has navigator.demo in memory."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from navigator.container import Container
from navigator.settings import Settings

if TYPE_CHECKING:
    from flask import Blueprint


def demo_pages(settings: Settings) -> Sequence[Blueprint]:
    """Give the pages that only a demo has: the phone simulator."""
    if not settings.demo:
        return ()
    return (cast("Blueprint", _load("phone_simulator", "blueprint")),)


def with_demo_carrier(container: Container) -> Container:
    """Give a demo the simulator's carrier; an instance with a real carrier stays as it is."""
    if not container.settings.demo or container.settings.texts_for_real:
        return container
    replaced: Callable[[Container], Container] = _load(
        "fault_injecting_carrier", "with_simulated_carrier"
    )
    return replaced(container)


def create_demo_sign_ins(settings: Settings) -> Iterator[str]:
    """Make the sign-ins of a demo where nobody can sign in yet; give a line for what was done."""
    if settings.demo:
        create: Callable[[Settings], Iterator[str]] = _load("sign_ins", "create_sign_ins")
        yield from create(settings)


def demo_sign_ins(settings: Settings) -> Sequence[str]:
    """Give a line for each sign-in of a demo."""
    if not settings.demo:
        return ()
    read: Callable[[Settings], Sequence[str]] = _load("sign_ins", "read_sign_ins")
    return read(settings)


def _load(module: str, name: str) -> Any:
    return getattr(importlib.import_module(f"navigator.demo.{module}"), name)

"""An instance with the simulator's phone company in place of a real carrier (demo only)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from navigator.actions.phoning import Phone, lost_folder
from navigator.parts import Parts
from navigator.texting.spooling import Spool
from sms.incoming import Incoming


def with_phone(parts: Parts) -> Parts:
    """Give the parts with the simulator's carrier; those with a real one as they are."""
    if not parts.settings.demo or parts.settings.texts_for_real:
        return parts

    def lost() -> Iterator[tuple[datetime, Incoming]]:
        for kept in Spool(lost_folder(parts.settings.home), parts.vault).kept():
            yield kept.came_at, kept.incoming

    return replace(parts, carrier=Phone(parts.carrier, parts.database, lost))

"""Safety: is somebody in danger in what they wrote, and which card answers it."""

from navigator.domain.safety.checking import About, Danger, Kind, Level, check

__all__ = ["About", "Danger", "Kind", "Level", "check"]

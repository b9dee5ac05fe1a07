"""Where a service lies, seen from where the person is: in the same town, or so many kilometres."""

from collections.abc import Sequence
from math import cos, hypot, radians

from directory_data.vocabulary.loader import Place, Vocabulary

DEGREE_KM = 111.2
"""Kilometres of a degree of latitude."""


def lies_in(spots: Sequence[Place], place: Place, vocabulary: Vocabulary) -> bool:
    """Say whether one of the spots lies in the place, or in the town of a postal area."""
    town = place.inside if is_postal_area(place) else place.id
    return any(town in vocabulary.around(spot.id) for spot in spots)


def kilometres(spots: Sequence[Place], place: Place, vocabulary: Vocabulary) -> float | None:
    """Give the kilometres to the nearest spot, as the crow flies; None where not known."""
    here = _position(place, vocabulary)
    known = [_position(spot, vocabulary) for spot in spots]
    return min(
        (_between(here, there) for there in known if here is not None and there is not None),
        default=None,
    )


def is_postal_area(place: Place) -> bool:
    """Say whether a place is one postal area and not a town."""
    return place.postal == (place.id.upper(),)


def _position(place: Place, vocabulary: Vocabulary) -> tuple[float, float] | None:
    around = (vocabulary.places[one] for one in vocabulary.around(place.id))
    return next((one.near for one in around if one.near is not None), None)


def _between(here: tuple[float, float], there: tuple[float, float]) -> float:
    north = (there[0] - here[0]) * DEGREE_KM
    east = (there[1] - here[1]) * DEGREE_KM * cos(radians(here[0]))
    return hypot(north, east)

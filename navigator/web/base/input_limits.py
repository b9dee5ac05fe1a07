"""Bounds of what a request may hold, checked before a view or a pattern reads any of it.

A page's own forms stay far below them; nginx and the server refuse what is larger still.
"""

from flask import abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter

LONGEST_FORM = 64 * 1024
"""Bytes of a body: the longest of ours, the interview's with 1,600 letters of three bytes each,
written as %E2%80%99, is 15 kB."""

LONGEST_ADDRESS = 4096
"""Bytes of a query string: a search with a shortlist of twelve services has about 700."""

MOST_FIELDS = 300
"""Fields of one form: an interview that has answered, asked and kept all 25 facts has 85."""

LONGEST_FIELD_NAME = 100
"""Letters; the longest name of ours has 28."""

LONGEST_VALUE = 4000
"""Letters of one field: the longest box takes 2,000, and a line's end is sent as two letters."""

LONGEST_VALUES = {"number": 60, "password": 200, "code": 60}
"""Letters of the boxes whose value goes through a pattern, a hash or the database as it is."""

_HARMFUL = "\x00"
"""PostgreSQL can't keep it in a text, and nobody types it."""


class RowIdConverter(IntegerConverter):
    """An id of a row in an address: what no row can have is no address of ours.

    Both databases hold whole numbers of 18 digits, and not all of 19.
    """

    regex = r"\d{1,18}"


def refuse_oversized_input() -> None:
    """Answer 413 or 400, as a page, to what no form of ours sends.

    Webhooks read their own bytes, which are bounded there.
    """
    if len(request.query_string) > LONGEST_ADDRESS:
        abort(413)
    if request.path.startswith("/sms/"):
        return
    for values in (request.args, request.form):
        _refuse_oversized_fields(values)
    if request.files or any(map(_is_harmful, (request.path, *(request.view_args or {}).values()))):
        abort(400)


def _refuse_oversized_fields(values: MultiDict[str, str]) -> None:
    if sum(len(values.getlist(name)) for name in values) > MOST_FIELDS:
        abort(413)
    for name, value in values.items(multi=True):
        if len(name) > LONGEST_FIELD_NAME or len(value) > LONGEST_VALUES.get(name, LONGEST_VALUE):
            abort(413)
        if _is_harmful(name) or _is_harmful(value):
            abort(400)


def _is_harmful(value: object) -> bool:
    return isinstance(value, str) and _HARMFUL in value

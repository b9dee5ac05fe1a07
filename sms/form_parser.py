"""Reading a posted form without losing what a signature covers: blanks, repeats, odd bytes."""

from urllib.parse import parse_qsl

MOST_FIELDS = 500


class TooManyFields(ValueError):
    """Say that a form holds more fields than any carrier sends."""


def parse_form(body: bytes) -> tuple[tuple[str, str], ...]:
    """Return every field of a form in its order, blank and repeated ones included.

    Bytes that are no UTF-8 come back as surrogate escapes, so that the signature can still be
    computed over what was sent; incoming.read() makes them harmless.
    """
    try:
        fields = parse_qsl(
            body.decode("utf-8", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise TooManyFields(f"more than {MOST_FIELDS} fields") from None
    return tuple(fields)

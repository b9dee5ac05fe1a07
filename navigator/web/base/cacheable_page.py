"""Pages that the browser may keep for its back button: answers to a form, never shared."""

from typing import Any

from flask import Response, make_response

from navigator.web.base.request_context import render_page

KEEP = "private, no-cache, max-age=0"
"""Kept by this browser only, and asked for anew except when somebody goes back to it.

With no-store, going back to the answer of a form shows a browser's error instead of the page.
"""


def cacheable_page(template: str, status: int = 200, **values: Any) -> Response:
    """Render a page that is still there when the person goes back."""
    response = make_response(render_page(template, status, **values))
    response.headers["Cache-Control"] = KEEP
    return response

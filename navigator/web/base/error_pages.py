"""Errors as pages: a clear sentence, a way on, never a traceback."""

import logging

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from navigator.domain import errors
from navigator.services.directory.edition_store import NoEditionPublished
from navigator.storage.database import Unreachable
from navigator.web.base.request_context import container, gettext, render_page

LOG = logging.getLogger(__name__)

STATUS = {
    errors.WrongMove: 409,
    errors.Stale: 409,
    errors.Missing: 400,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
}


def error_message(trouble: errors.DomainError) -> str:
    """Say in words what the rules forbid."""
    return {
        errors.WrongMove: gettext("This can't be done from where the request stands now."),
        errors.Stale: gettext("Somebody else changed this meanwhile. Look again, then decide."),
        errors.Missing: gettext("Something is missing. Please fill it in."),
        errors.NotFound: gettext("There is no such page."),
        errors.NotAllowed: gettext("Your role may not do this."),
    }.get(type(trouble), gettext("This can't be done."))


def register_error_pages(app: Flask) -> None:
    """Answer errors with pages."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        words = {
            403: gettext("Your role may not do this."),
            404: gettext("There is no such page."),
            405: gettext("There is no such page."),
            413: gettext("That was too long."),
            414: gettext("That was too long."),
        }
        return _error_page(words.get(code, gettext("This did not work. Please try again.")), code)

    @app.errorhandler(CSRFError)
    def stale_form(_: CSRFError) -> ResponseReturnValue:
        words = gettext("This page was open for too long. Please go back and try again.")
        return _error_page(words, 400)

    @app.errorhandler(errors.DomainError)
    def trouble(error: errors.DomainError) -> ResponseReturnValue:
        return _error_page(error_message(error), STATUS.get(type(error), 400))

    @app.errorhandler(Unreachable)
    @app.errorhandler(NoEditionPublished)
    def away(error: Exception) -> ResponseReturnValue:
        LOG.error("not ready: %s", type(error).__name__)
        words = _with_helpline("We can't look things up right now. Please call %(helpline)s.")
        return _error_page(words, 503)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        LOG.error("unexpected error", exc_info=error)
        words = _with_helpline("This did not work. Please try again, or call %(helpline)s.")
        return _error_page(words, 500)


def register_bare_errors(app: Flask) -> None:
    """Answer the errors of the text line: to a machine, so a status is enough."""

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        return "", error.code or 500

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        LOG.error("unexpected error", exc_info=error)
        return "", 500


def _with_helpline(text: str) -> str:
    return gettext(text, helpline=container().region.policy.helpline)


def _error_page(words: str, code: int) -> ResponseReturnValue:
    return render_page("base/error.html", code, words=words)

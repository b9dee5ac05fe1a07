"""The context of a request: the instance, one edition, the language, and who may enter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from babel.lists import format_list
from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory_data.directory import Directory
from directory_data.vocabulary.loader import ELSEWHERE, MUNICIPALITY, Vocabulary
from navigator.container import Container
from navigator.domain.roles import Permission, Staff
from navigator.services.accounts import authentication
from navigator.services.directory.edition_store import Edition
from navigator.wording.date_format import LOCALES
from navigator.wording.gettext_catalog import translate

P = ParamSpec("P")

LANGUAGES = ("en", "fr")
LANGUAGE_COOKIE = "lang"
STAFF_COOKIE = "staff"
A_YEAR = 365 * 24 * 3600
"""Seconds that a browser remembers the language."""

GUARDED = "_guard"
"""Marks a view that says who may enter; a house test looks for views without it."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page is made from: the same edition, language and time for the whole request.

    Views fetch it and hand it on; what they call looks nothing up by itself.
    """

    container: Container
    edition: Edition
    language: str
    now: datetime

    @property
    def directory(self) -> Directory:
        """Give the directory of the edition."""
        return self.edition.directory

    @property
    def vocabulary(self) -> Vocabulary:
        """Give the common language of the region."""
        return self.edition.directory.vocabulary

    @property
    def moment(self) -> datetime:
        """Give the local time."""
        return self.now.astimezone(self.container.zone)


def page_context() -> PageContext:
    """Give what this page is made from; raise NoEditionPublished before the first edition."""
    if "page_context" not in g:
        here = container()
        g.page_context = PageContext(here, current_edition(), language(), here.now())
    return cast("PageContext", g.page_context)


def container() -> Container:
    """Give the running instance."""
    return cast("Container", current_app.extensions["navigator"])


def current_edition() -> Edition:
    """Give the published edition; the same one for the whole request, whatever is published."""
    if "edition" not in g:
        g.edition = container().edition_store.edition(container().now())
    return cast("Edition", g.edition)


def choose_language() -> None:
    """Choose the language: asked for by the address, chosen before, or the browser's.

    The form is not read for it: what it holds has to be bounded first.
    """
    g.requested_language = _known_language(request.args.get("lang"))
    chosen = g.requested_language or _known_language(request.cookies.get(LANGUAGE_COOKIE))
    g.language = chosen or request.accept_languages.best_match(LANGUAGES) or "en"


def choose_language_of_form() -> None:
    """Choose the language that a button of a form asks for, if it does."""
    # Webhooks read their own bytes; the form must not be read before them.
    if g.requested_language is None and not request.path.startswith("/sms/"):
        g.requested_language = _known_language(request.form.get("lang"))
        g.language = g.requested_language or g.language


def requested_language() -> str | None:
    """Give the language that a link or button asks for, if it does."""
    return cast("str | None", g.get("requested_language"))


def _known_language(language: str | None) -> str | None:
    return language if language in LANGUAGES else None


def language() -> str:
    """Give the language of this page."""
    return cast("str", g.language)


def gettext(text: str, **filled: object) -> str:
    """Give a text of the pages in this page's language."""
    words = translate(text, language())
    return words % filled if filled else words


def other_language_url() -> str:
    """Give the address of this page in the other language."""
    other = "fr" if language() == "en" else "en"
    kept = {key: value for key, value in request.args.items() if key != "lang"}
    return f"{request.path}?{urlencode({**kept, 'lang': other})}"


def served_towns() -> str:
    """Name the municipalities of the region in a row: "Burlington, Oakville and Milton"."""
    towns = container().vocabulary.facts[MUNICIPALITY].values
    names = [town.label.in_(language()).split(" (", 1)[0] for town in towns if town.id != ELSEWHERE]
    return format_list(names, locale=LOCALES[language()])


def public(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Say that anybody may see a page."""
    setattr(view, GUARDED, "public")
    return view


def requires(
    permission: Permission, *, by_itself: bool = False
) -> Callable[
    [Callable[Concatenate[Staff, P], ResponseReturnValue]], Callable[P, ResponseReturnValue]
]:
    """Let only staff with a permission in; the view is given who it is.

    What a page asks for `by_itself`, to look for news, keeps no sign-in awake.
    """

    def guard(
        view: Callable[Concatenate[Staff, P], ResponseReturnValue],
    ) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            g.by_itself = by_itself
            staff = signed_in()
            if staff is None:
                return redirect(url_for("accounts.sign_in_form", then=request.path))
            if not staff.may(permission):
                abort(403)
            return view(staff, *args, **kwargs)

        setattr(guarded, GUARDED, str(permission))
        return guarded

    return guard


def signed_in() -> Staff | None:
    """Say who is signed in; asked once a request."""
    if "staff" not in g:
        token = request.cookies.get(STAFF_COOKIE)
        g.staff = None
        if token:
            with container().database.unit_of_work() as uow:
                g.staff = authentication.staff_for_token(
                    uow, token, now=container().now(), renew=not g.get("by_itself", False)
                )
    return cast("Staff | None", g.staff)


def render_page(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """Render a page."""
    return render_template(template, **values), status

"""The web application: pages, webhooks and what all of them share."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, g, request, send_from_directory
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import FileSystemLoader, PrefixLoader

from navigator.container import Container
from navigator.demo_plugin import demo_pages
from navigator.web.accounts import sign_in_page
from navigator.web.base import (
    error_pages,
    health_checks,
    input_limits,
    request_context,
    site_pages,
)
from navigator.web.directory import service_card, service_page
from navigator.web.interview import interview_views
from navigator.web.referrals import request_form, staff_referral_page
from navigator.web.search import search_views
from navigator.web.webhooks import carrier_webhooks
from navigator.web.workspace import conversation_page, desk_overview
from navigator.wording.gettext_catalog import catalog

VIEWS = (
    site_pages,
    interview_views,
    request_form,
    search_views,
    service_page,
    health_checks,
    sign_in_page,
    desk_overview,
    staff_referral_page,
    conversation_page,
)

TWO_YEARS = 2 * 365 * 24 * 3600
"""Seconds for which a browser asks for this address by https only, once it was told so."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "interest-cohort=(), geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class AppPart(StrEnum):
    """What one process answers: all, the pages alone, or the text line alone."""

    ALL = "all"
    WEB = "web"
    SMS = "sms"


def create_app(container: Container, part: AppPart = AppPart.ALL) -> Flask:
    """Build the application of an instance, or a part of it."""
    if part is AppPart.SMS:
        return _create_text_line(container)
    app = Flask(__name__, static_folder=None, static_url_path="/static")
    _set_up_assets(app)
    app.config.update(_configuration(container))
    app.url_map.converters["int"] = input_limits.RowIdConverter
    for act in (
        request_context.choose_language,
        input_limits.refuse_oversized_input,
        request_context.choose_language_of_form,
    ):
        app.before_request(act)
    app.extensions["navigator"] = container
    Bootstrap5(app)
    Compress(app)
    csrf = CSRFProtect(app)
    csrf.exempt(carrier_webhooks.blueprint)
    csrf.exempt(interview_views.step)  # it writes nothing, and must work where cookies are blocked
    for blueprint in _blueprints(container, part):
        app.register_blueprint(blueprint)
    error_pages.register_error_pages(app)
    _set_up_words(app, container)
    _set_up_headers(app)
    return app


def _configuration(container: Container) -> Mapping[str, object]:
    return {
        "SECRET_KEY": container.secrets.cookie,
        "MAX_CONTENT_LENGTH": input_limits.LONGEST_FORM,
        "MAX_FORM_PARTS": input_limits.MOST_FIELDS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": container.settings.public_base_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=7),
        "BOOTSTRAP_SERVE_LOCAL": True,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": False,  # pages send no referrer, on purpose
        "COMPRESS_ALGORITHM": ["br", "gzip"],
    }


def _blueprints(container: Container, part: AppPart) -> Iterator[Blueprint]:
    yield from (views.blueprint for views in VIEWS)
    if part is AppPart.ALL:
        # The simulator posts to the webhooks of its own process.
        yield carrier_webhooks.blueprint
        yield from demo_pages(container.settings)


def _create_text_line(container: Container) -> Flask:
    """Build what answers the carrier, without pages, sessions and languages of pages."""
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=input_limits.LONGEST_FORM)
    app.extensions["navigator"] = container
    for views in (carrier_webhooks, health_checks):
        app.register_blueprint(views.blueprint)
    error_pages.register_bare_errors(app)
    app.after_request(_add_headers)
    return app


def _set_up_assets(app: Flask) -> None:
    """Serve /static/<noun>/<file>, and find the template "<noun>/<file>", in the noun's folder."""
    folders = _noun_folders()
    app.jinja_loader = PrefixLoader(
        {noun: FileSystemLoader(folder / "templates") for noun, folder in folders.items()}
    )

    def static_file(noun: str, filename: str) -> Response:
        if noun not in folders:
            abort(404)
        return send_from_directory(folders[noun] / "static", filename)

    app.add_url_rule("/static/<noun>/<path:filename>", "static", static_file)


def _noun_folders() -> Mapping[str, Path]:
    package = Path(__file__).parent
    folders = (package / "web").iterdir()
    nouns = {folder.name: folder for folder in folders if (folder / "templates").is_dir()}
    return {**nouns, "demo": package / "demo"}


def _set_up_words(app: Flask, container: Container) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: catalog(request_context.language()).gettext(text),
        ngettext=lambda singular, plural, n: catalog(request_context.language()).ngettext(
            singular, plural, n
        ),
        newstyle=True,
    )
    app.jinja_env.filters.update(service_card.FILTERS)

    @app.context_processor
    def values() -> dict[str, object]:
        return {
            "language": g.get("language", "en"),
            "other_language_url": request_context.other_language_url,
            "staff": request_context.signed_in,
            "demo": container.settings.demo,
            "vocabulary": container.vocabulary,
            "region": container.region.policy,
            "served_towns": request_context.served_towns,
        }


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    here: Container = current_app.extensions["navigator"]
    if here.settings.public_base_url.startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS}")
    return response


def _set_up_headers(app: Flask) -> None:
    app.after_request(_add_headers)

    @app.after_request
    def finish(response: Response) -> Response:
        if request.endpoint != "static" and not str(request.endpoint).startswith("bootstrap"):
            response.headers.setdefault("Cache-Control", "no-store")
        if request_context.requested_language() is not None:
            response.set_cookie(
                request_context.LANGUAGE_COOKIE,
                g.language,
                max_age=request_context.A_YEAR,
                samesite="Lax",
                httponly=True,
                secure=bool(app.config["SESSION_COOKIE_SECURE"]),
            )
        return response

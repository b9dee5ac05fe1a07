"""The web application: pages, webhooks and what all of them share."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, abort, g, request, send_from_directory
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import FileSystemLoader, PrefixLoader

from navigator.container import Container
from navigator.demo_plugin import demo_pages
from navigator.web.accounts import sign_in_page
from navigator.web.base import error_pages, input_limits, request_context, site_pages
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
    carrier_webhooks,
    sign_in_page,
    desk_overview,
    staff_referral_page,
    conversation_page,
)

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


def create_app(container: Container) -> Flask:
    """Build the web application of an instance."""
    app = Flask(__name__, static_folder=None, static_url_path="/static")
    _set_up_assets(app)
    https = container.settings.public_base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=container.secrets.cookie,
        MAX_CONTENT_LENGTH=input_limits.LONGEST_FORM,
        MAX_FORM_PARTS=input_limits.MOST_FIELDS,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=7),
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,  # pages send no referrer, on purpose
        COMPRESS_ALGORITHM=["br", "gzip"],
    )
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
    for blueprint in (*(views.blueprint for views in VIEWS), *demo_pages(container.settings)):
        app.register_blueprint(blueprint)
    error_pages.register_error_pages(app)
    _set_up_words(app, container)
    _set_up_headers(app)
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


def _set_up_headers(app: Flask) -> None:
    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
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

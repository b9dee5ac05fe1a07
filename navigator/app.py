"""The web application: pages, webhooks and what all of them share."""

from datetime import timedelta

from flask import Flask, Response, g, request
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_wtf import CSRFProtect

from navigator.parts import Parts
from navigator.web import (
    cards,
    errors,
    finder,
    frame,
    pages,
    phone,
    referrals,
    search,
    services,
    signing_in,
    talks,
    webhooks,
    workspace,
)
from navigator.wording.chrome import chrome

LONGEST_FORM = 64 * 1024
"""Bytes of a form that are read; a text has at most 1,600 characters."""

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


def create_app(parts: Parts) -> Flask:
    """Build the web application of an instance."""
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    https = parts.settings.public_base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=parts.secrets.cookie,
        MAX_CONTENT_LENGTH=LONGEST_FORM,
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
    app.extensions["navigator"] = parts
    Bootstrap5(app)
    Compress(app)
    csrf = CSRFProtect(app)
    csrf.exempt(webhooks.blueprint)
    csrf.exempt(finder.step)  # it writes nothing, and must work where cookies are blocked
    for face in (
        pages, finder, search, services, webhooks, signing_in, workspace, referrals, talks
    ):  # fmt: skip
        app.register_blueprint(face.blueprint)
    if parts.settings.demo:
        app.register_blueprint(phone.blueprint)
    errors.set_up(app)
    _set_up_words(app, parts)
    _set_up_headers(app)
    return app


def _set_up_words(app: Flask, parts: Parts) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: chrome(frame.language()).gettext(text),
        ngettext=lambda one, many, n: chrome(frame.language()).ngettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.filters.update(cards.FILTERS)

    @app.before_request
    def choose_language() -> None:
        g.language = frame.language_of(request)

    @app.context_processor
    def values() -> dict[str, object]:
        return {
            "language": g.get("language", "en"),
            "other_language_url": frame.other_language_url,
            "staff": frame.signed_in,
            "demo": parts.settings.demo,
            "vocabulary": parts.vocabulary,
        }


def _set_up_headers(app: Flask) -> None:
    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static" and not str(request.endpoint).startswith("bootstrap"):
            response.headers.setdefault("Cache-Control", "no-store")
        if frame.asked_language(request) is not None:
            response.set_cookie(
                frame.LANGUAGE_COOKIE,
                g.language,
                max_age=frame.A_YEAR,
                samesite="Lax",
                httponly=True,
                secure=bool(app.config["SESSION_COOKIE_SECURE"]),
            )
        return response

"""Logs that hold no people: what looks like a phone number is struck out of every line."""

import logging
import re
import sys

_PHONE = re.compile(r"\+?\d[\d\s().-]{6,}\d")


class RedactingFilter(logging.Filter):
    """Strike anything like a phone number from a record; messages never hold names or texts."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the record's text by one without numbers."""
        record.msg = _PHONE.sub("[number]", record.getMessage())
        record.args = None
        _keep_error_name(record)
        record.exc_info = record.exc_text = None
        return True


def _keep_error_name(record: logging.LogRecord) -> None:
    # A traceback's last line holds the exception's text, and that may quote what a person wrote.
    if record.exc_info and record.exc_info[0] is not None:
        where = record.exc_info[2]
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        spot = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "?"
        record.msg = f"{record.msg} ({record.exc_info[0].__name__} at {spot})"


def configure_logging(level: int = logging.INFO) -> None:
    """Send all logs to standard error, through the filter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(RedactingFilter())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # A form without a token says so in its answer; of a flood of them nothing is written.
    for noisy in ("twilio", "sqlalchemy.engine", "urllib3", "alembic", "flask_wtf"):
        logging.getLogger(noisy).setLevel(logging.WARNING)

"""Say how long ago the number of a service was seen to be right."""

from datetime import date

from directory_data.records import ServiceRecord
from navigator.web.base.request_context import gettext as _
from navigator.web.base.request_context import language
from navigator.wording.date_format import long_date
from navigator.wording.gettext_catalog import catalog

AS_DAYS = 60
"""Up to so many days ago it is said in days, and after that as a date."""


def last_seen_text(record: ServiceRecord, today: date) -> str:
    """Say when the number was last seen: "Number seen 12 days ago", "Number seen in May 2024"."""
    phones, other = record.checked.phones, record.last_check
    check = phones or other
    if check is None:
        return _("From a public page without a date.")
    if phones is not None and phones.how == "call":
        ago = _days_ago(phones.date, today)
        return _("Confirmed by phone %(ago)s", ago=ago or long_date(phones.date, language()))
    ago = _days_ago(check.date, today)
    day = long_date(check.date, language())
    if phones is not None:
        return (
            _("Number seen %(ago)s, not confirmed by phone", ago=ago)
            if ago
            else _("Number seen: %(day)s, not confirmed by phone", day=day)
        )
    return _("Page seen %(ago)s", ago=ago) if ago else _("Page seen: %(day)s", day=day)


def _days_ago(partial: str, today: date) -> str:
    """Say a whole date in days, if it is not long ago; nothing for a month or a year."""
    if partial.count("-") < 2:
        return ""
    days = (today - date.fromisoformat(partial)).days
    if not 0 <= days <= AS_DAYS:
        return ""
    if days == 0:
        return _("today")
    return catalog(language()).ngettext("%(num)s day ago", "%(num)s days ago", days) % {"num": days}

"""What is said of a card in words: how fresh its number is, and all of it as plain text."""

from datetime import date

from directory_data.records import ServiceRecord
from navigator.domain.service_contacts import phone_number_text
from navigator.web.base.request_context import gettext as _
from navigator.web.directory.service_card import ServiceCard
from navigator.wording.date_format import long_date
from navigator.wording.gettext_catalog import catalog

AS_DAYS = 60
"""Up to so many days ago it is said in days, and after that as a date."""


def card_as_text(card: ServiceCard) -> str:
    """Write what a person needs to get in, a line for each thing: for the clipboard or a note."""
    access, contact, cost = card.access, card.contact, card.cost
    lines = [card.name]
    if card.organization != card.name:
        lines.append(card.organization)
    if access.through:
        lines.append(f"{_('The way in is through:')} {access.through.title}")
    lines += _phone_lines(access.through or card)
    lines.append(access.how)
    lines += [line for line in (access.say, access.hours) if line]
    if access.open_now is not None and not access.hours:
        lines.append(_("Open now") if access.open_now else _("Closed now"))
    if cost.fees or cost.free:
        lines.append(f"{_('Cost')}: {cost.fees or _('Free')}")
    lines += contact.places
    lines += [line for line in (contact.url, contact.email) if line]
    return "\n".join(lines)


def _phone_lines(card: ServiceCard) -> list[str]:
    words = {"sms": _("Text"), "tty": _("TTY"), "fax": _("Fax")}
    return [
        f"{words.get(phone.kind, _('Call'))}: {phone_number_text(phone)}"
        for phone in card.contact.phones
    ]


def last_seen_text(record: ServiceRecord, today: date, language: str) -> str:
    """Say when the number was last seen: "Number seen 12 days ago", "Number seen in May 2024"."""
    phones, other = record.checked.phones, record.last_check
    check = phones or other
    if check is None:
        return _("From a public page without a date.")
    if phones is not None and phones.how == "call":
        ago = _days_ago(phones.date, today, language)
        return _("Confirmed by phone %(ago)s", ago=ago or long_date(phones.date, language))
    ago = _days_ago(check.date, today, language)
    day = long_date(check.date, language)
    if phones is not None:
        return (
            _("Number seen %(ago)s, not confirmed by phone", ago=ago)
            if ago
            else _("Number seen: %(day)s, not confirmed by phone", day=day)
        )
    return _("Page seen %(ago)s", ago=ago) if ago else _("Page seen: %(day)s", day=day)


def _days_ago(partial: str, today: date, language: str) -> str:
    """Say a whole date in days, if it is not long ago; nothing for a month or a year."""
    if partial.count("-") < 2:
        return ""
    days = (today - date.fromisoformat(partial)).days
    if not 0 <= days <= AS_DAYS:
        return ""
    if days == 0:
        return _("today")
    return catalog(language).ngettext("%(num)s day ago", "%(num)s days ago", days) % {"num": days}

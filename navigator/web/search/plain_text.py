"""A service as plain text: for the clipboard, a mail or a note."""

from navigator.domain.contact_details import phone_number_text
from navigator.web.base.request_context import gettext as _
from navigator.web.directory.service_card import ServiceCard


def card_as_text(card: ServiceCard) -> str:
    """Write what a person needs to get in, a line for each thing."""
    lines = [card.name]
    if card.organization != card.name:
        lines.append(card.organization)
    if card.door:
        lines.append(f"{_('The way in is through:')} {card.door.title}")
        lines += _phones(card.door)
    else:
        lines += _phones(card)
    lines.append(card.how)
    lines += [line for line in (card.say, card.hours) if line]
    if card.open_now is not None and not card.hours:
        lines.append(_("Open now") if card.open_now else _("Closed now"))
    if card.fees or card.free:
        lines.append(f"{_('Cost')}: {card.fees or _('Free')}")
    lines += card.places
    lines += [line for line in (card.url, card.email) if line]
    return "\n".join(lines)


def _phones(card: ServiceCard) -> list[str]:
    words = {"sms": _("Text"), "tty": _("TTY"), "fax": _("Fax")}
    return [
        f"{words.get(phone.kind, _('Call'))}: {phone_number_text(phone)}" for phone in card.phones
    ]

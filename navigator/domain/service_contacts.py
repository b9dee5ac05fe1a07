"""How a service is reached: its sourced phone numbers, or the shortest other way."""

from directory_data.directory import Service
from directory_data.records import CALLABLE, PhoneNumber


def sourced_phones(service: Service) -> tuple[PhoneNumber, ...]:
    """Give the numbers of a service that have a source, those to call or text first."""
    sourced = [phone for phone in service.record.phones if phone.source is not None]
    return tuple(sorted(sourced, key=lambda phone: phone.kind not in CALLABLE))


def phone_number_text(phone: PhoneNumber) -> str:
    """Write a number as people dial it, with its extension."""
    return f"{phone.number} x{phone.ext}" if phone.ext else phone.number


def shortest_contact(service: Service) -> str:
    """Give the shortest sourced way to reach a service: a number, a page, or a street."""
    record = service.record
    for phone in sourced_phones(service):
        if phone.kind in CALLABLE:
            return phone_number_text(phone)
    if record.url:
        return record.url.removeprefix("https://").removeprefix("http://").rstrip("/")
    if record.email:
        return record.email
    street = next((place for place in record.places if place.street), None)
    return f"{street.street}, {street.city}" if street else ""

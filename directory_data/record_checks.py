"""Check curated records: every broken rule of every record, in one pass, with file and field."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from directory_data.base_model import FrozenModel
from directory_data.bilingual import Bilingual
from directory_data.records import Criterion, OrganizationRecord, PhoneKind, ServiceRecord
from directory_data.vocabulary.loader import FactKind, Vocabulary

SHORT_NAME_LENGTH = 36
"""The longest name that fits a text with three services; a longer one needs a `short_name`."""

LANGUAGE_CODES = frozenset(
    "en fr ar zh es de it pt pa ur hi ta te gu bn fa fil tl ko ja vi pl ru uk ro hu sr hr so am ti "
    "ht iu oj cr ase fcs yue cmn ps ku sq el tr ml".split()
)
"""ISO 639 codes that records may use (ase and fcs are sign languages)."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A broken rule: in which file, at which field, and what to do about it."""

    file: str
    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a pass over the files gave: the readable records, and all problems."""

    organizations: tuple[OrganizationRecord, ...]
    problems: tuple[Problem, ...]


Found = Iterator[tuple[str, str]]


def check_folder(folder: Path, vocabulary: Vocabulary) -> CheckReport:
    """Read every file below a folder and report all that is wrong with it."""
    organizations: list[tuple[str, OrganizationRecord]] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            organizations.append((path.name, read_file(path)))
        except ValidationError as error:
            problems += shape_problems(path.name, error)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(Problem(path.name, "", f"can't be read: {error}".replace("\n", " ")))
    problems += check_records(organizations, vocabulary)
    return CheckReport(tuple(record for _, record in organizations), tuple(sorted(problems)))


def shape_problems(file: str, error: ValidationError) -> Iterator[Problem]:
    """Say of a file that has not the right shape what is wrong with each field."""
    for trouble in error.errors():
        field = ".".join(map(str, trouble["loc"]))
        yield Problem(file, field, trouble["msg"].removeprefix("Value error, "))


def read_file(path: Path) -> OrganizationRecord:
    """Read one organization; raise ValidationError or YAMLError when it has not the right shape."""
    content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return OrganizationRecord.model_validate(content)


def check_records(
    organizations: Sequence[tuple[str, OrganizationRecord]], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Check what the shape can't say: needs, rules, sources, doors and addresses."""
    services = {s.id: s for _, organization in organizations for s in organization.services}
    ids = Counter(s.id for _, organization in organizations for s in organization.services)
    for file, organization in organizations:
        if Path(file).stem != organization.id:
            yield Problem(file, "id", f"must be the file's name, {Path(file).stem}")
        for field, text in _empty_texts(organization):
            yield Problem(file, field, text)
        for position, record in enumerate(organization.services):
            at = f"services.{position}"
            if ids[record.id] > 1:
                yield Problem(file, f"{at}.id", f"{record.id} stands more than once")
            for rule in RULES:
                for field, text in rule(record, vocabulary):
                    yield Problem(file, f"{at}.{field}", text)
            for field, text in _access_point(record, services):
                yield Problem(file, f"{at}.{field}", text)


def _empty_texts(value: FrozenModel, at: str = "") -> Found:
    for name in type(value).model_fields:
        field = f"{at}.{name}" if at else name
        content = getattr(value, name)
        parts: Iterable[tuple[str, object]] = (
            [(f"{field}.{n}", part) for n, part in enumerate(content)]
            if isinstance(content, tuple)
            else [(field, content)]
        )
        for where, part in parts:
            if isinstance(part, Bilingual):
                for language, text in (("en", part.en), ("fr", part.fr)):
                    if not text.strip():
                        words = "English" if language == "en" else "French"
                        yield f"{where}.{language}", f"the {words} text is missing"
            elif isinstance(part, FrozenModel):
                yield from _empty_texts(part, where)


def _needs(record: ServiceRecord, vocabulary: Vocabulary) -> Found:
    for position, need in enumerate(record.needs):
        if need not in vocabulary.needs:
            yield f"needs.{position}", f"{need} is not in the common language"


def _rules(record: ServiceRecord, vocabulary: Vocabulary) -> Found:
    for position, rule in enumerate(record.rules):
        at = f"rules.{position}"
        if sum(map(bool, (rule.fact, rule.all_of, rule.any_of))) != 1:
            yield at, "must be one comparison, or all_of, or any_of"
        for test in rule.comparisons():
            trouble = comparison_problem(test, vocabulary)
            if trouble:
                yield at, trouble
        yield from _source_position(record, f"{at}.source", rule.source)


def comparison_problem(test: Criterion, vocabulary: Vocabulary) -> str | None:
    """Say what is wrong with one comparison of a fact; None where all is well."""
    fact = vocabulary.facts.get(test.fact or "")
    if fact is None:
        return f"{test.fact} is not in the common language"
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if fact.kind is FactKind.YEARS:
        numbers = all(v is None or (type(v) is int and 0 <= v <= 120) for v in values)
        if test.op != "between" or len(values) != 2 or not numbers:
            return f"{fact.id} takes between with [from, to], years or null"
    elif fact.kind is FactKind.YES_NO:
        if test.op != "is" or not isinstance(test.value, bool):
            return f"{fact.id} takes is with true or false"
    elif test.op != "in" or any(value not in fact.value_ids for value in values):
        return f"{fact.id} takes in with a list of {', '.join(fact.value_ids)}"
    return None


def _source_position(record: ServiceRecord, field: str, source: int | None) -> Found:
    if source is not None and not 0 <= source < len(record.sources):
        yield field, f"there is no source {source}"


def _phones(record: ServiceRecord, _: Vocabulary) -> Found:
    for position, phone in enumerate(record.phones):
        yield from _source_position(record, f"phones.{position}.source", phone.source)
        if record.publish and phone.source is None:
            yield f"phones.{position}.source", "a phone that is shown needs a source"


def _publishing(record: ServiceRecord, _: Vocabulary) -> Found:
    if not record.publish:
        return
    if record.status != "active":
        yield "publish", f"a {record.status} service can't be shown"
    if record.confidence == "low":
        yield "publish", "a record of low confidence can't be shown"
    if not record.sources:
        yield "sources", "a service that is shown needs a source"
    reached = any(p.source is not None and p.kind != PhoneKind.FAX for p in record.phones)
    street = any(place.street for place in record.places)
    if not (reached or record.url or record.email or record.access.through or street):
        yield "publish", "there is no sourced way to reach it"


def _confidential(record: ServiceRecord, _: Vocabulary) -> Found:
    if record.confidential_location:
        for position, place in enumerate(record.places):
            if place.street or place.postal_code:
                yield f"places.{position}", "a confidential place must not have an address"


def _names(record: ServiceRecord, _: Vocabulary) -> Found:
    for language in ("en", "fr"):
        if len(record.brief(language)) > SHORT_NAME_LENGTH:
            what = "short_name" if record.short_name else "name"
            yield (
                f"{what}.{language}",
                f"give a short_name of at most {SHORT_NAME_LENGTH} characters for texts",
            )


def _languages(record: ServiceRecord, _: Vocabulary) -> Found:
    for position, code in enumerate(record.languages):
        if code not in LANGUAGE_CODES:
            yield f"languages.{position}", f"{code} is not a language code that is known here"


def _places(record: ServiceRecord, vocabulary: Vocabulary) -> Found:
    for position, place in enumerate(record.places):
        if vocabulary.place_named(place.city) is None:
            yield f"places.{position}.city", f"{place.city} is not in places.yaml"


def _addresses(record: ServiceRecord, _: Vocabulary) -> Found:
    for field in ("url", "email"):
        value = getattr(record, field)
        if value and not value.startswith(("https://", "http://")) and field == "url":
            yield field, "must begin with https://"
        if value and field == "email" and "@" not in value:
            yield field, "is not an e-mail address"


RULES: tuple[Callable[[ServiceRecord, Vocabulary], Found], ...] = (
    _needs,
    _rules,
    _phones,
    _publishing,
    _confidential,
    _names,
    _languages,
    _places,
    _addresses,
)


def _access_point(record: ServiceRecord, services: dict[str, ServiceRecord]) -> Found:
    seen = [record.id]
    here = record.access.through
    while here is not None:
        door = services.get(here)
        if door is None:
            yield "access.through", f"the door {here} does not exist"
            return
        if record.publish and not door.publish:
            yield "access.through", f"the door {here} is not shown"
        if here in seen:
            yield "access.through", f"the doors go in a circle: {' -> '.join([*seen, here])}"
            return
        seen.append(here)
        here = door.access.through

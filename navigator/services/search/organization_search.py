"""Find an organization by what was typed of its name, misspelt or not."""

from dataclasses import dataclass

from directory_data.directory import Directory, Service
from search_index.analyzer import tokens
from search_index.autocomplete import CompletionKind
from search_index.index_searcher import Index

MOST = 6
LIKE = 0.6
"""The part of the best one's score that others must have to be offered beside it."""

_NAMED_BY = frozenset({"organization", "acronyms", "alternates", "name"})


@dataclass(frozen=True, slots=True)
class OrganizationMatch:
    """An organization with its services; `meant`: it is not called as was typed."""

    id: str
    name: str
    services: tuple[Service, ...]
    meant: bool


def find_organizations(
    index: Index, directory: Directory, typed: str, language: str, *, most: int = MOST
) -> tuple[OrganizationMatch, ...]:
    """Find organizations by short name, by the beginning of a word, or by a name like it."""
    said = " ".join(tokens(typed))
    # A name in each language, and one for each way to begin: more of them than organizations.
    hits = index.search(typed, limit=4 * most).hits if said else ()
    found = [hit.id for hit in hits if "acronyms" in hit.fields and " " not in said]
    found += [
        one.id for one in index.complete(typed, 4 * most, kinds={CompletionKind.ORGANIZATION})
    ]
    if not found:
        like = [hit for hit in hits if _NAMED_BY & set(hit.fields)]
        found = [hit.id for hit in like if hit.score >= LIKE * like[0].score]
    services = [directory.services[one] for one in found if one in directory.services]
    ids = list(dict.fromkeys(one.organization.id for one in services))[:most]
    return tuple(_agency(directory, one, said, language) for one in ids)


def _agency(directory: Directory, id_: str, said: str, language: str) -> OrganizationMatch:
    services = tuple(one for one in directory if one.organization.id == id_)
    name = services[0].organization.name
    called = f" {' '.join(tokens(name.en))} / {' '.join(tokens(name.fr))} "
    short = (
        tokens(one)
        for service in services
        for one in directory.vocabulary.aliases.acronyms_of(service.id)
    )
    meant = f" {said}" not in called and said.split() not in short
    return OrganizationMatch(id_, name.in_(language), services, meant)

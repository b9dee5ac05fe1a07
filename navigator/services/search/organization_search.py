"""Find an organization by what was typed of its name, misspelt or not."""

from dataclasses import dataclass

from directory_data.directory import Directory, Service
from search_index.analyzer import tokens
from search_index.autocomplete import CompletionKind
from search_index.index_searcher import Index

MOST_ORGANIZATIONS = 6
"""As many as fit beside the box on a small screen."""

SIMILAR_SCORE = 0.6
"""The part of the best one's score that others must have to be offered beside it."""

_NAME_FIELDS = frozenset({"organization", "acronyms", "alternates", "name"})


@dataclass(frozen=True, slots=True)
class OrganizationMatch:
    """An organization with its services; `meant`: it is not called as was typed."""

    id: str
    name: str
    services: tuple[Service, ...]
    meant: bool


def find_organizations(
    index: Index,
    directory: Directory,
    typed: str,
    language: str,
    *,
    limit: int = MOST_ORGANIZATIONS,
) -> tuple[OrganizationMatch, ...]:
    """Find organizations by short name, by the beginning of a word, or by a name like it."""
    folded = " ".join(tokens(typed))
    # A name in each language, and one for each way to begin: more of them than organizations.
    many = 4 * limit
    hits = index.search(typed, limit=many).hits if folded else ()
    found = [hit.id for hit in hits if "acronyms" in hit.fields and " " not in folded]
    completions = index.complete(typed, many, kinds={CompletionKind.ORGANIZATION})
    found += [completion.id for completion in completions]
    if not found:
        named = [hit for hit in hits if _NAME_FIELDS & set(hit.fields)]
        found = [hit.id for hit in named if hit.score >= SIMILAR_SCORE * named[0].score]
    services = [directory.services[id_] for id_ in found if id_ in directory.services]
    ids = list(dict.fromkeys(service.organization.id for service in services))[:limit]
    return tuple(_match(directory, id_, folded, language) for id_ in ids)


def _match(directory: Directory, id_: str, folded: str, language: str) -> OrganizationMatch:
    services = tuple(service for service in directory if service.organization.id == id_)
    name = services[0].organization.name
    names = f" {' '.join(tokens(name.en))} / {' '.join(tokens(name.fr))} "
    acronyms = [
        tokens(acronym)
        for service in services
        for acronym in directory.vocabulary.aliases.acronyms_of(service.id)
    ]
    meant = f" {folded}" not in names and folded.split() not in acronyms
    return OrganizationMatch(id_, name.in_(language), services, meant)

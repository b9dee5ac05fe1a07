"""Service records of a few lines, for directories that only a test has, and their index."""

from directory_data.directory import Directory
from directory_data.records import OrganizationRecord
from directory_data.region import load_region
from navigator.services.search.indexing import build_edition_index
from navigator.services.search.search_request import SearchContext
from search_index.index_searcher import Index
from tests.makers import models

WOMEN = {
    "strength": "requires",
    "fact": "gender",
    "op": "in",
    "value": ["woman"],
    "words": {"en": "is a woman", "fr": "est une femme"},
    "source": None,
}


def service(name, *needs, rules=(), **change):
    both = {"en": name, "fr": name}
    return {
        "id": name.lower().replace(" ", "-"),
        "name": both,
        "description": both,
        "needs": needs,
        "access": {
            "how": {"en": "Call.", "fr": "Appelez."},
            "self_referral": None,
            "professional_referral": None,
        },
        "rules": rules,
        "fees": {"free": None},
        "languages": ["en", "fr"],
        "status": "active",
        "publish": True,
        "confidence": "high",
        "sources": [],
    } | change


def search_context(folder, services, language="en", moment=None):
    """Build the index of a directory of the given services, and what a search looks up in it."""
    organization = OrganizationRecord.model_validate(
        {"id": "agency", "name": {"en": "Agency", "fr": "Organisme"}, "services": services}
    )
    directory = Directory(edition=1, organizations=(organization,), region=load_region())
    build_edition_index(folder, directory)
    lexicon = models().needs_lexicon()
    return SearchContext(directory, Index.open(folder), lexicon, language, moment)

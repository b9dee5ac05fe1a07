"""Search the directory: words in, services with reasons out."""

from navigator.actions.finding.asked import FACETS, Asked
from navigator.actions.finding.entries import build_index, lexicon
from navigator.actions.finding.found import Facet, Result, Results
from navigator.actions.finding.nothing import nearest_needs
from navigator.actions.finding.organizations import organizations
from navigator.actions.finding.searching import search
from navigator.actions.finding.sharing import TooMany, TooOften, text_list

__all__ = [
    "FACETS",
    "Asked",
    "Facet",
    "Result",
    "Results",
    "TooMany",
    "TooOften",
    "build_index",
    "lexicon",
    "nearest_needs",
    "organizations",
    "search",
    "text_list",
]

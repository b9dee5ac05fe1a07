"""A key that English and French words share when they sound alike."""

import re

from search_index.analyzer import stem

# Applied in this order to a folded word: spellings of one sound get one letter.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^[pk](?=[sn])|^g(?=n)|^w(?=r)", ""),
        (r"^x", "s"),
        (r"sch", "sk"),
        (r"(?<=s[yi])ch|ch(?=[rl])", "k"),
        (r"tch|sh|ch|(?<=.)t(?=i[ao])|(?<=.)[cs]{1,2}(?=i[ao])", "x"),
        (r"ph|gh$", "f"),
        (r"gh", ""),
        (r"dg|g(?=[eiy])|j", "j"),
        (r"sc?(?=[eiy])|c(?=[eiy])|z", "s"),
        (r"qu|ck|[cq]", "k"),
        (r"v", "f"),
        (r"th", "t"),
        (r"(?<!^)[aeiouyhw]+", ""),
        (r"^[aeiouy]+|^h[aeiouy]*", "a"),
        (r"(.)\1+", r"\1"),
    )
)


def phonetic_key(word: str) -> str:
    """Return the key of a folded word, whatever its ending: psychologists, sykologist share one."""
    word = stem(word)
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word

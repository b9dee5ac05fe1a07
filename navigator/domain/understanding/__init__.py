"""Understanding of free text in English and French: needs, facts, language."""

from navigator.domain.understanding.compiling import compile_lexicon
from navigator.domain.understanding.lexicon import Lexicon
from navigator.domain.understanding.reading import Understood, understand

__all__ = ["Lexicon", "Understood", "compile_lexicon", "understand"]

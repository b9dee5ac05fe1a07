"""What people text in the fault runs: a few stories, each with a need, a danger or a referral."""

from dataclasses import dataclass

STORIES = (
    ("food in Milton, I am 40", "0", "0", "1", "1", "Sam", "1", "1", "thanks", "UNSHARE"),
    ("hi", "I need food", "Oakville", "back", "Milton", "0", "more", "2", "1", "menu"),
    (
        "bonjour",
        "un logement à Burlington",
        "0",
        "0",
        "plus",
        "9",
        "retour",
        "info",
        "STOP",
        "START",
    ),
    (
        "I need a dentist",
        "I am going to kill myself",
        "Milton",
        "what",
        "0",
        "0",
        "2",
        "1",
        "2",
        "9",
    ),
    ("I'm 17 in Milton and couch surfing", "0", "0", "0", "1", "1", "Jo", "2", "1", "aide"),
)
"""Each fits one number; nobody texts more than the pace of a number allows."""

REFERRALS = (1, 0, 0, 0, 1)
"""How many referrals each story makes."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A number and the story that it texts."""

    number: str
    story: int

    @property
    def bodies(self) -> tuple[str, ...]:
        """Give what is texted, in order."""
        return STORIES[self.story]


def callers(texts: int) -> list[Caller]:
    """Give as many numbers as are needed for so many texts."""
    length = len(STORIES[0])
    return [
        Caller(
            f"+1{416 + place // 9000}55{10_000 + place % 9000 + 500:05d}"[:12], place % len(STORIES)
        )
        for place in range(-(-texts // length))
    ]

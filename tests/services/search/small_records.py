"""Service records of a few lines, for directories that only a test has."""

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

"""The story of a referral with its trace: what was judged, by which rules, on which answers."""

from directory_data.directory import Service
from navigator.actions.talking.values import Guide
from navigator.domain.eligibility import Answers, judge
from navigator.domain.story import Story, Trace


def tell_story(
    guide: Guide,
    service: Service,
    words: str,
    answers: Answers,
    *,
    for_other: bool,
    channel: str,
) -> Story:
    """Put together what a person said, and why the service was shown to them at that moment."""
    judgement = judge(service.record, answers)
    trace = Trace(
        edition=guide.directory.edition,
        verdict=judgement.verdict,
        met=tuple(rule.words.en for rule in judgement.met),
        failed=tuple(rule.words.en for rule in judgement.failed),
        unknown=judgement.unknown,
    )
    return Story(words, answers, for_other=for_other, channel=channel, trace=trace)

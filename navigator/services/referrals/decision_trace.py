"""The decision trace of a referral: what was judged then, by which rules, on which answers."""

from directory_data.directory import Service
from navigator.domain.eligibility import Answers, judge
from navigator.domain.request_snapshot import DecisionTrace, RequestSnapshot
from navigator.services.dialogue.dialogue_turn import DialogueContext


def take_snapshot(
    context: DialogueContext,
    service: Service,
    words: str,
    answers: Answers,
    *,
    for_other: bool,
    channel: str,
) -> RequestSnapshot:
    """Put together what a person said, and why the service was shown to them at that moment."""
    judgement = judge(service.record, answers)
    trace = DecisionTrace(
        edition=context.directory.edition,
        verdict=judgement.verdict,
        met=tuple(rule.words.en for rule in judgement.met),
        failed=tuple(rule.words.en for rule in judgement.failed),
        unknown=judgement.unknown,
    )
    return RequestSnapshot(words, answers, for_other=for_other, channel=channel, trace=trace)

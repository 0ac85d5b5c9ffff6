"""
The host's answer to a finding, as Markdown.
"""

from __future__ import annotations

from peerkit import Finding
from peerkit.document import escape_markdown
from peerkit_committee.papers.common import Composer

__all__ = ["response_sentence", "response_words"]


def _word(composer: Composer, finding: Finding) -> str:
    words = composer.wording
    return words.responses.get(finding.response, finding.response) or words.not_stated


def response_sentence(composer: Composer, finding: Finding) -> str:
    """
    Return the answer in a sentence of the council's, or nothing if there is none.
    """
    words, word = composer.wording, _word(composer, finding)
    if finding.response_reason:
        reason = {"reason": finding.response_reason}
        return composer.sentence(words.response_because, reason, response=word)
    return composer.sentence(words.response, response=word) if finding.response else ""


def response_words(composer: Composer, finding: Finding) -> str:
    """
    Return the answer, then its reason in a paragraph of its own; nothing if there is none.
    """
    if not (finding.response or finding.response_reason):
        return ""
    word = escape_markdown(_word(composer, finding))
    return f"{word}\n\n{finding.response_reason}".strip()

"""The shared words as one reader sees them: names in the language of the page."""

from __future__ import annotations

from typing import Any

from adam.queries.vocabulary import Vocabulary


class Words:
    """The vocabulary, with names in `language` where they have one; everything else as the vocabulary has it."""

    def __init__(self, vocabulary: Vocabulary, language: str):
        self.all, self.language = vocabulary, language

    def __getattr__(self, name: str) -> Any:
        return getattr(self.all, name)

    def country(self, code: str) -> str:
        """A country's name."""
        return self.all.country(code, self.language)

    def kind(self, code: str) -> str:
        """A kind of institution that benefits."""
        return self.all.beneficiary_kind(code)

    def organization(self, code: str) -> str:
        """An organization's name, as far as its code is a partner's."""
        return self.all.partner(code)

"""What people may type for a code: names of countries in six languages, names and codes of organizations."""

from __future__ import annotations

from dataclasses import dataclass, field

from adam.queries.partners import Body
from adam.queries.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`countries` is folded name or code → ISO2; `bodies` folded name or code → code; `names` code → name."""

    countries: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def country(self, typed: str) -> str:
        """ISO2 for a code or a name in any of the six languages; what was typed where nobody knows it."""
        return self.countries.get(folded(typed), typed)

    def body(self, typed: str) -> tuple[str | None, str | None]:
        """Code and name of an organization: a code where it is known, else the name as typed."""
        code = self.bodies.get(folded(typed))
        return (code, None) if code else (None, typed)

    def shown(self, code: str | None, name: str | None) -> str:
        """How the form shows an organization: by its name."""
        return name or self.names.get(code or "") or code or ""


def folded(text: str) -> str:
    """A spelling without the difference of large and small letters and of spaces."""
    return " ".join(text.split()).casefold()


def lexicon(vocabulary: Vocabulary, bodies: list[Body]) -> Lexicon:
    """The lexicon of a vocabulary and the listed organizations."""
    countries: dict[str, str] = {}
    for names in vocabulary.country_names.values():
        countries.update({folded(name): code for code, name in names.items()})
    countries |= {folded(row.iso3): code for code, row in vocabulary.countries.items()}
    countries |= {folded(row.name): code for code, row in vocabulary.countries.items()}
    countries |= {folded(code): code for code in vocabulary.countries}
    known = {folded(body.name): body.code for body in bodies}
    known |= {folded(body.code): body.code for body in bodies}
    return Lexicon(countries, known, {body.code: body.name for body in bodies})

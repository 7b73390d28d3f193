"""A plain index: one record against a small set, by the readable rules as they stand."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from adam.errors import Invalid
from adam.matching.engine import distinct
from adam.matching.keys import Key, keys
from adam.matching.pairs import Pair
from adam.matching.policy import Policy
from adam.matching.profiles import Lexicon, Profile, described, title_key, title_words
from adam.matching.records import Record
from adam.matching.rivals import RIVALRY, Rivals
from adam.matching.scores import Claim, Scorer


@dataclass(frozen=True, slots=True)
class Hit:
    """A record of an index that a record is claimed to be, continue or meet: its id, the kind, the probability."""

    id: str
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a record and another before rivals are weighed: id, kind, evidence in log-odds.

    `alike` says that both would be one project, so that rivals weigh.
    """

    id: str
    kind: str
    evidence: float
    alike: bool


LookUp = Callable[[Sequence[str]], Mapping[str, Record]]
"""Gives the records of some ids as they are now; an id that is no longer there is left out."""
KEPT = 8
Asked = tuple[float | None, Rivals | None]
"""From which probability, and what is told of both records of each pair and any other (None: the pairs alone)."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A set as it is at a moment, to be written while the set itself changes: `write` takes the path."""

    records: int
    write: Callable[[str | Path], None]

    def save(self, path: str | Path) -> None:
        """Write it to a file that `Index.load` reads."""
        self.write(path)


class Scorers:
    """The scorers of a policy, the last ones kept: making one takes as long as judging a dozen pairs."""

    def __init__(self, policy: Policy):
        self.policy = policy
        self.kept: dict[tuple[int, float], Scorer] = {}

    def of(self, size: int, least: float) -> Scorer:
        """For a set of so many, and claims from this probability on."""
        asked = (size, min(least, self.policy.listed))
        if asked not in self.kept:
            if len(self.kept) >= KEPT:
                self.kept.clear()
            self.kept[asked] = Scorer(self.policy, size, None, asked[1])
        return self.kept[asked]


class Plain:
    """A set of records that answers for one record at a time; rarity follows every change."""

    def __init__(self, records: Iterable[Record], policy: Policy, look_up: LookUp | None = None):
        """Prepares the records; raises Invalid when an id stands twice. Reasons quote what `look_up` gives."""
        self.policy = policy.steady()
        self.scorers = Scorers(self.policy)
        self.look_up = look_up
        ordered = distinct(records)
        self.lexicon = Lexicon(ordered, policy)
        self.profiles: dict[str, Profile] = {}
        self.keys: dict[str, set[tuple[str, Key]]] = {}
        self.buckets: dict[tuple[str, Key], dict[str, None]] = defaultdict(dict)
        for record in ordered:
            self._take_in(record)

    def __len__(self) -> int:
        return len(self.profiles)

    def put(self, record: Record) -> None:
        """Take a record in, in place of the one that carries its id, if any."""
        self.drop(record.id)
        self._count(record, 1)
        for names, spellings in (
            (self.lexicon.organizations, (record.reporter, *record.funders, *record.implementers)),
            (self.lexicon.institutions, record.beneficiaries),
        ):
            if any(name and name not in names.numbers for name in spellings):
                names.reached.clear()
        self._take_in(record)

    def drop(self, record_id: str) -> None:
        """Leave a record out; nothing happens when it is not there."""
        gone = self.profiles.pop(record_id, None)
        if gone is None:
            return
        self._count(gone.record, -1)
        for key in self.keys.pop(record_id):
            self.buckets[key].pop(record_id)
            if not self.buckets[key]:
                del self.buckets[key]

    def hits(self, record: Record, limit: int = 10, threshold: float | None = None) -> list[Hit]:
        """The best claims about the record, at most `limit`, without reasons; its own id is passed over."""
        _, claims = self._claims(record, limit, threshold)
        others = ((claim.b if claim.a.record.id == record.id else claim.a, claim) for claim in claims)
        return [Hit(other.record.id, claim.kind, claim.score) for other, claim in others]

    def told(self, record: Record, threshold: float) -> list[Told]:
        """As Index.told."""
        scorer, claims = self._raw(record, threshold)
        found = sorted(claims, key=lambda claim: claim.order)
        others = ((claim.b if claim.a.record.id == record.id else claim.a, claim) for claim in found)
        return [
            Told(
                other.record.id,
                claim.kind,
                scorer.evidence(claim.column, claim.grades),
                claim.column in RIVALRY,
            )
            for other, claim in others
        ]

    def match(self, record: Record, limit: int = 10, threshold: float | None = None) -> list[Pair]:
        """The best claims about the record and any of the set, at most `limit`; its own id is passed over."""
        scorer, claims = self._claims(record, limit, threshold)
        if self.look_up is not None:
            ids = [claim.a.record.id for claim in claims] + [claim.b.record.id for claim in claims]
            found = self.look_up(sorted(set(ids) - {record.id}))
            return self.explained(record, found.values(), (threshold, None))
        return [scorer.explained(claim) for claim in claims]

    def explained(self, record: Record, others: Iterable[Record], asked: Asked) -> list[Pair]:
        """As Index.explained."""
        return explained(self.lexicon, (self.scorers, self._size(record)), (record, others), asked)

    @property
    def outgrown(self) -> bool:
        """As Index.outgrown; rarity follows every change here."""
        return False

    def as_it_is(self) -> Saved:
        """As Index.as_it_is."""
        records = [profile.record for profile in self.profiles.values()]

        def write(path: str | Path) -> None:
            with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
                for record in records:
                    file.write(json.dumps(asdict(record), default=str, ensure_ascii=False) + "\n")

        return Saved(len(records), write)

    @classmethod
    def load(cls, path: str | Path, policy: Policy, look_up: LookUp | None = None) -> Plain:
        """The index of a file that `save` wrote; raises ValueError or OSError when it is not such a file."""
        try:
            with gzip.open(path, "rt", encoding="utf-8") as file:
                return cls([Record.from_mapping(json.loads(line)) for line in file], policy, look_up)
        except (Invalid, EOFError, zlib.error, AttributeError) as wrong:
            raise ValueError(f"{path} holds no index: {wrong}") from wrong

    def near(self, profile: Profile, most: int = 3000) -> list[str]:
        """The records that share a key, those that share most first, so that a crowded key crowds nothing out."""
        votes: Counter[str] = Counter()
        for key in set(keys(profile, self.policy)):
            votes.update(self.buckets.get(key, {}).keys())
        return [name for name, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:most]]

    def _claims(self, record: Record, limit: int, threshold: float | None) -> tuple[Scorer, list[Claim]]:
        least = self.policy.threshold if threshold is None else threshold
        scorer, claims = self._raw(record, least)
        judged = scorer.rivalled(claims, (scorer.wanted, least))
        return scorer, sorted(judged, key=lambda claim: claim.order)[:limit]

    def _raw(self, record: Record, least: float) -> tuple[Scorer, list[Claim]]:
        """The claims before rivals are weighed."""
        profile = self.lexicon.profile(record)
        scorer = self.scorers.of(self._size(record), least)
        others = (self.profiles[name] for name in self.near(profile) if name != record.id)
        return scorer, [claim for other in others if (claim := scorer.claim(profile, other))]

    def _size(self, record: Record) -> int:
        """How many records there are with this one, which may be one of them."""
        return len(self.profiles) + (record.id not in self.profiles)

    def _take_in(self, record: Record) -> None:
        profile = self.profiles[record.id] = self.lexicon.profile(record)
        self.keys[record.id] = set(keys(profile, self.policy))
        for key in self.keys[record.id]:
            self.buckets[key][record.id] = None

    def _count(self, record: Record, many: int) -> None:
        """How rare its words and titles are, with this record counted in or out."""
        lexicon, found, said = self.lexicon, title_words(record), described(record)
        lexicon.size += many
        for seen, items in (
            (lexicon.title_words, set(found)),
            (lexicon.titles, (title_key(found),)),
            (lexicon.description_words, said),
            (lexicon.descriptions, (" ".join(said),)),
        ):
            for item in items:
                seen[item] += many
                if not seen[item]:
                    del seen[item]


def explained(
    lexicon: Lexicon, of: tuple[Scorers, int], asked: tuple[Record, Iterable[Record]], how: Asked
) -> list[Pair]:
    """The claims about a record and each of some others with reasons; `of`: who scores, and how many there are."""
    (scorers, size), (record, others), (threshold, rivals) = of, asked, how
    least = scorers.policy.threshold if threshold is None else threshold
    scorer = scorers.of(size, least)
    profile = lexicon.profile(record)
    found = (scorer.claim(profile, lexicon.profile(other)) for other in others)
    judged = scorer.rivalled([claim for claim in found if claim], (scorer.wanted, least), rivals)
    return [scorer.explained(claim) for claim in sorted(judged, key=lambda claim: claim.order)]

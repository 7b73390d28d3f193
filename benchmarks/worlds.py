"""Writes a made-up world with known pairs: worlds.py OUT_DIR [--records N] [--seed S].

generator.py is one world at any size; here every seed is another: other shares of twins and look-alikes, other fields
that are never filled in, other carelessness. Weights that are taught by several of them carry further to one that
nobody has seen. OUT_DIR/records.csv and gold.csv are as those of generator.py.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from _generator_money import rounded
from _generator_reports import FIELDS
from _worlds_habits import (
    ACTIONS,
    GROUPS,
    INSTITUTIONS,
    OTHER_GROUPS,
    SECTORS,
    SITES,
    TOPICS,
    TYPES,
    World,
)
from _worlds_reports import Project, Voice, blurred, report, voice

PAIR = ("id_a", "id_b", "label", "how")
MONTHS = (6, 12, 12, 18, 24, 24, 36, 36, 48, 60)
FAMILIES = ("siblings", "phases", "instalments", "templates")
Told = list[tuple[str, bool]]


def project(world: World) -> Project:
    """A project of its own."""
    chance = world.chance
    payer = chance.choices(world.payers, world.shares)[0]
    return Project(
        topic=chance.randrange(len(TOPICS)),
        action=chance.randrange(len(ACTIONS)),
        countries=world.place(1 if world.does("one_country") else chance.randint(2, 5)),
        sites=tuple(chance.sample(SITES, chance.randint(1, 2))) if world.does("sited") else (),
        payer=payer,
        doer=world.doer(),
        start=day(world),
        months=chance.choice((*MONTHS, chance.randint(3, 60))),
        amount=amount(world),
        currency=payer.currency if chance.random() < 0.55 else "USD",
        institution=chance.choice(INSTITUTIONS),
        group=chance.choice(GROUPS),
        types=tuple(chance.sample(TYPES, chance.choice((1, 1, 2)))),
        commitment=f"{chance.choice(('I', 'II', 'III', 'IV'))}.{chance.randint(1, 5)}",
        sector=chance.choice(SECTORS),
        reached=chance.randint(20, 9000),
        code=f"{chance.choice(('GLO', 'AFG', 'KGZ', 'XAC'))}{chance.randint(1, 99):02}"
        if world.does("coded")
        else "",
    )


def amount(world: World) -> float:
    """A sum, round in some worlds more often than in others."""
    size = max(1000.0, 10 ** world.chance.gauss(5.7, 0.6))
    if world.does("round_sums"):
        return rounded(size, world.chance.choice((1, 2, 2)))
    return float(round(size)) if world.chance.random() < 0.6 else round(size, 2)


def day(world: World) -> date:
    """A start, on the first of a quarter in some worlds more often than in others."""
    chance, year = world.chance, 2004 + int(20 * world.chance.random())
    if world.does("first_days"):
        return date(year, chance.choice((1, 1, 1, 7, 4)), 1)
    return date(year, chance.randint(1, 12), chance.choice((1, 1, 15, chance.randint(1, 28))))


def varied(world: World, size: float) -> float:
    """Another sum of about the same order."""
    factor = world.chance.choice((0.4, 0.6, 0.75, 1.3, 1.6, 2.2)) * world.chance.uniform(0.9, 1.1)
    return max(1000.0, float(round(size * factor, -2)))


def family(world: World) -> tuple[str, list[Project]]:
    """A project alone, or several that are easily taken for one another; and in what way they are akin."""
    chance, first, at = world.chance, project(world), world.chance.random()
    for kind in FAMILIES:
        at -= world.habits[kind]
        if at < 0:
            return kind, list(akin(world, first, kind, chance.randint(1, 4 if kind == "siblings" else 3)))
    return "", [first]


def akin(world: World, first: Project, kind: str, many: int) -> Iterator[Project]:
    """A project and its look-alikes."""
    last = replace(first, phase=world.chance.choice((0, 1, 1))) if kind == "phases" else first
    yield last
    for number in range(2, many + 2):
        if kind == "siblings":
            last = sibling(world, first)
        elif kind == "templates":
            doer = world.doer() if world.chance.random() < 0.5 else first.doer
            topic = (first.topic + world.chance.randint(1, len(TOPICS) - 1)) % len(TOPICS)
            last = replace(first, topic=topic, doer=doer, amount=varied(world, first.amount))
        else:
            last = later(world, last, number if kind == "phases" else 0)
        yield last


def later(world: World, last: Project, phase: int) -> Project:
    """The next phase, or the next year's instalment."""
    chance = world.chance
    days = int(last.months * 30.44) + chance.choice((0, 0, 30, 90)) if phase else 365
    kept = chance.random() < (0.15 if phase else 0.35)
    size = last.amount if kept else varied(world, last.amount)
    return replace(last, start=last.start + timedelta(days), amount=size, phase=phase)


def sibling(world: World, first: Project) -> Project:
    """The same for another country, another place, or other people."""
    chance, at = world.chance, world.chance.random()
    found = first
    if at < 0.5:
        place = world.place()
        while place == first.countries:
            place = world.place()
        found = replace(found, countries=place, sites=tuple(chance.sample(SITES, 1)) if first.sites else ())
    elif at < 0.8 and first.sites:
        found = replace(found, sites=(chance.choice([site for site in SITES if site not in first.sites]),))
    else:
        found = replace(found, institution=chance.choice(INSTITUTIONS), group=chance.choice(OTHER_GROUPS))
    if chance.random() < 0.5:
        found = replace(found, doer=world.doer())
    if chance.random() < 0.9:
        found = replace(found, amount=varied(world, first.amount))
    if chance.random() < 0.5:
        found = replace(found, start=first.start + timedelta(chance.randint(-90, 200)))
    return found


def told(world: World, one: Project, rows: list[dict[str, str]]) -> Told:
    """One, two or three reports of a project, added to the rows; their ids, and whether the payer wrote them."""
    chance, pays = world.chance, world.chance.random() < 0.55
    number = f"iati:{one.payer.code}-{chance.randint(10**4, 10**7)}" if world.does("numbered") else ""
    first = voice(world, one, pays)
    voices = [first]
    if world.does("twice"):
        if world.does("by_itself"):
            voices.append(first if chance.random() < 0.5 else voice(world, one, pays))
        if len(voices) == 1 or chance.random() < 0.15:
            voices.append(other_side(world, one, first))
    found: Told = []
    for at, by in enumerate(voices):
        fields = report(world, one, by)
        if at or chance.random() < 0.2:
            fields = blurred(world, fields, one)
        fields["identifiers"] = number if chance.random() < 0.8 else ""
        fields["id"] = f"w{chance.getrandbits(48):012x}"
        rows.append(fields)
        found.append((fields["id"], by.pays))
    return found


def other_side(world: World, one: Project, first: Voice) -> Voice:
    """The voice of the other side, which at times takes the title over."""
    second = voice(world, one, not first.pays)
    return (
        replace(first, pays=second.pays, filled=second.filled, name=second.name)
        if world.does("copied")
        else second
    )


def pairs(families: list[Told], kind: str) -> Iterator[tuple[str, str, str, str]]:
    """What is known of the reports of a family: which tell one project, and which only look alike."""
    for reports in families:
        for (one, pays), (other, paid) in combinations(reports, 2):
            yield *sorted((one, other)), "record_duplicate" if pays == paid else "same_money", ""  # type: ignore[misc]
    for here, there in combinations(families, 2):
        for one, _ in here:
            for other, _ in there:
                yield *sorted((one, other)), "different", kind  # type: ignore[misc]


def generate(folder: Path, records: int, seed: int) -> None:
    """Write about so many records and their pairs into a folder."""
    world = World(seed, records)
    rows: list[dict[str, str]] = []
    gold: list[tuple[str, str, str, str]] = []
    while len(rows) < records:
        kind, made = family(world)
        gold += pairs([told(world, one, rows) for one in made], kind)
    world.chance.shuffle(rows)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "records.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with (folder / "gold.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([PAIR, *gold])


def main() -> None:
    """Read the words of the command and write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=6_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.records < 1:
        parser.error("--records needs at least one")
    generate(given.folder, given.records, given.seed)


if __name__ == "__main__":
    main()

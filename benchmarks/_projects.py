"""Made-up projects for screening, with known pairs among them: twins, same money, next phases, look-alikes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

import _words as words

TWIN, MONEY, PHASE, LOOKALIKE = "twin", "same money", "next phase", "look-alike"
PLANTED = ((0.04, TWIN), (0.08, MONEY), (0.11, PHASE), (0.16, LOOKALIKE))
"""Up to which number between 0 and 1 a project is a planted one of that kind; the others stand alone."""
PARTNERS = ("NO", "US", "FR", "DE", "GB", "UNODC", "EU", "OSCE")


@dataclass(frozen=True, slots=True)
class Made:
    """A project document of a partner; `of` is the number of the project it was made from, `how` says in what way."""

    partner: str
    document: dict[str, Any]
    of: int | None = None
    how: str = ""


def projects(many: int, seed: int = 1) -> list[Made]:
    """So many projects, the same for the same seed; about a sixth is made from an earlier one."""
    found: list[Made] = []
    for number in range(many):
        chance = Random(f"{seed}/{number}")
        at = chance.random()
        how = next((kind for share, kind in PLANTED if at < share), "")
        if how and found:
            of = chance.randrange(len(found))
            if not found[of].how:
                found.append(_from(chance, (of, found[of]), (how, number)))
                continue
        found.append(_alone(chance, number))
    return found


def _alone(chance: Random, number: int) -> Made:
    title, commitment, kind = words.title(chance)
    start = date(2005, 1, 1) + timedelta(days=chance.randrange(6000))
    countries = chance.sample(words.COUNTRIES, chance.choice((1, 1, 1, 1, 2, 3)))
    funder, doer = words.body(chance), words.body(chance)
    amount = f"{chance.randrange(20, 9000)}{chance.randrange(1000):03d}.00"
    document = {
        "title": title,
        "description": words.text(chance, 4),
        "status": "active",
        "visibility": "public",
        "start_planned": str(start),
        "end_planned": str(start + timedelta(days=chance.randrange(300, 1500))),
        "organizations": [
            {"role": "funding", "organization": funder[0], "name": funder[1]},
            {"role": "implementing", "organization": doer[0], "name": doer[1]},
        ],
        "countries": [{"country": code} for code in countries],
        "pillars": [{"pillar": commitment.split(".")[0], "commitment": commitment}] if commitment else [],
        "assistance_types": [kind] if kind else [],
        "contributions": [_money(funder, amount, start)],
        "identifiers": [{"scheme": "iati", "value": f"XX-BEN-P-{number:06d}"}],
    }
    return Made(chance.choice(PARTNERS), document)


def _money(payer: tuple[str, str], amount: str, on: date) -> dict[str, Any]:
    return {
        "organization": payer[0],
        "name": payer[1],
        "kind": "commitment",
        "amount": amount,
        "currency": "USD",
        "value_date": str(on),
    }


def _from(chance: Random, source: tuple[int, Made], what: tuple[str, int]) -> Made:
    """A project made from another: its twin, the same money seen by somebody else, its next phase, a look-alike."""
    (of, base), (how, number) = source, what
    document = base.document | {"identifiers": [{"scheme": "iati", "value": f"XX-BEN-Q-{number:06d}"}]}
    made = replace(base, document=document, of=of, how=how)
    if how == TWIN:
        document["title"] = base.document["title"].replace(" in ", ", ").replace("Support to", "Supporting")
        return made
    if how == MONEY:
        document["title"] = f"{base.document['title']}, implemented on behalf of the donor"
        document["description"] = words.text(chance, 3)
        return replace(made, partner=chance.choice([one for one in PARTNERS if one != base.partner]))
    days = date.fromisoformat(base.document["end_planned"]) - date.fromisoformat(
        base.document["start_planned"]
    )
    start = date.fromisoformat(base.document["end_planned"]) + timedelta(days=1)
    if how == LOOKALIKE:
        start = date.fromisoformat(base.document["start_planned"]) + timedelta(days=chance.randrange(900))
        elsewhere = [code for code in words.COUNTRIES if {"country": code} not in base.document["countries"]]
        document["countries"] = [{"country": chance.choice(elsewhere)}]
    else:
        document["title"] = f"{base.document['title']}, Phase II"
    payer, amount = words.body(chance), f"{chance.randrange(20, 9000)}{chance.randrange(1000):03d}.00"
    if how == PHASE:
        first = base.document["contributions"][0]
        payer = (first["organization"], first["name"])
    else:
        document["organizations"] = [
            {"role": "funding", "organization": payer[0], "name": payer[1]},
            *base.document["organizations"][1:],
        ]
    document |= {"start_planned": str(start), "end_planned": str(start + days)}
    document["contributions"] = [_money(payer, amount, start)]
    return replace(made, document=document)

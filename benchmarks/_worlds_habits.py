"""The words of a made-up world, and its habits: what is filled in, how carelessly, how many tell the same twice."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from _generator_words import LANGUAGES, rows

TOPICS, ACTIONS = (
    [tuple(row[code] for code in LANGUAGES) for row in rows(f"worlds_{n}")] for n in ("topics", "actions")
)
COUNTRIES = {row["code"]: tuple(row[code] for code in LANGUAGES) for row in rows("worlds_countries")}
SITES = tuple(
    "Badakhshan Khorog Herat Nimruz Zaranj Osh Batken Termez Kunduz Mazar Dushanbe Kulob Gorno Panj Chaman Quetta "
    "Taftan Mashhad Zahedan Almaty Shymkent Ashgabat Durres Vlore Tuzla Skopje Mombasa Nairobi Lamu Chisinau Odesa "
    "Poti Batumi Yerevan Baku Basra Erbil Aden Hodeidah Gao Mopti Kano Lagos Cali Pasto Shan Kachin Bokeo".split()
)
GROUPS = ("women", "police officers", "youth", "prosecutors", "health workers", "farmers", "judges", "", "")
OTHER_GROUPS = ("teachers", "border guards", "students")
INSTITUTIONS = (
    "Ministry of Interior", "National Police", "Counter Narcotics Police", "State Customs Service",
    "Customs Administration", "Ministry of Health", "National AIDS Centre", "Ministry of Justice", "Supreme Court",
    "Prosecutor General's Office", "Financial Intelligence Unit", "Central Bank", "Border Guard Service",
    "Drug Control Agency", "Prison Service", "Ministry of Education",
)  # fmt: skip
TYPES = tuple(
    "training equipment legislative_advice mentoring infrastructure research_data information_exchange "
    "operational_support treatment_care prevention_campaigns".split()
)
SECTORS = ("16063", "13040", "15130", "43050", "15114", "31165", "12261", "16010", "15136")
SYLLABLES = "ka ra ti mo sha lo be du na zi fe go ru pa li sen tor vak mir dan".split()
BODIES = ("Foundation", "Association", "Centre", "NGO", "Institute", "Society", "Trust", "Initiative")
# Each habit and between which shares it lies, world by world.
RANGES = {
    "twice": (0.06, 0.45), "by_itself": (0.15, 0.6), "siblings": (0.04, 0.2), "phases": (0.04, 0.2),
    "instalments": (0.03, 0.15), "templates": (0.02, 0.1), "copied": (0.1, 0.7), "translated": (0.0, 0.35),
    "converted": (0.05, 0.5), "rounded": (0.05, 0.4), "partial": (0.0, 0.08), "shifted": (0.1, 0.6),
    "dropped": (0.02, 0.15), "other_doer": (0.0, 0.1), "description": (0.2, 0.95), "sectors": (0.2, 0.9),
    "beneficiaries": (0.0, 0.7), "assistance_types": (0.0, 0.7), "pillars": (0.1, 0.9), "end": (0.5, 1.0),
    "value_date": (0.2, 0.9), "mistyped": (0.02, 0.25), "sited": (0.2, 0.8), "spelt_otherwise": (0.2, 0.9),
    "numbered": (0.0, 0.25), "first_days": (0.05, 0.5), "round_sums": (0.2, 0.8), "misplaced": (0.0, 0.12),
    "one_country": (0.5, 1.0), "coded": (0.0, 0.4),
}  # fmt: skip


@dataclass(frozen=True)
class Body:
    """Who pays or does the work: a code, the currency it counts in, and its names, its own first."""

    code: str
    currency: str
    names: tuple[str, ...]


class World:
    """Everything that a seed decides before the first project."""

    def __init__(self, seed: int, records: int):
        self.chance = chance = Random(f"world/{seed}")
        self.habits = {name: chance.uniform(*span) for name, span in RANGES.items()}
        self.plain = chance.random() < 1 / 3
        self.countries = {code: chance.random() ** 2 + 0.05 for code in COUNTRIES}
        self.payers = [
            Body(r["code"], r["currency"], tuple(r["spellings"].split("|"))) for r in rows("worlds_payers")
        ]
        self.doers = [Body(r["code"], "USD", tuple(r["spellings"].split("|"))) for r in rows("worlds_doers")]
        self.weights = [1.0] * len(self.doers)
        for number in range(max(40, records // 60)):
            name = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()
            full = f"{name} {chance.choice(BODIES)}"
            self.doers.append(Body(f"L{number}", "USD", (full, full, name)))
            self.weights.append(0.12)
        self.shares = [chance.random() + 0.1 for _ in self.payers]

    def does(self, habit: str) -> bool:
        """Whether a habit shows this time."""
        return self.chance.random() < self.habits[habit]

    def doer(self) -> Body:
        """Somebody who does the work."""
        return self.chance.choices(self.doers, self.weights)[0]

    def place(self, many: int = 1) -> tuple[str, ...]:
        """So many countries, or fewer."""
        return tuple(
            dict.fromkeys(self.chance.choices(list(self.countries), list(self.countries.values()), k=many))
        )

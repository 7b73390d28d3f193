"""The words that made-up projects are written with: subjects, places, bodies, sentences."""

from __future__ import annotations

from random import Random

COUNTRIES = tuple(
    "AF IR PK KZ KG TJ TM UZ AL AM AZ BA BG BY GE HR MD ME MK RO RS RU TR UA XK IN CN MN NP LK BD MM TH VN LA KH "
    "ET KE TZ UG SO SD SS DJ MZ NG GH SN ML NE TD IQ SY JO LB EG LY TN MA YE".split()
)
PLACES = tuple(
    "Herat Kunduz Balkh Badakhshan Nimroz Khorog Osh Termez Panjakent Mary Atyrau Ganja Batumi Gyumri Bitola Elbasan "
    "Zenica Nis Varna Iasi Odesa Izmir Lahore Quetta Peshawar Zahedan Mashhad Mombasa Tanga Bamako Agadez".split()
)
ACTIONS = (
    "Strengthening", "Support to", "Capacity building for", "Reform of", "Training of", "Equipment for",
    "Modernisation of", "Assessment of", "Advisory services to", "Establishment of",
)  # fmt: skip
THEMES = (
    ("border crossing points", "I.5", "equipment"),
    ("mobile interdiction teams", "I.4", "operational_support"),
    ("the counter-narcotics police", "I.1", "training"),
    ("financial intelligence units", "II.1", "training"),
    ("mutual legal assistance", "II.2", "legislative_advice"),
    ("anti-money-laundering laws", "II.3", "legislative_advice"),
    ("precursor control offices", "III.2", "training"),
    ("forensic laboratories", "III.3", "equipment"),
    ("pre-export notification desks", "III.7", "information_exchange"),
    ("drug treatment centres", "IV.5", "treatment_care"),
    ("HIV prevention among people who inject drugs", "IV.3", "prevention_campaigns"),
    ("school prevention programmes", "IV.5", "prevention_campaigns"),
    ("rural water supply", None, None),
    ("district hospitals", None, None),
    ("teacher colleges", None, None),
    ("wheat seed markets", None, None),
    ("municipal waste services", None, None),
    ("small enterprises", None, None),
    ("land registers", None, None),
    ("irrigation canals", None, None),
    ("maternal health posts", None, None),
    ("civil service academies", None, None),
    ("election observers", None, None),
    ("solar mini-grids", None, None),
    ("refugee reception centres", None, None),
    ("road maintenance units", None, None),
    ("audit offices", None, None),
    ("women's cooperatives", None, None),
    ("primary schools", None, None),
    ("cold storage chains", None, None),
)
SORTS = ("provincial", "regional", "national", "remote", "newly founded", "under-staffed", "pilot", "urban")
KINDS = (
    "Agency",
    "Foundation",
    "Institute",
    "Council",
    "Association",
    "Trust",
    "Centre",
    "Bureau",
    "Society",
)
FIELDS = (
    "Development",
    "Relief",
    "Justice",
    "Health",
    "Border Studies",
    "Public Finance",
    "Rural Works",
    "Learning",
)
CLAUSES = (
    "works with the authorities of the region to agree who does what and by when",
    "trains officers in the field and places advisers beside them for a year",
    "hands over equipment that was tested on the spot and pays for its upkeep",
    "holds workshops twice a year so that neighbouring districts can compare results",
    "collects figures every quarter and publishes what was learned from them",
    "reviews the rules in force and drafts what is missing with the ministry",
    "brings together services that until now kept their records apart",
    "pays particular attention to women, to people in prison and to remote villages",
    "follows on from an assessment made by an outside team in the year before",
    "ends with a handover to the institution that will carry the work on alone",
)


def title(chance: Random) -> tuple[str, str | None, str | None]:
    """A title, and the commitment and kind of help that it is about, None where it is about neither."""
    theme, commitment, kind = chance.choice(THEMES)
    words = f"{chance.choice(ACTIONS)} {chance.choice(SORTS)} {theme} in {chance.choice(PLACES)}"
    if chance.random() < 0.4:
        words += f" and {chance.choice(PLACES)}"
    return words, commitment, kind


def text(chance: Random, sentences: int) -> str:
    """A description of so many sentences, about 90 characters each."""
    return " ".join(
        f"The {chance.choice(SORTS)} team {chance.choice(CLAUSES)}." for _ in range(max(1, sentences))
    )


def body(chance: Random, many: int = 300) -> tuple[str, str]:
    """The identifier and the name of one of `many` organizations."""
    number = chance.randrange(many)
    own = Random(number)
    name = f"{own.choice(PLACES)} {own.choice(KINDS)} for {own.choice(FIELDS)} {number}"
    return f"XX-BEN-{number:04d}", name

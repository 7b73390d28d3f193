"""How a body of a made-up world reports a project: title, text, fields, and what is lost the second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from _generator_money import rate, rounded, told
from _generator_words import AND, LANGUAGES, ROMAN, mistyped
from _worlds_habits import ACTIONS, COUNTRIES, TOPICS, Body, World

IN = ("in", "en", "en", "в", "في", "在")
SENTENCES = (
    (
        "The project builds the capacity of {who} in {where} through {how}.",
        "It will reach {many} people over {months} months.",
        "{doer} works with partners on {what}.",
        "The action responds to needs assessed in {where}.",
        "Main output: {what}.",
    ),
    (
        "Le projet renforce les capacités en matière de {what} ({where}).",
        "Il touchera {many} personnes en {months} mois.",
        "{doer} travaille avec des partenaires.",
    ),
    ("El proyecto fortalece {what} en {where}.", "Llegará a {many} personas en {months} meses."),
    ("Проект направлен на развитие {what} ({where}).", "Будет охвачено {many} человек за {months} месяцев."),
    ("يهدف المشروع إلى {what} في {where}.", "سيصل إلى {many} شخصا."),
    ("项目旨在{what}（{where}）。", "将惠及{many}人。"),
)
PHASE = (
    ("Phase {r}", "phase {n}"),
    ("phase {n}",),
    ("Fase {r}",),
    ("этап {n}",),
    ("المرحلة {n}",),
    ("第{n}期",),
)
OWN = {"FR": 1, "RU": 3, "CH": 1}
FILLED = ("description", "sectors", "beneficiaries", "assistance_types", "pillars", "end", "value_date")
DROPPED = ("description", "sectors", "end", "funders", "implementers", "countries", "start", "amount")


@dataclass(frozen=True)
class Project:
    """What is really done."""

    topic: int
    action: int
    countries: tuple[str, ...]
    sites: tuple[str, ...]
    payer: Body
    doer: Body
    start: date
    months: int
    amount: float
    currency: str
    institution: str
    group: str
    types: tuple[str, ...]
    commitment: str
    sector: str
    reached: int
    code: str
    phase: int = 0


@dataclass(frozen=True)
class Voice:
    """How one side writes about a project: who it is, its language, its kind of title, what it fills in."""

    pays: bool
    language: int
    form: int
    says: tuple[str, ...]
    sentences: tuple[int, ...]
    filled: tuple[str, ...]
    name: float


def voice(world: World, project: Project, pays: bool) -> Voice:
    """A voice of its own."""
    chance, language = world.chance, 0
    if world.does("translated"):
        language = OWN.get(project.payer.code, chance.randrange(6)) if pays else chance.randrange(6)
    likely = {"country": 0.75, "sites": 0.8, "group": 0.6, "figure": 0.15, "code": 0.7, "capitals": 0.04}
    return Voice(
        pays, language, chance.choice((0, 0, 0, 3) if world.plain else (0, 0, 1, 2, 3)),
        tuple(name for name, share in likely.items() if chance.random() < share),
        tuple(chance.randrange(5) for _ in range(chance.randint(1, 3))),
        tuple(name for name in FILLED if world.does(name)), chance.random(),
    )  # fmt: skip


def title(project: Project, by: Voice) -> str:
    """The title as that side writes it."""
    at, link = by.language, AND[LANGUAGES[by.language]]
    country = link.join(COUNTRIES[code][at] for code in project.countries[:2]) if "country" in by.says else ""
    sites = link.join(project.sites) if "sites" in by.says else ""
    where = ", ".join(filter(None, (sites, country)))
    what, action = TOPICS[project.topic][at], ACTIONS[project.action][at]
    if at == 5:
        found = (f"在{where}" if where else "") + action + what
    elif by.form == 1:
        found = (f"{where}: " if where else "") + f"{action} {what}"
    elif by.form == 2:
        found = what[0].upper() + what[1:] + (f" ({where})" if where else "")
    else:
        found = f"{action} {what}" + ((" - " if by.form == 3 else f" {IN[at]} ") + where if where else "")
    if "group" in by.says and project.group and at == 0:
        found += f" for {project.group}"
    if project.phase:
        form = "({n})" if "figure" in by.says else PHASE[at][-1 if by.form else 0]
        found += " " + form.format(n=project.phase, r=ROMAN[project.phase - 1])
    if project.code and "code" in by.says:
        found = f"{project.code} - {found}"
    return found.upper() if "capitals" in by.says else found


def text(project: Project, by: Voice) -> str:
    """The description as that side writes it."""
    known = SENTENCES[by.language]
    where = ", ".join(COUNTRIES[code][by.language] for code in project.countries[:3])
    how = " and ".join(project.types).replace("_", " ")
    found = [known[number % len(known)] for number in by.sentences]
    said = {
        "who": project.institution,
        "where": where,
        "how": how,
        "many": project.reached,
        "months": project.months,
    }
    said |= {"what": TOPICS[project.topic][by.language], "doer": project.doer.names[0]}
    return " ".join(dict.fromkeys(sentence.format(**said) for sentence in found))


def report(world: World, project: Project, by: Voice) -> dict[str, str]:
    """A record as a careful reporter leaves it."""
    chance = world.chance
    payer, doer = (
        chance.choice(body.names) if world.does("spelt_otherwise") else body.names[0]
        for body in (project.payer, project.doer)
    )
    own = project.payer.names[int(by.name * len(project.payer.names))]
    end = project.start + timedelta(int(project.months * 30.44))
    pillar = project.commitment.split(".")[0]
    found = {
        "source": "pays" if by.pays else "does",
        "title": title(project, by),
        "description": text(project, by),
        "language": LANGUAGES[by.language] if chance.random() < 0.7 else "",
        "reporter": own if by.pays else project.doer.names[0],
        "funders": payer,
        "implementers": doer,
        "beneficiaries": project.institution,
        "countries": ";".join(project.countries),
        "pillars": pillar,
        "assistance_types": ";".join(project.types),
        "sectors": project.sector,
        "start": project.start.isoformat(),
        "end": end.isoformat(),
        "amount": told(project.amount),
        "currency": project.currency,
        "value_date": project.start.isoformat(),
    }
    found |= {name: "" for name in FILLED if name not in by.filled}
    found["commitments"] = project.commitment if found["pillars"] and chance.random() < 0.7 else ""
    return found


def blurred(world: World, fields: dict[str, str], project: Project) -> dict[str, str]:
    """A record as others leave it: sums, days, places, bodies and letters changed, fields dropped."""
    chance, found = world.chance, dict(fields)
    _blur_sum(world, found, project)
    _blur_time(world, found, project)
    if world.does("misplaced"):
        more = chance.choice(list(COUNTRIES))
        found["countries"] = chance.choice(("", project.countries[0], ";".join((*project.countries, more))))
    if world.does("mistyped"):
        said = found["title"]
        cut = (
            mistyped(chance, said),
            said[:40].strip(),
            " ".join(said.split()[1:]) or said,
            said.replace(" and ", " & "),
        )
        found["title"] = chance.choice(cut)
    if world.does("other_doer"):
        found["implementers"] = chance.choice(
            ("Government", "Various", "Local partners", world.doer().names[0], "")
        )
    for name in DROPPED:
        if world.does("dropped") and (name in DROPPED[:3] or chance.random() < 0.3):
            found[name] = ""
    if not found["amount"]:
        found["currency"] = found["value_date"] = ""
    return found


def _blur_sum(world: World, found: dict[str, str], project: Project) -> None:
    at, habits, chance = world.chance.random(), world.habits, world.chance
    converted, round_off = habits["converted"], habits["converted"] + habits["rounded"]
    if at < converted:
        other = chance.choice(
            [code for code in ("USD", "EUR", "USD", "GBP", "CHF") if code != project.currency]
        )
        day = project.start.toordinal()
        size = project.amount * rate(project.currency, day) / rate(other, day) * (1 + chance.gauss(0, 0.012))
        found["amount"], found["currency"] = (
            told(round(size, 2 if chance.random() < 0.5 else None) * 1.0),
            other,
        )
    elif at < round_off:
        found["amount"] = told(rounded(project.amount, 2))
    elif at < round_off + habits["partial"]:
        found["amount"] = told(float(round(project.amount * chance.uniform(0.3, 0.9))))


def _blur_time(world: World, found: dict[str, str], project: Project) -> None:
    chance, start, months = world.chance, project.start, project.months
    if world.does("shifted"):
        near, later = (start + timedelta(int(chance.gauss(*span))) for span in ((0, 12), (10, 45)))
        start = chance.choice((near, later, start.replace(day=1), start.replace(month=1, day=1), start))
    if chance.random() < 0.2:
        months = max(1, months + chance.choice((-3, 2, 3, 6, 12)))
    end = start + timedelta(int(months * 30.44))
    days = {"start": start, "end": end, "value_date": start}
    found |= {name: day.isoformat() for name, day in days.items() if found[name]}

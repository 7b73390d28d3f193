"""Forty made-up counter-narcotics projects as partners of the region might record them, each in its own words."""

from __future__ import annotations

from adam.matching import Record

DONORS = ("Norway", "France", "Japan", "United States", "Russian Federation", "Germany", "Italy", "Canada")
JOBS = (
    ("training", "Courses for investigators", "detectives learn to build a case from seizure to court"),
    ("equipment", "Scanners and test kits", "drug test kits, radios and scanners are bought and handed over"),
    ("mentoring", "Mentors on site", "experienced officers work beside their colleagues for two years"),
    ("infrastructure", "Rooms for evidence", "a store and a laboratory are built to keep exhibits safe"),
    ("treatment_care", "Day clinics", "clinics treat opiate users and follow them home"),
)
PLACES = (
    ("AF", "I.4", "Counter Narcotics Police of Afghanistan"),
    ("TJ", "I.5", "Drug Control Agency of Tajikistan"),
    ("IR", "III.2", "Iran Customs Administration"),
    ("PK", "II.3", "Anti-Narcotics Force of Pakistan"),
)
PERIODS = (("2012-02-10", "2014-10-31"), ("2016-03-05", "2018-11-30"))


def narcotics() -> list[Record]:
    """Every place with every job in either period, by a donor in turn: 40 records, no two of which do one job."""
    made = []
    for place, (country, commitment, institution) in enumerate(PLACES):
        for job, (kind, title, description) in enumerate(JOBS):
            for at, (start, end) in enumerate(PERIODS):
                number = (place * len(JOBS) + job) * len(PERIODS) + at
                made.append(
                    project(
                        f"n{number:02}",
                        title=f"{title}, {institution}",
                        description=description,
                        countries=country,
                        commitments=commitment,
                        beneficiaries=institution,
                        assistance_types=kind,
                        start=start,
                        end=end,
                        amount=str(400_000 + 37_123 * number),
                        reporter=DONORS[number % len(DONORS)],
                        funders=DONORS[number % len(DONORS)],
                    )
                )
    return made


def project(name: str, **fields: str) -> Record:
    """One of them with some fields otherwise."""
    told = {
        "title": "Detectives learn their trade",
        "description": "Twelve weeks of classroom and practice in searching vehicles.",
        "countries": "AF",
        "commitments": "I.4",
        "beneficiaries": "Counter Narcotics Police of Afghanistan",
        "assistance_types": "training",
        "start": "2012-06-20",
        "end": "2014-12-15",
        "amount": "777777",
        "currency": "USD",
        "reporter": "Denmark",
        "funders": "Denmark",
    }
    return Record.from_mapping({"id": name, **told, **fields})

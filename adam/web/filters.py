"""How values look in pages: numbers, money, days, periods and names; registered as Jinja filters and globals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from types import SimpleNamespace

from babel.dates import format_date, format_time
from babel.numbers import get_decimal_symbol
from flask import Flask, g, has_app_context
from flask_babel import get_locale, gettext
from markupsafe import Markup, escape

from adam.pictures import bars, gauges, tilemaps, timelines, waterfalls
from adam.web.labels import label

TAG = re.compile(r"<[^>]*>")
NBSP = "\N{NO-BREAK SPACE}"
MARK = "#"
MINUS = "\N{MINUS SIGN}"
MILLION = Decimal(1_000_000)
Number = Decimal | int | float


def _locale() -> str:
    """The reader's locale for Babel; British order of day and month in English, as the source documents have it."""
    locale = str(get_locale() or "en") if has_app_context() else "en"
    return "en_GB" if locale == "en" else locale


@cache
def _point(locale: str) -> str:
    """The decimal sign of a language."""
    return get_decimal_symbol(locale)


@cache
def _millions(locale: str) -> str:
    """How the language that is spoken now, of this locale, says so many millions; MARK stands for the number."""
    return str(gettext("%(number)s m", number=MARK))


def _figure(value: Number | str, places: int, locale: str | None = None) -> str:
    """Thousands by no-break space and the decimal sign of the reader's language, digits as in 0-9."""
    number = value if isinstance(value, int) else Decimal(str(value))
    text = f"{abs(number):,.{places}f}".replace(",", NBSP)
    text = text.replace(".", _point(locale or _locale())) if places else text
    return f"{MINUS}{NBSP}{text}" if number < 0 and Decimal(f"{number:.{places}f}") != 0 else text


def number(value: Number | None, places: int = 0) -> str:
    """12345 -> "12 345"; "" for None."""
    return "" if value is None else _figure(value, places)


def signed(value: Number, places: int = 1) -> str:
    """A weight with its sign: "+ 2.3", "− 0.3", "0"."""
    rounded = Decimal(f"{value:.{places}f}")
    if rounded == 0:
        return "0"
    return f"{'+' if rounded > 0 else MINUS}{NBSP}{_figure(abs(rounded), places)}"


def money(amount: Number | str | None, currency: str | None = "USD") -> Markup:
    """ "18000000", "EUR" -> <bdi>18 000 000.00 EUR</bdi>; "not given" for None."""
    if amount is None:
        return Markup("{}").format(gettext("not given"))
    return Markup('<bdi class="nb">{}</bdi>').format(NBSP.join(filter(None, (_figure(amount, 2), currency))))


def millions(amount: Number | str | None, currency: str | None = None) -> Markup:
    """An amount in millions with one decimal: <bdi>42.0 m</bdi>; small sums get two or more: none reads 0.00."""
    if amount is None:
        return Markup("{}").format(gettext("not given"))
    return _so_many(str(amount), currency, _locale())


@lru_cache(maxsize=20_000)
def _so_many(amount: str, currency: str | None, locale: str) -> Markup:
    value = Decimal(amount) / MILLION
    places = max(2, -value.adjusted()) if value and abs(value) < 1 else 1
    text = _millions(locale).replace(MARK, _figure(value, places, locale)).replace(" ", NBSP)
    return Markup(f'<bdi class="nb">{escape(NBSP.join(filter(None, (text, currency))))}</bdi>')


def plain(figure: Markup) -> str:
    """The words of a figure without its tags, for sentences; no-break spaces stay."""
    return TAG.sub("", str(figure))


def percent(share: Number | str | None) -> str:
    """ "60.00" -> "60.00 %"; "not allocated" for None."""
    return gettext("not allocated") if share is None else f"{_figure(share, 2)}{NBSP}%"


def _date(value: date | str) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def day(value: date | str | None) -> str:
    """A date (or ISO text) as in running text: "1 June 2007"; "not given" for None."""
    return gettext("not given") if not value else format_date(_date(value), "long", locale=_locale())


def month(value: date | str | None) -> str:
    """A date as month and year: "June 2007"; "not given" for None."""
    return gettext("not given") if not value else format_date(_date(value), "MMMM y", locale=_locale())


def moment(value: datetime | None) -> str:
    """A time of day with its date, as it is given (UTC in ADAM): "20 November 2026, 09:14"."""
    if value is None:
        return gettext("not given")
    return f"{day(value)}, {format_time(value, 'HH:mm', tzinfo=value.tzinfo, locale=_locale())}"


def period(start: date | str | None, end: date | str | None) -> str:
    """ "1 June 2007 to 31 May 2010", "from 1 June 2007", "to 31 May 2010" or "dates not given"."""
    if start and end:
        return gettext("%(start)s to %(end)s", start=day(start), end=day(end))
    if start:
        return gettext("from %(start)s", start=day(start))
    return gettext("to %(end)s", end=day(end)) if end else gettext("dates not given")


def _named(question: str, code: str | None) -> str:
    """The name `g.vocabulary` has for a code; the code itself where there is no vocabulary or no name."""
    vocabulary = getattr(g, "vocabulary", None) if has_app_context() else None
    ask = getattr(vocabulary, question, None)
    return str((ask(code) if ask and code else None) or code or "")


def country_name(code: str | None) -> str:
    """ISO2 -> name in the reader's language (g.vocabulary.country)."""
    return _named("country", code)


def country_names(codes: list[str], at_most: int = 4) -> str:
    """Names joined by commas; "11 countries" where there are more than `at_most`; "global" for none."""
    if not codes:
        return gettext("Global")
    if len(codes) > at_most:
        return gettext("%(number)s countries", number=len(codes))
    return ", ".join(country_name(code) for code in codes)


def pillar_name(code: str | None) -> str:
    """ "I" or "I.5" -> "I. Regional initiatives" or "I. Regional initiatives: coordinated border management"."""
    if not code or "." not in code:
        return f"{code}. {_named('pillar', code)}" if code else gettext("Not assigned")
    pillar = code.split(".")[0]
    return f"{pillar}. {_named('pillar', pillar)}: {_named('commitment', code)}"


def result_area_name(code: str | None) -> str:
    """ "1.2" -> "1.2 Its title" (g.vocabulary.result_area)."""
    name = _named("result_area", code)
    return name if name == code else f"{code} {name}"


def action_plan_name(code: str | None) -> str:
    """Rainbow Strategy paper -> title (g.vocabulary.action_plan)."""
    return _named("action_plan", code)


def sector_name(vocabulary: str | None, code: str | None) -> str:
    """ "DAC", "16063" -> "DAC 16063 Narcotics control"; without the name where the vocabulary isn't ours."""
    known = getattr(g, "vocabulary", None) if has_app_context() else None
    name = known.sector(vocabulary or "DAC", code) if known and code else code
    return " ".join(filter(None, (vocabulary, code, name if name != code else None)))


def assistance_name(code: str | None) -> str:
    """Kind of help -> name (g.vocabulary.assistance_type)."""
    return _named("assistance_type", code)


def beneficiary_kind(code: str | None) -> str:
    """Kind of the institution that benefits -> name (g.vocabulary.kind)."""
    return _named("kind", code)


def org_name(value: Mapping | str | None) -> str:
    """A role of a project ({organization, name}) or a code -> name (g.vocabulary.organization where it has one)."""
    if isinstance(value, Mapping):
        return str(value.get("name") or _named("organization", value.get("organization")))
    return _named("organization", value)


def partner_name(code: str | None) -> str:
    """A partner's code -> name (g.vocabulary.partner)."""
    return _named("partner", code)


FILTERS: dict[str, Callable[..., str]] = {
    function.__name__: function
    for function in (
        *(number, signed, money, millions, percent, day, month, moment, period, label),
        *(
            country_name,
            country_names,
            pillar_name,
            assistance_name,
            beneficiary_kind,
            org_name,
            partner_name,
            result_area_name,
            action_plan_name,
        ),
    )
}

PICTURES: dict[str, Callable[..., str]] = {
    "waterfall": waterfalls.waterfall,
    "push": waterfalls.push,
    "timeline": timelines.timeline,
    "tilemap": tilemaps.tilemap,
    "shares": tilemaps.shares,
    "bars": bars.bars,
    "gauge": gauges.gauge,
    "certainty": gauges.certainty,
}


def _safe(draw: Callable[..., str]) -> Callable[..., Markup]:
    """The picture escapes its own words; tell Jinja so."""
    return lambda *args, **kwargs: Markup(draw(*args, **kwargs))


def register(app: Flask) -> None:
    """Add the filters, the global `pictures` (pictures.gauge(…) and so on) and whitespace trimming to the app."""
    app.jinja_env.filters.update(FILTERS)
    drawn = {name: _safe(draw) for name, draw in PICTURES.items()}
    app.jinja_env.globals["pictures"] = SimpleNamespace(**drawn)
    app.jinja_env.trim_blocks = True

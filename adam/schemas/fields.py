"""The fields of our documents: text, days, shares, money, codes; each says what to do when it can't be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields

from adam.schemas.faults import Fault

CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
NO_CHARACTERS = "\ud800-\udfff\ufffe\uffff"
CODELESS = r"\u0000-\u001F!-*,;-@\[-^`{-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFFFE\uFFFF"
"""No part of a code: all ASCII but letters, digits and _.:-+/ and the space; what no text may hold."""
FORBIDDEN = re.compile(f"[{CONTROL}{DIRECTION}{NO_CHARACTERS}]")
UNSEEN = ("Cf", "Zs", "Zl", "Zp")
"""Categories of characters that leave no mark by themselves: joiners, spaces of no width."""
BREAKS = re.compile(r"[\t\r\n]")
DECIMAL = re.compile(r"\d{1,14}(\.\d{1,2})?", re.ASCII)
"""At most 14 places before the point: 500 such amounts still add up exactly in 64 bits of cents on SQLite."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
CENT = Decimal("0.01")
NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)

REQUIRED = Fault("required", "This answer is needed.")
MESSAGES: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": REQUIRED,
    "null": REQUIRED,
    "invalid": Fault("type", "This must be text."),
    "type": Fault("type", "This must be an object with named fields."),
    "validator_failed": Fault("value", "This value can't be taken."),
    "unknown": Fault("unknown_field", "No field of this name is known: leave it out or mend its name."),
}
fields.Field.default_error_messages.update({"required": REQUIRED, "null": REQUIRED})


class Text(fields.String):
    """Text in NFC without control, bidirectional-override or lone-surrogate characters; trimmed."""

    default_error_messages = MESSAGES

    def __init__(self, longest: int, *, lines: bool = False, **more: Any):
        super().__init__(**more)
        self.longest, self.lines = longest, lines

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if not text.isascii() or not text.isprintable():
            text = self._clean(text)
        text = text.strip()
        if self.required and not text:
            raise self.make_error("required")
        if len(text) > self.longest:
            raise ValidationError(
                Fault("too_long", f"At most {self.longest} characters: this has {len(text)}.")
            )
        return text

    def _clean(self, text: str) -> str:
        if not self.lines:
            text = BREAKS.sub(" ", text)
        if FORBIDDEN.search(text):
            raise ValidationError(
                Fault("characters", "Take out the invisible control or direction characters in this text.")
            )
        seen = any(unicodedata.category(sign) not in UNSEEN for sign in text)
        return unicodedata.normalize("NFC", text) if seen else ""


class Choice(fields.String):
    """One of a few codes."""

    default_error_messages = MESSAGES

    def __init__(self, codes: Iterable[str], **more: Any):
        super().__init__(**more)
        self.codes = tuple(codes)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        code = super()._deserialize(value, attr, data, **more)
        if code not in self.codes:
            if not code:
                raise self.make_error("required")
            raise ValidationError(Fault("choice", f"Choose one of: {', '.join(self.codes)}."))
        return code


class Code(fields.String):
    """A code of a vocabulary; whether it exists is a question for the service."""

    default_error_messages = MESSAGES
    pattern = re.compile(rf"[^{CODELESS}]{{1,100}}")

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        code = super()._deserialize(value, attr, data, **more)
        if not self.pattern.fullmatch(code):
            raise ValidationError(Fault("code", "Give a code of at most 100 letters, digits and hyphens."))
        return code


class ShortCode(Code):
    """A code that is short by nature, such as a country's or a currency's."""

    pattern = re.compile(r"[\w.:\-]{1,32}", re.ASCII)


class Day(fields.Field[date]):
    """A day as YYYY-MM-DD, between 1900 and 2100."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise ValidationError(Fault("date", "Give the day as year, month, day, such as 2008-01-15."))
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise ValidationError(Fault("date", f"{value} is no day of the calendar.")) from None
        if not 1900 <= day.year <= 2100:
            raise ValidationError(Fault("date", "Give a year between 1900 and 2100."))
        return day


class Whole(fields.Integer):
    """A whole number; 3.0 is one too, as JSON has it, 3.5 and "3" are none."""

    default_error_messages = MESSAGES | {"invalid": Fault("type", "This must be a whole number.")}

    def __init__(self, **more: Any):
        super().__init__(strict=True, **more)

    def _validated(self, value: Any) -> int:
        return super()._validated(int(value) if isinstance(value, float) and value.is_integer() else value)


class Flag(fields.Boolean):
    """True or false themselves: no number and no word stands for them."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(Fault("choice", "Choose true or false."))
        return value


class Money(fields.Field[Decimal]):
    """An amount above zero as a decimal string with at most two places; a JSON number is refused."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Decimal:
        amount = decimal_of(value, 'Give the amount as text with at most two places, such as "1200000.00".')
        if amount <= 0:
            raise ValidationError(Fault("amount", "The amount must be above zero."))
        return amount


class Share(fields.Field[Decimal]):
    """A share in percent, above 0 and at most 100, as a decimal string; null stays "not allocated"."""

    default_error_messages = MESSAGES

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Decimal:
        share = decimal_of(value, 'Give the share in percent as text, such as "60.00".')
        if not 0 < share <= 100:
            raise ValidationError(Fault("share", "A share is above 0 and at most 100 percent."))
        return share


class Coordinate(fields.Field[Decimal]):
    """Degrees as a decimal string, within `limit` either side of zero; places beyond the sixth are rounded."""

    default_error_messages = MESSAGES

    def __init__(self, limit: int, **more: Any):
        super().__init__(**more)
        self.limit = limit

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Decimal:
        if not isinstance(value, str) or not NUMBER.fullmatch(value) or abs(Decimal(value)) > self.limit:
            raise ValidationError(
                Fault(
                    "coordinate",
                    f'Give degrees between -{self.limit} and {self.limit} as text, such as "34.52".',
                )
            )
        return Decimal(value).quantize(Decimal("0.000001"))


class Link(Text):
    """An address on the web."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        url = super()._deserialize(value, attr, data, **more)
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValidationError(Fault("url", "Give an address that begins with https:// or http://."))
        return url


def decimal_of(value: Any, hint: str) -> Decimal:
    """A decimal string as Decimal; raises ValidationError with `hint` for anything else."""
    if not isinstance(value, str) or not DECIMAL.fullmatch(value):
        raise ValidationError(Fault("decimal", hint))
    try:
        return Decimal(value).quantize(CENT)
    except InvalidOperation:
        raise ValidationError(Fault("decimal", hint)) from None

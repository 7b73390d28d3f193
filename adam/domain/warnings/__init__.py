"""Warnings: what is allowed in a draft but worth a second look; each rule is one function, named by its code."""

from __future__ import annotations

from adam.domain.warnings.judging import ERRORS, WARNINGS, Warned, about, broken, errors, warnings
from adam.domain.warnings.known import Known, Usual
from adam.domain.warnings.money import FEW

__all__ = ["ERRORS", "FEW", "WARNINGS", "Known", "Usual", "Warned", "about", "broken", "errors", "warnings"]

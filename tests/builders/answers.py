"""What people write into the submission form: posted fields with defaults, rows as repeated names."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from werkzeug.test import TestResponse

_numbers = count(1)
ERRORS = re.compile(r'<p class="err"(?: id="([^"]+)-e")?>.*?</svg>(.*?)</p>', re.DOTALL)
SUMMARY = re.compile(r'<li><a href="(#[^"]+)">([^<]+)</a></li>')


def answers(**different: Any) -> dict[str, Any]:
    """The form of a project that passes; a list is a repeated field."""
    usual: dict[str, Any] = {
        "title": "Border posts on the Panj",
        "description": "Training of the officers at the border posts, with radios, in twelve courses.",
        "language": "en",
        "status": "active",
        "visibility": "partners",
        "start_planned": "2024-01-01",
        "end_planned": "2026-12-31",
        "org_role": ["funding", "implementing"],
        "org_name": ["Norway", "UNODC"],
        "country": ["TJ", ""],
        "country_share": ["100", ""],
        "pillar": ["I.5"],
        "pillar_share": ["100"],
        "pillar_rationale": [""],
        "assistance_type": ["training"],
        "beneficiary_name": ["Border Guards of Tajikistan"],
        "beneficiary_kind": ["border_guard"],
        "contribution_by": ["Norway"],
        "contribution_kind": ["commitment"],
        "contribution_amount": ["1 200 000.00"],
        "contribution_currency": ["USD"],
        "contribution_date": ["2024-01-01"],
        "once": f"{next(_numbers):032x}",
        "action": "submit",
    }
    return usual | different


def faults(page: TestResponse) -> dict[str, str]:
    """The sentence beside each field, by the id of the field."""
    return {key: text.strip() for key, text in ERRORS.findall(page.text) if key}


def summary(page: TestResponse) -> list[str]:
    """Where the summary above the form leads to."""
    return [href for href, _text in SUMMARY.findall(page.text)]


def version_in(page: TestResponse) -> str:
    """The version that the forms of a page carry."""
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found, "no form of this page carries a version"
    return found.group(1)

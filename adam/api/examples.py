"""Examples of what is sent, as the documentation shows them; the tests send every one."""

from __future__ import annotations

from typing import Any

PROJECT: dict[str, Any] = {
    "title": "Border liaison offices in Badakhshan",
    "language": "en",
    "description": "Trains and equips officers of two border liaison offices to stop precursors.",
    "status": "active",
    "visibility": "partners",
    "start_planned": "2025-06-01",
    "end_planned": "2027-05-31",
    "organizations": [
        {"role": "funding", "organization": "NO"},
        {"role": "implementing", "organization": "UNODC"},
    ],
    "countries": [{"country": "AF", "share": "60.00"}, {"country": "TJ", "share": "40.00"}],
    "pillars": [{"pillar": "I", "commitment": "I.5", "share": "100.00"}],
    "assistance_types": ["training", "equipment"],
    "beneficiaries": [{"name": "Border police of Badakhshan", "kind": "border_guard"}],
    "contributions": [
        {
            "organization": "NO",
            "kind": "commitment",
            "amount": "1200000.00",
            "currency": "USD",
            "value_date": "2025-06-01",
        }
    ],
    "identifiers": [{"scheme": "own", "value": "NO-2025-017"}],
}
SUBMISSION = {"source_ref": "NO-2025-017", "project": PROJECT, "project_id": None}
COMMENT = {
    "comment": "Name the institution that benefits in Tajikistan.",
    "pointer": "#/project/beneficiaries",
}
RETURN = {
    "comments": [COMMENT, {"comment": "Which phase is this?", "pointer": None}],
}
REPLY = {"comment": "The border guards; they stand in the list now.", "answers": 1}
JUDGEMENT = {
    "verdict": "complementary",
    "reason": "One trains, the other equips; both focal points agreed on the division on 3 March.",
    "review_on": None,
}
REPORT = {
    "kind": "overlap",
    "scope": {"countries": ["AF"], "pillars": ["I"], "from": "2020-01-01", "to": None},
}

ROUND = {
    "title": "Records of pillar I in Afghanistan",
    "deadline": "2099-03-31",
    "scope": {"countries": ["AF"], "pillars": ["I"], "statuses": ["active"]},
}

WEBHOOK = {
    "name": "Our register",
    "url": "https://register.example.org/adam",
    "events": ["submission.validated", "submission.returned", "submission.commented"],
}
TOKEN = {"name": "Nightly sync", "scopes": ["read", "submit"], "days": 365}

BATCH = {
    "submissions": [
        {"source_ref": "NO-2025-017", "project": PROJECT},
        {
            "source_ref": "NO-2025-018",
            "project": PROJECT
            | {
                "title": "Laboratory equipment for precursor tests in Dushanbe",
                "countries": [{"country": "TJ", "share": "100.00"}],
                "identifiers": [{"scheme": "own", "value": "NO-2025-018"}],
            },
        },
    ]
}

EXAMPLES: dict[tuple[str, str], dict[str, Any]] = {
    ("/api/v1/submissions", "post"): SUBMISSION,
    ("/api/v1/submissions/check", "post"): SUBMISSION,
    ("/api/v1/submissions/batch", "post"): BATCH,
    ("/api/v1/submissions/{submission_id}", "patch"): {
        "project": {"title": "Border liaison offices in two provinces"}
    },
    ("/api/v1/submissions/{submission_id}/return", "post"): RETURN,
    ("/api/v1/submissions/{submission_id}/replies", "post"): REPLY,
    ("/api/v1/submissions/{submission_id}/reject", "post"): COMMENT,
    ("/api/v1/findings/{finding_id}/judgements", "post"): JUDGEMENT,
    ("/api/v1/reports", "post"): REPORT,
    ("/api/v1/validation-rounds", "post"): ROUND,
    ("/api/v1/webhooks", "post"): WEBHOOK,
    ("/api/v1/tokens", "post"): TOKEN,
}

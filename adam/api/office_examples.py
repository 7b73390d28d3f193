"""Examples of what coordinators and administrators send, and partners to them; the tests send every one."""

from __future__ import annotations

from typing import Any

REASON = {"reason": "Both focal points say that these are two projects after all."}
VERDICTS = {
    "judgements": [
        {
            "finding": "01980000-0000-7000-8000-000000000001",
            "version": 1,
            "verdict": "unrelated",
            "reason": "Same words, other institutions.",
        }
    ]
}
FOCAL_POINT = {
    "partner": "NO",
    "name": "Kari Nordmann",
    "email": "kari.nordmann@example.org",
    "pillars": ["I"],
    "countries": ["AF", "TJ"],
    "since": "2026-01-01",
}
MEETING = {
    "title": "Expert working group on precursors, Vienna",
    "kind": "expert_working_group",
    "pillar": "III",
    "place": "Vienna",
    "starts_on": "2026-10-22",
    "ends_on": "2026-10-23",
}
RECOMMENDATION = {
    "title": "Equip laboratories at the border with field tests for acetic anhydride",
    "pillar": "III",
    "countries": ["TJ", "UZ"],
    "due": "2027-12-31",
}
NEED = {
    "country": "TJ",
    "pillar": "III",
    "statement": "A laboratory that can tell precursors apart",
    "recorded_on": "2026-01-15",
    "source": "Expert working group, Vienna",
}
SAVED_SCOPE = {
    "name": "Afghanistan, every month",
    "kind": "overlap",
    "scope": {"countries": ["AF"]},
    "forms": ["pdf"],
    "rhythm": "monthly",
    "day": 3,
}
CLOSED = {"outcome": "one_stops", "text": "Norway ends its course in June; UNODC goes on."}
ACCOUNT = {"email": "kari@example.org", "name": "Kari Nordmann", "role": "focal_point", "partner": "NO"}

OFFICE: dict[tuple[str, str], dict[str, Any]] = {
    ("/api/v1/focal-points", "post"): FOCAL_POINT,
    ("/api/v1/focal-points/{focal_point_id}", "patch"): {"until": "2099-12-31"},
    ("/api/v1/accounts", "post"): ACCOUNT,
    ("/api/v1/accounts/{account_id}", "patch"): {"name": "Kari Hansen"},
    ("/api/v1/meetings", "post"): MEETING,
    ("/api/v1/meetings/{meeting_id}", "patch"): {"host": "UNODC"},
    ("/api/v1/recommendations", "post"): RECOMMENDATION,
    ("/api/v1/recommendations/{recommendation_id}", "patch"): {"due": "2028-06-30"},
    ("/api/v1/recommendations/{recommendation_id}/projects", "post"): {"project": "ADAM-000001"},
    ("/api/v1/needs", "post"): NEED,
    ("/api/v1/needs/{need_id}", "patch"): {"closed": True, "closed_reason": "Met by the course at Dushanbe."},
    ("/api/v1/saved-scopes", "post"): SAVED_SCOPE,
    ("/api/v1/saved-scopes/{scope_id}", "patch"): {"name": "Afghanistan, on the third of the month"},
    ("/api/v1/webhooks/{webhook_id}", "patch"): {"events": ["submission.validated", "submission.returned"]},
    ("/api/v1/validation-rounds/{round_id}/records/{project_id}", "post"): {"answer": "confirmed"},
    ("/api/v1/cases/{case_id}/messages", "post"): {
        "text": "We train until June; could you take the equipment?"
    },
    ("/api/v1/cases/{case_id}/due", "post"): {
        "due_on": "2099-06-30",
        "reason": "Both missions travel in May.",
    },
    ("/api/v1/cases/{case_id}/close", "post"): CLOSED,
    ("/api/v1/cases/{case_id}/reopen", "post"): REASON,
    ("/api/v1/findings/judgements", "post"): VERDICTS,
    ("/api/v1/findings/{finding_id}/take-back", "post"): REASON,
    ("/api/v1/projects/{project_id}/unmerge", "post"): REASON,
}

"""The kinds of meetings of the partnership (source 002, 28-30; 000, 53-58)."""

from __future__ import annotations

KINDS = (
    "ministerial_conference",
    "policy_consultative_group",
    "expert_working_group",
    "round_table",
    "other",
)
NAMES = {
    "ministerial_conference": "Ministerial conference",
    "policy_consultative_group": "Policy Consultative Group",
    "expert_working_group": "Expert working group",
    "round_table": "Expert round table",
    "other": "Other meeting",
}

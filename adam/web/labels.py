"""The words for codes that the software itself defines; codes of the vocabulary get their names from the database."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

LABELS: dict[str, dict[str, object]] = {
    "kind": {
        "record_duplicate": _l("Record duplicate"),
        "same_money": _l("Same money"),
        "co_financed": _l("Co-financed"),
        "component": _l("Component"),
        "continuation": _l("Continuation"),
        "duplicate_assistance": _l("Duplicate assistance"),
        "overlap": _l("Overlap"),
        "complementary": _l("Complementary"),
        "fragmentation": _l("Fragmentation"),
        "gap": _l("Gap"),
        "coming_gap": _l("Coming gap"),
        "unrelated": _l("Unrelated"),
    },
    "kinds": {
        "record_duplicate": _l("Record duplicates"),
        "same_money": _l("Same money"),
        "component": _l("Programmes and their components"),
        "continuation": _l("Continuations"),
        "duplicate_assistance": _l("Duplicate assistance"),
        "overlap": _l("Overlaps"),
        "fragmentation": _l("Fragmented cells"),
        "gap": _l("Gaps"),
        "coming_gap": _l("Coming gaps"),
    },
    "report": {
        "overlap": _l("Overlap report"),
        "coverage": _l("Coverage report"),
        "gaps": _l("Gaps report"),
        "annual": _l("Annual report"),
    },
    "rhythm": {
        "never": _l("Only by hand"),
        "weekly": _l("Every week"),
        "monthly": _l("Every month"),
        "quarterly": _l("Every quarter"),
    },
    "recommendation": {
        "open": _l("Open"),
        "under_way": _l("Under way"),
        "done": _l("Done"),
        "dropped": _l("Dropped"),
    },
    "meeting": {
        "ministerial_conference": _l("Ministerial conference"),
        "policy_consultative_group": _l("Policy Consultative Group"),
        "expert_working_group": _l("Expert working group"),
        "round_table": _l("Expert round table"),
        "other": _l("Other meeting"),
    },
    "round": {
        "open": _l("Open"),
        "closed": _l("Closed"),
        "waiting": _l("Waiting"),
        "confirmed": _l("Still correct"),
        "updated": _l("Updated"),
        "withdrawn": _l("To take out"),
    },
    "case": {"open": _l("Open"), "overdue": _l("Overdue"), "closed": _l("Closed")},
    "case_move": {
        "opened": _l("opened the case"),
        "due": _l("gave it another day"),
        "closed": _l("closed the case"),
        "reopened": _l("opened it again"),
    },
    "outcome": {
        "labour_divided": _l("Labour divided"),
        "one_stops": _l("One of the two stops"),
        "merged_programmes": _l("Programmes merged"),
        "joint_programme": _l("Joint programme"),
        "no_overlap": _l("No overlap after all"),
        "other": _l("Other"),
        "withdrawn": _l("The verdict was taken back"),
    },
    "state": {
        "draft": _l("Draft"),
        "submitted": _l("Submitted"),
        "returned": _l("Returned"),
        "validated": _l("Validated"),
        "rejected": _l("Rejected"),
        "owner": _l("The record's owner"),
        "withdrawn": _l("Withdrawn"),
        "open": _l("Open"),
        "decided": _l("Decided"),
        "reopened": _l("Reopened"),
        "gone": _l("No longer found"),
        "stated": _l("Stated by the reporter"),
        "proposed": _l("Proposed"),
        "confidential": _l("Confidential"),
        "pipeline": _l("In preparation"),
        "active": _l("Active"),
        "suspended": _l("Suspended"),
        "completed": _l("Completed"),
        "cancelled": _l("Cancelled"),
    },
    "agreement": {
        "exact": _l("Same"),
        "close": _l("Close"),
        "different": _l("Different"),
        "missing": _l("Not given"),
    },
    "role": {
        "funding": _l("Funding"),
        "extending": _l("Extending"),
        "accountable": _l("Accountable"),
        "implementing": _l("Implementing"),
    },
    "contribution": {
        "pledge": _l("Pledge"),
        "commitment": _l("Commitment"),
        "disbursement": _l("Disbursement"),
        "expenditure": _l("Expenditure"),
    },
    "visibility": {
        "partners": _l("Partners"),
        "public": _l("Public"),
        "confidential": _l("Confidential"),
    },
    "relation": {
        "component": _l("Component"),
        "continuation": _l("Continuation"),
        "same_money": _l("Same money"),
        "co_financed": _l("Co-financed"),
        "complementary": _l("Complementary"),
    },
    "body": {
        "government": _l("Government"),
        "multilateral": _l("International organization"),
        "ngo": _l("Non-governmental organization"),
        "foundation": _l("Foundation"),
        "academic": _l("University or institute"),
        "public_private": _l("Public-private partnership"),
    },
    "coverage": {
        "empty": _l("none"),
        "single": _l("single"),
        "covered": _l("covered"),
        "crowded": _l("crowded"),
    },
}


def label(code: str | None, group: str) -> str:
    """The word for `code` in one of the groups of LABELS; the code itself where it has none, "" for None."""
    if code is None:
        return ""
    return str(LABELS[group].get(code, code))

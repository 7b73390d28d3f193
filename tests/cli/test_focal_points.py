"""`adam focal-point`: designated, listed, ended."""

import re

from tests.builders.commands import adam
from tests.databases import Database

DESIGNATE = ("focal-point", "designate", "--partner", "NO", "--name", "Kari")
ID = re.compile(r"[0-9a-f-]{36}")


def test_who_is_designated_is_listed_until_ended(fresh_database: Database):
    made = adam(fresh_database, *DESIGNATE, "--pillar", "I", "--pillar", "II", "--country", "AF")
    [person] = ID.findall(made.output)

    listed = adam(fresh_database, "focal-point", "list", "--partner", "NO").output
    ended = adam(fresh_database, "focal-point", "end", person)
    after = adam(fresh_database, "focal-point", "list").output

    assert person in listed and "Kari, national" in listed
    assert ended.exit_code == 0 and person not in after


def test_everything_wrong_is_said_at_once_and_nothing_is_kept(fresh_database: Database):
    wrong = ("--pillar", "V", "--since", "2026-02-01", "--until", "2026-01-01")

    refused = adam(fresh_database, *DESIGNATE, *wrong)

    assert refused.exit_code == 2
    assert "#/pillars/0" in refused.output and "#/until" in refused.output
    assert adam(fresh_database, "focal-point", "list").output == ""

#!/usr/bin/env python3
"""Bring your partner's projects to ADAM every night: new and changed ones are handed in, the rest stays as it is.

    ADAM_URL=https://adam.example/api/v1 ADAM_TOKEN=… python3 nightly_sync.py projects.json

projects.json is a list of {"source_ref": "your own key", "project": {…}} (see docs/api.md for the project object), or
one such object a line. A .csv file works too: adapt `project_of` to your columns. Python 3.11, standard library only.

It may be killed at any moment and started again: ADAM knows each record by its `source_ref`, so what was taken before
is unchanged the second time and never becomes a twin. One wrong record blocks no other; it is printed with what to
mend, and the exit status is then 1.
"""

import csv
import json
import os
import random
import sys
import time
import urllib.error
import urllib.request
from collections import Counter

URL, TOKEN = os.environ.get("ADAM_URL", ""), os.environ.get("ADAM_TOKEN", "")
RECORDS, BYTES = 200, 900_000  # A request holds at most 200 records and 1 MiB.
TRIES, LONGEST = 12, 60
AGAIN = (408, 409, 425, 429, 500, 502, 503, 504)


def records(path):
    """What the file holds, one record after the other."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        if path.endswith(".csv"):
            for row in csv.DictReader(file):
                yield {"source_ref": row["id"], "project": project_of(row)}
        elif file.read(1) == "[":
            file.seek(0)
            yield from json.load(file)
        else:
            file.seek(0)
            yield from (json.loads(line) for line in file if line.strip())


def project_of(row):
    """A row of your own table as a project object: mend this for your columns."""
    return {
        "title": row["title"],
        "status": row["status"],
        "visibility": "partners",
        "start_planned": row["start"] or None,
        "end_planned": row["end"] or None,
        "organizations": [{"role": "implementing", "organization": row["implementer"]}],
        "countries": [{"country": code} for code in row["countries"].split(";")],
        "pillars": [{"pillar": row["pillar"]}],
    }


def batches(found):
    """Records in lists that fit into one request."""
    batch, size = [], 0
    for record in found:
        length = len(json.dumps(record).encode())
        if batch and (len(batch) == RECORDS or size + length > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(record)
        size += length + 2
    if batch:
        yield batch


def send(batch):
    """The outcome of each record; waits and tries again while ADAM is busy, restarting, or says how long to wait."""
    body = json.dumps({"submissions": batch}).encode()
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    for number in range(TRIES):
        wait = min(LONGEST, 2**number) * random.uniform(0.5, 1)
        try:
            request = urllib.request.Request(f"{URL}/submissions/batch", body, headers, method="POST")
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["items"]
        except urllib.error.HTTPError as error:
            if error.code not in AGAIN:
                sys.exit(f"ADAM answers {error.code}: {error.read().decode('utf-8', 'replace')}")
            wait = float(error.headers.get("Retry-After") or wait)
        except OSError as error:
            print(f"ADAM can't be reached ({error}): trying again in {wait:.0f} s", file=sys.stderr)
        time.sleep(wait)
    sys.exit("ADAM could not be reached for long: start this again later; what was sent is kept.")


def main(path):
    """Send everything, print what became of it; 1 where a record was refused."""
    started, counts = time.monotonic(), Counter()
    for batch in batches(records(path)):
        for outcome in send(batch):
            counts[outcome["result"]] += 1
            for problem in outcome["problems"]:
                print(f"{outcome['source_ref']} {problem['pointer']}: {problem['detail']}", file=sys.stderr)
    told = ", ".join(f"{counts[result]} {result}" for result in ("new", "updated", "unchanged", "refused"))
    print(f"{told}, {time.monotonic() - started:.1f} s")
    return 1 if counts["refused"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

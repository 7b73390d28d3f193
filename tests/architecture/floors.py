"""Who may import whom: the floors of the house and, for each, the floors it may stand on."""

BASE = {"domain", "errors"}

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "settings": set(),
    "database": set(),
    "domain": {"errors"},
    "matching": BASE,
    "exchange": BASE,
    "pictures": BASE,
    "models": {"domain"},
    "schemas": BASE,
    "queries": BASE | {"models"},
    # `pictures` because a report that leaves the house carries them: see docs/decisions/0013.
    "services": BASE | {"queries", "models", "matching", "exchange", "pictures"},
    "http": BASE | {"services"},
    "api": BASE | {"http", "schemas", "services", "queries", "exchange", "pictures"},
    "web": BASE | {"http", "schemas", "services", "queries", "exchange", "pictures"},
    # `matching` because `adam match` is the engine alone: see docs/decisions/0005.
    "cli": BASE | {"services", "queries", "schemas", "exchange", "matching", "database", "settings"},
}

# The only file that knows every part.
KNOWS_EVERYTHING = "app"


def floor_of(module: str) -> str | None:
    """adam.models.projects → models; None for what isn't ours and for adam itself."""
    parts = module.split(".")
    return parts[1] if parts[0] == "adam" and len(parts) > 1 else None


def allowed(importer: str, imported: str) -> bool:
    """Whether one floor may import another."""
    return importer in (imported, KNOWS_EVERYTHING) or imported in MAY_IMPORT.get(importer, set())

"""The commands as a whole: light to load, and no traceback for what isn't a fault of ours."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from adam.cli import COMMANDS, main
from tests.databases import ROOT

HEAVY = {"flask", "sqlalchemy", "alembic", "waitress"}


@pytest.mark.parametrize("words", [["--help"], ["match", "--help"]])
def test_help_and_the_engine_load_neither_the_web_nor_the_database(words: list[str]):
    script = (
        "import sys\nfrom adam.cli import main\n"
        f"try: main({words})\nexcept SystemExit: pass\n"
        f"print('loaded:', *({HEAVY} & sys.modules.keys()))"
    )

    shown = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert shown.stdout.splitlines()[-1] == "loaded:"


def test_every_command_says_what_it_does():
    for name in main.list_commands(None):  # type: ignore[arg-type]
        shown = CliRunner().invoke(main, [name, "--help"])

        assert shown.exit_code == 0, shown.output
        assert name in COMMANDS


def test_unsafe_production_settings_are_named_without_a_traceback(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ADAM_ENV", "production")
    monkeypatch.delenv("ADAM_SECRET_KEY", raising=False)

    refused = CliRunner().invoke(main, ["db", "check"])

    assert refused.exit_code == 2
    assert "ADAM_SECRET_KEY" in refused.stderr

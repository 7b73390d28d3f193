"""The command-line face: one module a noun, loaded when its command is called, so that `adam match` stays light."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from adam.errors import AdamError, Invalid

COMMANDS = {
    "up": ("adam.cli.serving:up", "Migrate, seed, screen, report and serve: what `make run` does."),
    "serve": ("adam.cli.serving:serve", "Serve the web pages and the API."),
    "worker": ("adam.cli.working:command", "Do later work: imports that were uploaded, and what else waits."),
    "db": ("adam.cli.database:group", "Bring the database up to date, or check it."),
    "seed": ("adam.cli.seeding:command", "Load the vocabulary and the real projects of the sources."),
    "account": ("adam.cli.accounts:account", "Make accounts."),
    "focal-point": ("adam.cli.focal_points:group", "Say who answers for a partner."),
    "messages": ("adam.cli.messages:group", "Look after e-mails: list, send, try again, test the server."),
    "token": ("adam.cli.accounts:token", "Make tokens for the API."),
    "links": ("adam.cli.accounts:links", "Print sign-in links of the demonstration accounts."),
    "import": ("adam.cli.imports:group", "Take records in from files."),
    "export": ("adam.cli.exports:group", "Write the template for partners, or accepted projects as files."),
    "screen": ("adam.cli.screening:command", "Compare all records and store the findings."),
    "match": ("adam.cli.matching:command", "Compare the records of a file: the engine alone, no database."),
    "report": ("adam.cli.reports:group", "Run, store and write reports."),
    "rounds": ("adam.cli.rounds:group", "Remind partners of validation rounds."),
    "rates": ("adam.cli.rates:group", "Load exchange rates."),
    "needs": ("adam.cli.needs:group", "Load recorded needs."),
    "backup": ("adam.cli.archives:backup", "Write the whole service into one file, while it runs."),
    "restore": ("adam.cli.archives:restore", "Put such a file into an empty database."),
    "audit": ("adam.cli.accounts:audit", "Check that the history is whole."),
}


class Lazy(click.Group):
    """Imports a command when it is called, and says what went wrong without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order above."""
        return [name for name, (path, _) in COMMANDS.items() if find_spec(path.split(":")[0])]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command, loaded now; None where there is none of this name."""
        if name not in self.list_commands(ctx):
            return None
        module, attribute = COMMANDS[name][0].split(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what ADAM and its surroundings raise becomes a sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except Invalid as error:
            for problem in error.problems:
                click.echo(f"{problem.pointer}: {problem.detail}", err=True)
            ctx.exit(2)
        except (AdamError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            click.echo(str(error), err=True)
            ctx.exit(2)
        except Exception as error:
            sentence = _sentence(error)
            if sentence is None:
                raise
            click.echo(sentence, err=True)
            ctx.exit(2)


def _sentence(error: Exception) -> str | None:
    """What to tell of an error of the settings or the database; None for what is a fault of ours."""
    kind = type(error).__name__
    if kind == "UnsafeSettings":
        return str(error)
    if "sqlalchemy" not in sys.modules or not type(error).__module__.startswith("sqlalchemy"):
        return None
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "no such table" in reason or "does not exist" in reason or "no such column" in reason:
        return f"The database isn't set up or is behind ({reason}): run `adam db upgrade`."
    if kind == "OperationalError":
        return f"The database can't be used: {reason}"
    if kind in ("ArgumentError", "NoSuchModuleError"):
        return f"ADAM_DATABASE_URL can't be used: {reason}"
    return None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="adam")
def main() -> None:
    """ADAM, the Automated Donor Assistance Mechanism: who helps whom, where, and where twice."""

"""`adam account`, `adam token`, `adam links`, `adam audit`: who gets in, and whether the history is whole."""

from __future__ import annotations

import sys

import click

from adam.cli.opening import opened
from adam.domain.actors import ROLES, SCOPES
from adam.errors import Forbidden
from adam.queries import accounts as known
from adam.schemas.accounts import AccountSchema, TokenSchema
from adam.schemas.faults import load as read
from adam.services import accounts, history, tokens
from adam.settings import Settings, load

TOKEN_DAYS = 365


@click.group("account")
def account() -> None:
    """Make accounts."""


@account.command("create")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--partner", help="The partner a focal point acts for, such as NO or UNODC.")
@click.option("--name", help="How the person is called in the history; the address's beginning unless given.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
def create_account(
    email: str, role: str, partner: str | None, name: str | None, password_stdin: bool
) -> None:
    """Make an account. Without --password-stdin it has no password and can only be given tokens."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    asked = {"email": email, "role": role, "partner": partner, "name": name, "password": password}
    draft = read(AccountSchema(), asked)
    with opened(load()) as w:
        accounts.create(w, draft)
    click.echo(f"Made the account {draft['email']} with the role {role}.")


@click.group("token")
def token() -> None:
    """Make tokens for the API."""


@token.command("create")
@click.argument("email")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    help="Repeat for several; all unless given.",
)
@click.option("--expires", "days", type=int, default=TOKEN_DAYS, show_default=True, help="In how many days.")
@click.option("--name", help="What it is for, such as: nightly sync.")
def create_token(email: str, scopes: tuple[str, ...], days: int, name: str | None) -> None:
    """Make a token and print it alone, once: only its hash is kept."""
    draft = read(TokenSchema(), {"email": email, "name": name, "scopes": list(scopes), "days": days})
    with opened(load()) as w:
        plain = tokens.create(w, draft)[1]
    click.echo(plain)


@click.command("links")
@click.option("--base", help="The address of the server; the one of the settings unless given.")
def links(base: str | None) -> None:
    """Print sign-in links of the demonstration accounts; each works once, within 12 hours."""
    settings = load()
    for line in sign_in_links(settings, base or settings.public_url):
        click.echo(line)


def sign_in_links(settings: Settings, base: str) -> list[str]:
    """A line for each demonstration account: its role and partner, and a new link. Refused in production."""
    if settings.env == "production":
        raise Forbidden("Sign-in links are for development: production has real accounts with passwords.")
    with opened(settings) as w:
        made = [(one, accounts.create_link(w, one)) for one in known.demonstration(w.session)]
    if not made:
        return ["There are no demonstration accounts: make them with `adam seed --demo`."]
    width = max(len(_called(one)) for one, _ in made)
    return [f"{_called(one):{width}}  {base.rstrip('/')}/sign-in/link/{link}" for one, link in made]


def _called(one: accounts.Account) -> str:
    """Such as: focal point of NO."""
    return one.role.replace("_", " ") + (f" of {one.partner}" if one.partner else "")


@click.group("audit")
def audit() -> None:
    """Check that the history is whole."""


@audit.command("verify")
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Recompute the chain of the history; exit 1 and name the first broken entry."""
    with opened(load(), read_only=True) as w:
        broken = history.first_broken(w.session)
    if broken is not None:
        click.echo(
            f"The history is broken at entry {broken}: it was changed, or entries before it are gone.",
            err=True,
        )
        ctx.exit(1)
    click.echo("The history is whole: every entry follows from the one before.")

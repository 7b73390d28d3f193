"""`adam messages`: the e-mails on their way, and the chore of the worker that makes and sends them."""

from __future__ import annotations

from functools import lru_cache
from pkgutil import resolve_name
from typing import Any

import click

from adam.cli.opening import opened
from adam.database import make_engine, sessions
from adam.queries import messages as questions
from adam.schemas.faults import load as read
from adam.schemas.messages import AddressSchema
from adam.services import mails, post, rules
from adam.settings import Settings, load

# Named, not imported: the application stands above the commands and knows the letters' words.
APPLICATION = "adam.app:create_app"
MOST = 200


def chore(settings: Settings, make: mails.Sessions) -> int:
    """Make the e-mails that are due and send what waits; answers how many were sent. Safe to do twice at once."""
    known = rules.load()
    mails.gather(make, known)
    return mails.deliver(make, known, post.of(settings), _letters(settings))


@lru_cache(maxsize=1)
def _letters(settings: Settings) -> Any:
    """Who writes the letters."""
    return resolve_name(APPLICATION)(settings).extensions["adam_letters"]


@click.group("messages")
def group() -> None:
    """Look after e-mails: the worker sends them; see also the page /mails."""


@group.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(mails.STATES), help="Repeat for several.")
def listed(states: tuple[str, ...]) -> None:
    """Show e-mails, the newest first: state, tries, when, to whom and what went wrong."""
    settings = load()
    with opened(settings, read_only=True) as w:
        lines = [_line(row) for row in w.session.scalars(questions.mails(states).limit(MOST))]
        counts = questions.mail_counts(w.session)
    for line in lines:
        click.echo(line)
    click.echo(
        ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "No e-mails yet."
    )
    if not post.of(settings).ready:
        click.echo("No mail server is set (ADAM_SMTP_HOST, ADAM_MAIL_SENDER): what waits is kept, not sent.")


def _line(row: Any) -> str:
    said = f"  {row.error}" if row.error else ""
    return f"{row.id}  {row.state:8} {row.tries:2}  {row.created_at:%Y-%m-%d %H:%M}  {row.address}{said}"


@group.command("send")
def send() -> None:
    """Make and send now what is due."""
    settings = load()
    with opened(settings, read_only=True):
        pass
    click.echo(f"{_now(settings)} sent.")


@group.command("retry")
@click.argument("mail_id", metavar="ID")
def retry(mail_id: str) -> None:
    """Send an e-mail that was given up once more."""
    with opened(load()) as w:
        mail = mails.retry(w, mail_id)
    click.echo(f"The e-mail to {mail.address} waits to be sent.")


@group.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Send a test to an address now, to see whether the mail server is set up rightly."""
    settings = load()
    if not post.of(settings).ready:
        raise click.UsageError("Set ADAM_SMTP_HOST and ADAM_MAIL_SENDER first.")
    to = read(AddressSchema(), {"email": address})["email"]
    with opened(settings) as w:
        mail_id = mails.put(w, mails.TEST, to).id
    _now(settings)
    with opened(settings, read_only=True) as w:
        kept = questions.mail(w.session, mail_id)
        state, error = kept.state, kept.error
    click.echo(f"{state}: {error}" if error else state)
    if state != mails.SENT:
        raise SystemExit(1)


def _now(settings: Settings) -> int:
    engine = make_engine(settings.database_url)
    try:
        return chore(settings, sessions(engine))
    finally:
        engine.dispose()

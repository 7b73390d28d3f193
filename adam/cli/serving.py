"""`adam serve` and `adam up`: the production server, alone or after all that makes it worth looking at."""

from __future__ import annotations

import os
from dataclasses import replace
from pkgutil import resolve_name
from typing import Any

import click

from adam.cli.accounts import sign_in_links
from adam.cli.database import upgrade
from adam.cli.opening import BEHIND
from adam.cli.working import worker
from adam.database import make_engine, pending, sessions
from adam.errors import Conflict
from adam.services import rules, serving
from adam.settings import Settings, load, refuse_strangers

# Named, not imported: the application stands above the commands, and only serving needs Flask.
APPLICATION = "adam.app:create_app"


@click.command("serve")
@click.option("--host", help="The address to listen on; the settings' unless given.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; the settings' unless given.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the web pages and the API; refuses a database that waits for migrations."""
    run(_listening(load(), host, port))


@click.command("up")
@click.option("--host", help="The address to listen on; the settings' unless given.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port; the settings' unless given.")
def up(host: str | None, port: int | None) -> None:
    """Migrate, seed, screen, show the overlap report and sign-in links, and serve: all in one process."""
    from adam.cli import reports, screening, seeding

    settings = _listening(load(), host, port)
    demo = settings.env != "production"
    click.echo(upgrade(settings))
    click.echo(seeding.run(settings, demo))
    click.echo(screening.run(settings))
    click.echo(reports.overlap_summary(settings))
    run(settings, links=demo)


def _listening(settings: Settings, host: str | None, port: int | None) -> Settings:
    """The settings with the address that the command was given; refused where strangers could reach a known key."""
    found = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    refuse_strangers(found)
    return found


def run(settings: Settings, *, links: bool = False) -> None:
    """Serve until stopped; prints the address once the port is ours, and the sign-in links if asked for."""
    _refuse_pending(settings)
    server = _server(settings)
    serving.warm(sessions(make_engine(settings.database_url)), rules.load())
    address = f"http://{settings.host}:{server.effective_port}"
    if links:
        click.echo("Sign in with one of these links; each works once, within 12 hours:")
        for line in sign_in_links(settings, address):
            click.echo(f"  {line}")
    click.echo(f"ADAM serves on {address} (process {os.getpid()}; stop with Ctrl+C)")
    try:
        with worker(settings):
            server.run()
    finally:
        server.close()


def _refuse_pending(settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    try:
        if pending(engine.execution_options(read_only=True)):
            raise Conflict(BEHIND)
    finally:
        engine.dispose()


def _behind(proxy: str) -> dict[str, Any]:
    """Whom requests come from, by the word of the web server in front; of nobody else."""
    trusted = {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if proxy else {}
    return trusted | {"clear_untrusted_proxy_headers": True}


def _server(settings: Settings) -> Any:
    from waitress.server import create_server

    from adam.cli.channels import speaking

    try:
        server = create_server(
            resolve_name(APPLICATION)(settings),
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident=None,
            max_request_body_size=settings.import_limit + settings.body_limit,
            **_behind(settings.trusted_proxy),
        )
        return speaking(server)
    except OSError as error:
        raise Conflict(
            f"Port {settings.port} on {settings.host} can't be used: {error.strerror or error}."
        ) from None

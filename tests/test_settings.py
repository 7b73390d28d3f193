"""Settings: files, then variables; nothing unsafe goes into production."""

import pytest

from adam.settings import ROOT, UnsafeSettings, load

SAFE = {
    "ADAM_ENV": "production",
    "ADAM_SECRET_KEY": "k" * 48,
    "ADAM_PUBLIC_URL": "https://adam.example.org",
}


def test_without_any_variable_it_is_development_on_a_file_of_the_project():
    settings = load({})

    assert settings.env == "development"
    assert settings.database_url == f"sqlite:///{ROOT / 'var' / 'adam.db'}"


def test_a_variable_overrides_the_files_and_takes_their_type():
    settings = load({"ADAM_PORT": "9000", "ADAM_LANGUAGES": "en, fr", "ADAM_SECURE_COOKIES": "yes"})

    assert settings.port == 9000
    assert settings.languages == ("en", "fr")
    assert settings.secure_cookies is True


def test_a_variable_of_the_wrong_type_is_named():
    with pytest.raises(UnsafeSettings, match="ADAM_PORT is 'eighty': give a whole number"):
        load({"ADAM_PORT": "eighty"})


def test_an_unknown_environment_is_refused_with_those_there_are():
    with pytest.raises(UnsafeSettings, match="development, testing, production"):
        load({"ADAM_ENV": "staging"})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_an_address_of_postgresql_gets_the_driver_that_is_installed(scheme: str):
    settings = load({"ADAM_DATABASE_URL": f"{scheme}://adam@db/adam"})

    assert settings.database_url == "postgresql+psycopg://adam@db/adam"


def test_an_absolute_path_of_sqlite_stays_as_it_is():
    settings = load({"ADAM_DATABASE_URL": "sqlite:////srv/adam.db"})

    assert settings.database_url == "sqlite:////srv/adam.db"


def test_production_starts_when_everything_is_safe():
    settings = load(SAFE)

    assert settings.secure_cookies is True


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ADAM_SECRET_KEY", ""),
        ("ADAM_SECRET_KEY", "short"),
        ("ADAM_SECRET_KEY", "development only, never in production"),
        ("ADAM_PUBLIC_URL", "http://adam.example.org"),
        ("ADAM_SECURE_COOKIES", "no"),
    ],
)
def test_production_refuses_what_is_unsafe_and_names_it(variable: str, value: str):
    with pytest.raises(UnsafeSettings, match=f"(?i){variable.removeprefix('ADAM_')}"):
        load(SAFE | {variable: value})


MAIL = {
    "ADAM_SMTP_HOST": "mail.example.org",
    "ADAM_MAIL_SENDER": "adam@example.org",
    "ADAM_SMTP_USER": "adam",
    "ADAM_SMTP_PASSWORD": "a secret",
}


def test_production_starts_with_a_mail_server_that_is_wholly_set():
    settings = load(SAFE | MAIL)

    assert (settings.smtp_host, settings.smtp_security) == ("mail.example.org", "starttls")
    assert "a secret" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("ADAM_SMTP_HOST", "", "ADAM_MAIL_SENDER"),
        ("ADAM_MAIL_SENDER", "", "ADAM_SMTP_HOST"),
        ("ADAM_MAIL_SENDER", "ADAM <adam@example.org>", "an address alone"),
        ("ADAM_SMTP_PASSWORD", "", "ADAM_SMTP_USER"),
        ("ADAM_SMTP_SECURITY", "none", "where a password is sent"),
        ("ADAM_SMTP_SECURITY", "ssl", "one of starttls, tls, none"),
        ("ADAM_SMTP_PORT", "many", "whole number"),
    ],
)
def test_production_refuses_e_mail_that_is_half_set(variable: str, value: str, named: str):
    with pytest.raises(UnsafeSettings, match=named):
        load(SAFE | MAIL | {variable: value})

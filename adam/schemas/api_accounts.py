"""Accounts and tokens as the API asks for and answers them, for its documentation."""

from __future__ import annotations

from marshmallow import Schema, fields

from adam.domain.actors import ROLES, SCOPES
from adam.schemas.api_answers import many, maybe, moment, some, string
from adam.schemas.api_queries import PageQuery, Several, several
from adam.schemas.fields import Choice, ShortCode, Text

STATES = ("active", "suspended")


class AccountsQuery(PageQuery):
    """The filters of accounts."""

    role = several(ROLES, "Roles.")
    partner = Several(ShortCode(), "Partners that focal points act for.")
    state = several(STATES, "In use, or suspended.")
    q = Text(200, load_default="", metadata={"description": "Part of the name or the address."})


class AccountAnswer(Schema):
    """Somebody who can sign in; `answers` is false for a focal point whose person was ended: it reads and no more."""

    id, email, name = some(fields.UUID()), string(), string()
    role, partner = Choice(ROLES, required=True), maybe(string())
    state, answers = Choice(STATES, required=True), fields.Boolean(required=True)
    has_password, demo = fields.Boolean(required=True), fields.Boolean(required=True)
    sessions, tokens = fields.Integer(required=True), fields.Integer(required=True)
    created_at, signed_in_at = moment(), maybe(moment())
    version = fields.Integer(required=True)


class TokensQuery(PageQuery):
    """The filter of tokens."""

    state = Choice(
        ("good", "any"),
        load_default="good",
        metadata={"description": "good: neither over nor revoked; any: all."},
    )


class TokenAnswer(Schema):
    """A token without its text; `beginning` is what one recognises it by."""

    id, account_id, account = some(fields.UUID()), some(fields.UUID()), string()
    name, beginning, created_by = maybe(string()), maybe(string()), maybe(string())
    scopes = many(Choice(SCOPES))
    created_at, expires_at = moment(), maybe(moment())
    used_at, revoked_at = maybe(moment()), maybe(moment())


class NewTokenAnswer(TokenAnswer):
    """A token that was just made, with its text, which is never shown again."""

    token = string()

"""Makes `app` and nothing else: for servers that import it."""

from adam.app import create_app
from adam.services import holdings, register
from adam.settings import load

app = create_app(load())
parts = app.extensions["adam"]
holdings.warm(parts.sessions, parts.rules)
register.warm(parts.sessions, parts.rules)

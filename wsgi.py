"""Makes `app` and nothing else: for servers that import it."""

from adam.app import create_app
from adam.services import serving
from adam.settings import load

app = create_app(load())
parts = app.extensions["adam"]
serving.warm(parts.sessions, parts.rules)

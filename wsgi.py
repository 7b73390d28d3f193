"""Makes `app` and nothing else: for servers that import it."""

from adam.app import create_app
from adam.services import register
from adam.settings import load

app = create_app(load())
register.warm(app.extensions["adam"].sessions, app.extensions["adam"].rules)

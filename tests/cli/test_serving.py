"""`adam serve`: whom requests count for behind a web server, and that no known key is served to strangers."""

from __future__ import annotations

import pytest
from waitress.adjustments import Adjustments
from waitress.proxy_headers import proxy_headers_middleware

from adam.cli import serving
from adam.settings import UnsafeSettings, load, refuse_strangers

PROXY, VISITOR, ELSEWHERE = "127.0.0.1", "81.2.69.142", "10.0.0.9"


def counted_for(trusted: str, connects: str) -> str:
    """The address for which a request counts that names a visitor in X-Forwarded-For."""
    chosen = Adjustments(**serving._behind(trusted))
    seen: list[str] = []
    wrapped = proxy_headers_middleware(
        lambda environ, _start: seen.append(environ["REMOTE_ADDR"]) or [],
        trusted_proxy=chosen.trusted_proxy,
        trusted_proxy_headers=chosen.trusted_proxy_headers,
        clear_untrusted=chosen.clear_untrusted_proxy_headers,
    )
    wrapped({"REMOTE_ADDR": connects, "REMOTE_PORT": "1", "HTTP_X_FORWARDED_FOR": VISITOR}, print)
    return seen[0]


@pytest.mark.parametrize(
    ("trusted", "connects", "counted"),
    [(PROXY, PROXY, VISITOR), (PROXY, ELSEWHERE, ELSEWHERE), ("", PROXY, PROXY)],
)
def test_only_the_named_web_server_says_who_asks(trusted: str, connects: str, counted: str):
    assert counted_for(trusted, connects) == counted


def test_the_known_key_of_development_is_served_to_this_machine_alone():
    for host in ("0.0.0.0", "::", "192.168.1.5"):
        with pytest.raises(UnsafeSettings, match="ADAM_SECRET_KEY"):
            refuse_strangers(load({}, host=host))
        refuse_strangers(load({"ADAM_SECRET_KEY": "k" * 48}, host=host))
    refuse_strangers(load({}))

"""From where a request came: what the host's own proxies say of it, and never what a client says of itself."""

import pytest
from django.http import HttpResponse

from frankpledge.web.audit.where import address_of, here, remember_where


@pytest.mark.parametrize(
    ("proxies", "forwarded", "direct", "address"),
    [
        (0, "", "192.0.2.7", "192.0.2.7"),
        (0, "203.0.113.9", "192.0.2.7", "192.0.2.7"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (3, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (1, "Ann Example", "10.0.0.1", "10.0.0.1"),
        (1, "2001:0DB8::0001", "10.0.0.1", "2001:db8::1"),
        # By a socket: the proxy has no address of its own.
        (1, "203.0.113.9", "", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "", "203.0.113.9"),
        (1, "", "", ""),
        (0, "203.0.113.9", "", ""),
    ],
)
def test_address_is_the_one_before_the_hosts_own_proxies(rf, settings, proxies, forwarded, direct, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert address_of(rf.get("/", REMOTE_ADDR=direct, **headers)) == address


def test_where_is_known_while_a_request_is_answered_only(rf):
    def view(request):
        return HttpResponse(here())

    answer = remember_where(view)(rf.get("/", REMOTE_ADDR="192.0.2.7"))

    assert answer.content == b"192.0.2.7"
    assert here() == ""


def test_where_is_forgotten_after_a_view_that_fails(rf):
    def view(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        remember_where(view)(rf.get("/", REMOTE_ADDR="192.0.2.7"))
    assert here() == ""

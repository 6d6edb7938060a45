"""Headers of every answer: nothing unsafe, nothing kept."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from frankpledge.web.design.headers import strict_headers


def answered(**headers):
    return strict_headers(lambda request: HttpResponse(headers=headers))(RequestFactory().get("/"))


def test_pages_are_kept_nowhere():
    assert answered()["Cache-Control"] == "no-store"


def test_what_may_be_kept_stays_so():
    assert answered(**{"Cache-Control": "max-age=31536000, public"})["Cache-Control"] == "max-age=31536000, public"


def test_browser_may_do_nothing_but_passkeys():
    policy = answered()["Permissions-Policy"]

    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(policy.split(", "))
    assert re.findall(r"([\w-]+)=\(self\)", policy) == ["publickey-credentials-create", "publickey-credentials-get"]


@pytest.mark.parametrize("address", ["/design/", "/nowhere/", "/upgrading/"])
def test_page_is_closed_to_others(client, address):
    response = client.get(address)

    assert response["Cross-Origin-Resource-Policy"] == response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_style_and_scripts_on_a_page_carry_the_nonce_that_the_header_names(client):
    response = client.get("/accessibility/")

    (nonce,) = set(re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"]))
    html = response.content.decode()
    assert set(re.findall(r"<(?:style|script)\b[^>]*>", html)) == set(
        re.findall(rf'<(?:style|script)\b[^>]*nonce="{re.escape(nonce)}"[^>]*>', html)
    )
    assert not re.search(r'\s(style|on\w+)="', html)

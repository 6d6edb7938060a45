"""Attacks on signing in with a directory: what it says is believed of this site, of now, and of nobody else."""

import pytest
from django.urls import reverse

from tests.web.making import partnership, person, seat_of
from tests.web.partners.test_directory import come_back, directory  # noqa: F401  the directory of those tests

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("claim", [{"aud": "another-site"}, {"iss": "https://evil.example"}, {"exp": 1}])
def test_what_was_said_to_another_site_or_by_another_directory_or_long_ago_lets_nobody_in(client, directory, claim):  # noqa: F811
    person(seat_of(partnership()), email="ann@example.org")

    come_back(client, directory, **claim)

    assert client.get("/account/").headers["Location"].startswith(reverse("account_login"))


def test_link_alone_begins_no_sign_in(client, directory):  # noqa: F811
    response = client.get(reverse("openid_connect_login", args=["directory"]))

    assert response.status_code == 405
    assert directory.asked == []

"""Roles: named permissions, and that whoever manages people reads nothing confidential."""

from frankpledge.web.partners.roles import CONFIDENTIAL, ROLES, Administrator, Permission, Role


def test_every_role_is_listed_by_its_name_and_says_what_it_is_for():
    assert set(ROLES.values()) == set(Role.__subclasses__())
    for name, role in ROLES.items():
        assert role.name == name
        assert str(role.title)
        assert str(role.description)
        assert role.permissions <= set(Permission)


def test_administrator_is_allowed_nothing_confidential():
    assert not Administrator.permissions & CONFIDENTIAL
    assert Permission.AUDIT_READ not in Administrator.permissions


def test_every_permission_is_allowed_to_somebody():
    assert frozenset().union(*(role.permissions for role in ROLES.values())) == set(Permission)

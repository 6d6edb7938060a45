"""How sensitive the fields of the libraries' own tables are, and which of those tables this site leaves empty."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

from frankpledge.web.keys.sensitivity import Sensitivity

_INTERNAL, _SECRET = Sensitivity.INTERNAL, Sensitivity.SECRET

# Table → field → how sensitive. What is secret in them is sealed (the seeds of codes, sessions) or is a public key.
OF_LIBRARIES: dict[str, dict[str, Sensitivity]] = {
    "mfa.Authenticator": {
        "id": _INTERNAL,
        "user": _INTERNAL,
        "type": _INTERNAL,
        "data": _SECRET,
        "created_at": _INTERNAL,
        "last_used_at": _INTERNAL,
    },
    "sessions.Session": {"session_key": _SECRET, "session_data": _SECRET, "expire_date": _INTERNAL},
    "auth.Permission": {"id": _INTERNAL, "name": _INTERNAL, "content_type": _INTERNAL, "codename": _INTERNAL},
    "contenttypes.ContentType": {"id": _INTERNAL, "app_label": _INTERNAL, "model": _INTERNAL},
}

# Tables that come with a library and that nothing here writes to.
LEFT_EMPTY = (
    "account.EmailAddress",
    "account.EmailConfirmation",
    "auth.Group",
    "socialaccount.SocialAccount",
    "socialaccount.SocialApp",
    "socialaccount.SocialToken",
)


def sensitivity_of(model: type[Model]) -> dict[str, Sensitivity]:
    """Field → how sensitive it is; nothing for a model that says nothing of it."""
    return getattr(model, "SENSITIVITY", None) or OF_LIBRARIES.get(model._meta.label, {})


def models_of_the_site() -> list[type[Model]]:
    """Every model whose table this site writes to."""
    return [model for model in apps.get_models() if model._meta.label not in LEFT_EMPTY]

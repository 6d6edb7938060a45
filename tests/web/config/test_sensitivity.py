"""Every field of every model says how sensitive it is, and what is personal is sealed."""

import pytest
from django.apps import apps

from frankpledge.web.config.sensitivity import LEFT_EMPTY, models_of_the_site, sensitivity_of
from frankpledge.web.keys.fields import SealedField, sealed_fields
from frankpledge.web.keys.sensitivity import Sensitivity

MODELS = {model._meta.label: model for model in models_of_the_site()}


def fields(model):
    """The fields a model's table has."""
    return {field.name for field in model._meta.concrete_fields}


@pytest.mark.parametrize("label", MODELS)
def test_every_field_says_how_sensitive_it_is(label):
    model = MODELS[label]

    assert set(sensitivity_of(model)) == fields(model), f"{label}: add what is missing to SENSITIVITY"


@pytest.mark.parametrize("label", MODELS)
def test_what_is_personal_is_sealed_and_what_is_sealed_is_personal(label):
    model = MODELS[label]
    personal = {name for name, one in sensitivity_of(model).items() if one is Sensitivity.PERSONAL}
    # An entry of the audit is sealed with a secret of the site's: it must outlive whoever it is about.
    if label == "audit.Entry":
        assert personal == {"address"}
        return

    assert personal == {field.name for field in sealed_fields(model)}


def test_tables_left_empty_are_there_and_are_not_ours():
    assert set(LEFT_EMPTY) <= {model._meta.label for model in apps.get_models()}
    assert not any(
        isinstance(field, SealedField) for label in LEFT_EMPTY for field in apps.get_model(label)._meta.fields
    )


def test_no_table_of_the_site_has_a_plain_field_for_a_name_or_an_address():
    plain = {
        f"{label}.{field.name}"
        for label, model in MODELS.items()
        for field in model._meta.concrete_fields
        if field.name in {"email", "first_name", "last_name", "username", "phone", "date_of_birth"}
        and not isinstance(field, SealedField)
    }

    assert plain == set()

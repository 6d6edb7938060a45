"""Exports: whole and signed, safe in a spreadsheet, and themselves in the audit."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from frankpledge.keys import KeyFolder
from frankpledge.web.audit.actions import export_entries
from frankpledge.web.audit.actors import Agent
from frankpledge.web.audit.events import AUDIT_EXPORTED
from frankpledge.web.audit.export import Form, check_export, export_lines
from frankpledge.web.audit.heads import Head
from frankpledge.web.audit.models import Entry
from frankpledge.web.audit.queries import entries_for
from frankpledge.web.audit.signing import Forged, public_key, public_key_text, read_public_key
from frankpledge.web.keys.keyring import Keyring
from tests.web.audit.logs import ANN, HARROW, SEAT, some_log

pytestmark = pytest.mark.django_db
FORMS = pytest.mark.parametrize("form", Form)


def exported(form, **chosen):
    return "".join(export_entries(partnership=HARROW, by=ANN, seat=SEAT, form=form, chosen=chosen))


@FORMS
def test_export_is_whole_and_says_how_far_the_chain_went(form):
    some_log(3)

    text = exported(form)

    says = check_export(text, read_public_key(public_key_text()))
    last = entries_for(HARROW).first()
    assert (says["chain"], says["sequence"], says["mark"]) == (str(HARROW), 4, last.mark)
    assert says["entries"] == 4


@FORMS
def test_export_is_in_the_audit(form):
    some_log(3)

    exported(form)

    entry = entries_for(HARROW).first()
    assert (entry.event, entry.by, entry.seat) == (AUDIT_EXPORTED.slug, str(ANN), str(SEAT))
    assert entry.detail == {"form": form.value}


def test_filtered_export_has_what_was_asked_for_and_the_same_head():
    some_log(3)

    lines = [json.loads(line) for line in exported(Form.JSON, event="test-wrote", by=ANN).splitlines()]

    assert [line.get("sequence") for line in lines] == [1, 2, 3, None]
    assert lines[0]["words"] == "wrote something"
    assert json.loads(lines[-1]["head"]["signed"])["sequence"] == 4


def test_csv_has_a_header_and_a_row_for_each():
    some_log(3)

    rows = list(csv.reader(exported(Form.CSV).splitlines()))

    assert rows[0][:3] == ["sequence", "at", "event"]
    assert [row[0] for row in rows] == ["sequence", "1", "2", "3", "4", "head"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_cell_that_a_spreadsheet_would_reckon_is_made_text(cell):
    entry = Entry(sequence=1, at=datetime(2026, 11, 29, tzinfo=UTC), event=cell, by="worker")

    text = "".join(export_lines([entry], Head("site", 1, ""), Form.CSV))

    assert list(csv.reader(io.StringIO(text, newline="")))[1][2] == f"'{cell}"


@FORMS
@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("test-wrote", "test-other", 1),
        lambda text: "".join(text.splitlines(keepends=True)[:-1]),
        lambda text: "".join(text.splitlines(keepends=True)[1:]),
        lambda text: "".join(reversed(text.splitlines(keepends=True))),
        lambda text: text + text,
        lambda text: text.replace('entries\\":4', 'entries\\":5').replace('entries"":4', 'entries"":5'),
        lambda text: "",
        lambda text: "head\n",
        lambda text: "{}\n",
        lambda text: "[]",
    ],
)
def test_damaged_export_is_told(form, damage):
    some_log(3)
    text = exported(form)

    assert damage(text) != text
    with pytest.raises(Forged):
        check_export(damage(text), public_key())


def test_export_of_another_site_is_told(tmp_path, settings):
    some_log(3)
    text, key = exported(Form.JSON), public_key()
    settings.KEYRING = Keyring(KeyFolder(tmp_path / "another.keys"))
    settings.KEYRING.make_site()

    with pytest.raises(Forged):
        check_export(text, public_key())
    assert check_export(text, key)["entries"] == 4


def test_export_of_the_site_is_of_its_own_chain():
    some_log(3)

    lines = list(export_entries(partnership=None, by=Agent.COMMAND, form=Form.JSON, chosen={}))

    assert [json.loads(line).get("event") for line in lines] == [
        "chain-begun",
        "chain-begun",
        AUDIT_EXPORTED.slug,
        None,
    ]


def test_key_of_another_kind_is_refused():
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    other = X25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    with pytest.raises(ValueError, match="not an Ed25519 key"):
        read_public_key(other.decode())

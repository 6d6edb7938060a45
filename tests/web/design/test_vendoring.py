"""What we serve of others' is the design system without what only GOV.UK may show, and with its licence."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from frankpledge.web import design
from frankpledge.web.design.vendoring import FORBIDDEN, VENDORED, vendor, without_emblems, without_map

DESIGN = Path(design.__path__[0])
SERVED = sorted(path for path in (DESIGN / "static").rglob("*") if path.suffix in {".css", ".js", ".svg"})
WRITTEN = sorted([*DESIGN.rglob("*.html"), *DESIGN.rglob("*.txt")])


def test_everything_served_is_looked_at():
    assert {path.name for path in SERVED} >= {"govuk-frontend.min.css", "govuk-frontend.min.js", "site.css"}
    assert len(WRITTEN) > 20


@pytest.mark.parametrize("path", [*SERVED, *WRITTEN], ids=lambda path: path.name)
def test_nothing_of_gov_uk_alone_is_left(path):
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8")) == [] or path.name == "LICENSE.txt"


def test_licence_and_version_lie_beside():
    licence = (VENDORED / "LICENSE.txt").read_text(encoding="utf-8")

    assert "The MIT License" in licence
    assert "Crown Copyright (Government Digital Service)" in licence
    assert (VENDORED / "VERSION").read_text().strip() == "6.6.0"


def test_style_sheet_loses_typeface_and_emblems_only():
    style = (
        "/*! Copyright (c) Margaret Calvert */@font-face{font-family:GDS Transport;src:url(/assets/a.woff)}"
        ".a{font-family:GDS Transport,arial,sans-serif}.govuk-footer__crown{margin:0}"
        "@supports (mask:none){.b:before{mask-image:url(/assets/images/govuk-crest.svg)}}"
        ".c{color:red}\n/*# sourceMappingURL=x.css.map */"
    )

    assert without_emblems(style) == ".a{font-family:arial,sans-serif}.c{color:red}\n"


def test_script_loses_the_address_of_its_map():
    assert without_map("export{a};//# sourceMappingURL=a.js.map") == "export{a};\n"


def test_package_is_vendored(tmp_path):
    built = tmp_path / "package" / "dist" / "govuk"
    built.mkdir(parents=True)
    (built / "govuk-frontend.min.css").write_text(".a{color:red}")
    (built / "govuk-frontend.min.js").write_text("export{};")
    (tmp_path / "package" / "package.json").write_text('{"version": "9.9.9"}')

    vendor(tmp_path / "package", tmp_path / "to")

    assert (tmp_path / "to" / "govuk-frontend.min.css").read_text() == ".a{color:red}\n"
    assert (tmp_path / "to" / "govuk-frontend.min.js").read_text() == "export{};\n"
    assert (tmp_path / "to" / "VERSION").read_text() == "9.9.9\n"


def test_files_are_gathered_under_names_with_their_hash(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    call_command("collectstatic", verbosity=0, interactive=False)

    for path in SERVED:
        name = path.relative_to(DESIGN / "static").as_posix()
        hashed = staticfiles_storage.stored_name(name)
        assert hashed != name
        assert (tmp_path / hashed).is_file()

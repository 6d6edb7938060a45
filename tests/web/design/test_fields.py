"""Every kind of field: what belongs together is tied together, in every state."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override
from lxml import html

from frankpledge.web.design.dates import DateField
from frankpledge.web.design.fields import error_links
from frankpledge.web.design.showing import ShownForm, shown_with_errors

KINDS = list(ShownForm.base_fields)


def drawn(form, name=None):
    """A form, or one field of it, as a tree."""
    return html.fragment_fromstring(str(form) if name is None else form[name].as_field_group(), create_parent=True)


def inputs(tree):
    return tree.xpath(".//input | .//textarea | .//select")


def described(tree, element):
    """The words that describe an element, or the group it is in."""
    references = " ".join(element.xpath("@aria-describedby | ancestor::fieldset/@aria-describedby"))
    return [tree.xpath(f"string(.//*[@id='{one}'])").strip() for one in references.split()]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "form", [ShownForm(), shown_with_errors(), ShownForm.disabled(prefix="off")], ids=["", "wrong", "off"]
)
def test_every_input_has_one_label_and_every_reference_its_target(form, name):
    tree = drawn(form, name)
    ids = tree.xpath(".//@id")

    assert len(ids) == len(set(ids))
    assert inputs(tree)
    for one in inputs(tree):
        assert len(tree.xpath(f".//label[@for='{one.get('id')}']")) == 1
    for reference in tree.xpath(".//@aria-describedby"):
        assert set(reference.split()) <= set(ids)


@pytest.mark.parametrize("name", [name for name in KINDS if ShownForm.base_fields[name].required])
def test_error_is_shown_announced_and_linked_to(name):
    form = shown_with_errors()
    tree = drawn(form, name)

    (error,) = tree.xpath(".//p[contains(@class, 'govuk-error-message')]")
    assert error.get("id") == f"id_wrong-{name}-error"
    (text,) = form.errors[name]
    assert error.text_content().split() == ["Error:", *text.split()]
    assert any(text in one for one in described(tree, inputs(tree)[0]))
    (link,) = [
        one["href"] for one in error_links(form) if one["text"] == text and one["href"].startswith(f"#id_wrong-{name}")
    ]
    assert link.removeprefix("#") in [one.get("id") for one in inputs(tree)]


@pytest.mark.parametrize("name", [name for name in KINDS if ShownForm.base_fields[name].help_text])
def test_hint_describes_the_input(name):
    form = ShownForm()
    tree = drawn(form, name)

    assert str(form.fields[name].help_text) in described(tree, inputs(tree)[0])


@pytest.mark.parametrize("name", KINDS)
def test_field_that_cannot_be_changed_is_disabled_in_every_input(name):
    tree = drawn(ShownForm.disabled(prefix="off"), name)

    assert all(one.get("disabled") is not None for one in inputs(tree))


def test_field_without_error_has_none():
    tree = drawn(shown_with_errors(), "reference")

    assert tree.xpath(".//*[contains(@class, 'error')]") == []


def test_what_is_not_asked_for_is_optional():
    label = drawn(ShownForm(), "reference").xpath("string(.//label)").strip()

    assert label == "Reference (optional)"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("text", "text"), ("email", "email"), ("password", "password"), ("minutes", "file"), ("sure", "checkbox")],
)
def test_input_has_its_type(name, kind):
    (found,) = drawn(ShownForm(), name).xpath(".//input")

    assert found.get("type") == kind


def test_attributes_of_the_widget_are_kept():
    (found,) = drawn(ShownForm(), "email").xpath(".//input")

    assert (found.get("autocomplete"), found.get("spellcheck")) == ("email", "false")


def test_what_was_typed_is_there_again_but_no_password():
    typed = {"text": 'a "quoted" <word>', "note": "one\n  two", "place": "park", "role": "member", "sure": "on"}
    form = ShownForm({**typed, "places": ["town", "station"], "password": "never again"})
    tree = drawn(form)

    assert tree.xpath("string(.//input[@name='text']/@value)") == typed["text"]
    assert tree.xpath("string(.//textarea)") == typed["note"]
    assert tree.xpath("string(.//option[@selected]/@value)") == "park"
    assert tree.xpath(".//input[@checked]/@value") == ["member", "town", "station", "on"]
    assert "never again" not in str(form)


def test_hint_of_a_choice_describes_it():
    tree = drawn(ShownForm(), "role")
    chair, member = tree.xpath(".//input")

    assert tree.xpath(f"string(.//*[@id='{chair.get('aria-describedby')}'])").strip().startswith("Leads the meeting")
    assert member.get("aria-describedby") is None


def test_long_text_says_how_long_it_may_be_and_cuts_nothing_off():
    tree = drawn(ShownForm(), "note")

    assert tree.xpath(".//textarea/@maxlength") == []
    assert "You can enter up to 200 characters" in tree.text_content()
    assert tree.xpath("string(.//@data-maxlength)") == "200"


def test_markup_in_a_label_is_text():
    class Marked(forms.Form):
        name = forms.CharField(label="<b>Name</b>", help_text="<i>Yours</i>")

    shown = str(Marked())

    assert "&lt;b&gt;Name" in shown
    assert "<i>" not in shown


def test_hidden_field_is_hidden_and_its_error_is_said():
    class Hidden(forms.Form):
        place = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Choose the place again"})

    assert drawn(Hidden(), None).xpath(".//input/@type") == ["hidden"]
    assert drawn(Hidden(), "place").xpath(".//input/@type") == ["hidden"]
    assert error_links(Hidden({})) == [{"text": "Choose the place again"}]


def test_error_of_the_whole_form_comes_first():
    form = ShownForm({})
    form.add_error(None, "There is such a meeting already")

    assert error_links(form)[0] == {"text": "There is such a meeting already"}


def test_widget_that_no_template_draws_is_a_mistake():
    class Odd(forms.Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(AssertionError, match="SplitDateTimeWidget"):
        str(Odd())


class DayForm(forms.Form):
    """One day."""

    day = DateField(label="Day", required=False)


def typed(day, month, year):
    return DayForm({"day-day": day, "day-month": month, "day-year": year})


def test_date_is_read():
    form = typed(" 7", "03", "2026 ")

    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 3, 7)


def test_date_left_out_is_none():
    form = typed("", "", "")

    assert form.is_valid()
    assert form.cleaned_data["day"] is None


@pytest.mark.parametrize(
    ("parts", "words", "wrong"),
    [
        (("7", "", "2026"), "Enter a day, a month and a year", ["month"]),
        (("7", "", ""), "Enter a day, a month and a year", ["month", "year"]),
        (("7", "13", "2026"), "Enter a real date", ["month"]),
        (("32", "1", "26"), "Enter a real date", ["day", "year"]),
        (("30", "2", "2026"), "Enter a real date", ["day"]),
        (("²", "2", "2026"), "Enter a real date", ["day"]),
        (("-1", "2", "2026"), "Enter a real date", ["day"]),
    ],
)
def test_date_that_is_none_says_which_box_is_wrong(parts, words, wrong):
    form = typed(*parts)
    tree = drawn(form, "day")

    assert form.errors["day"][0].startswith(words)
    assert form["day"].wrong_boxes == wrong
    assert tree.xpath(".//input[contains(@class, 'govuk-input--error')]/@name") == [f"day-{box}" for box in wrong]
    assert tree.xpath(".//input/@value") == list(parts)
    assert error_links(form)[0]["href"] == f"#id_day-{wrong[0]}"


def test_date_held_already_stands_in_the_boxes():
    tree = drawn(DayForm(initial={"day": date(2026, 3, 7)}), "day")

    assert tree.xpath(".//input/@value") == ["7", "3", "2026"]


@pytest.mark.parametrize(
    ("parts", "changed"), [(("7", "3", "2026"), False), (("8", "3", "2026"), True), (("x", "", ""), True)]
)
def test_date_that_was_changed_is_known_to_be(parts, changed):
    form = typed(*parts)
    form.initial = {"day": date(2026, 3, 7)}

    assert form.has_changed() is changed


def test_fields_speak_welsh():
    with override("cy"):
        shown = str(DayForm({"day-day": "7"}))

    assert "Diwrnod" in shown
    assert "Gwall" in shown
    assert "Rhowch ddiwrnod" in shown

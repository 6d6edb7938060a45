"""Forms of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from frankpledge.web.partners.models import Person, email_index
from frankpledge.web.partners.signing_in import actions
from frankpledge.web.partners.signing_in.adapter import AccountAdapter, SecondFactorAdapter

_CODE = forms.TextInput(
    attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
)


def email_field() -> forms.EmailField:
    """A field for one's own e-mail address."""
    return forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address like name@example.gov.uk"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


def password_field(label: Any, required: Any, autocomplete: str) -> forms.CharField:
    """A field for a password; what is typed is taken as it is, with any space."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=4096,
        error_messages={"required": required},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _check_not_locked(person: Person) -> None:
    """Take no password and no code of somebody who is locked out, not even where they are signed in already."""
    person.refresh_from_db(fields=["locked_until"])
    if person.is_locked:
        raise AccountAdapter().validation_error("too_many_login_attempts")


class SignInForm(LoginForm):
    """E-mail address and password. allauth is given the address's keyed hash."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["login"] = email_field()
        self.fields["password"] = password_field(_("Password"), _("Enter your password"), "current-password")

    def user_credentials(self) -> dict[str, Any]:
        """What the password is checked against."""
        return {"username": email_index(self.cleaned_data["login"]), "password": self.cleaned_data["password"]}


class ConfirmPasswordForm(ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["password"] = password_field(_("Password"), _("Enter your password"), "current-password")


class _Code(forms.Form):
    """A code of one's app or a recovery code; wrong ones are counted with wrong passwords."""

    user: Person

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            help_text=_("The 6 digits that your app shows now, or one of your recovery codes."),
            error_messages={"required": _("Enter the code")},
            widget=_CODE,
        )

    def clean_code(self) -> str:
        """Check the code; too many wrong ones lock the person out."""
        _check_not_locked(self.user)
        # Apps show a space in the middle.
        self.cleaned_data["code"] = self.cleaned_data["code"].replace(" ", "")
        try:
            return super().clean_code()
        except ValidationError:
            actions.note_wrong(person=self.user)
            raise


class SecondFactorForm(_Code, AuthenticateForm):
    """The second factor when signing in."""


class ConfirmCodeForm(_Code, ReauthenticateCodeForm):
    """The second factor again, before something that matters."""


class ActivateAppForm(ActivateTOTPForm):
    """The first code of an app that was just set up."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["code"] = forms.CharField(
            label=_("Code that the app shows"),
            error_messages={"required": _("Enter the code that the app shows")},
            widget=_CODE,
        )


class _Credential(forms.Form):
    """What a browser says of a passkey. Anybody can make one up, and the libraries do not look at every part of it."""

    cleaned_data: dict[str, Any]

    def full_clean(self) -> None:
        """Take what cannot be read as a passkey for one that is not right."""
        try:
            super().full_clean()
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            self.cleaned_data = {}
            self.add_error(None, SecondFactorAdapter().validation_error("incorrect_code"))


class PasskeySignInForm(_Credential, LoginWebAuthnForm):
    """A passkey instead of a password."""


class SecondFactorPasskeyForm(_Credential, AuthenticateWebAuthnForm):
    """A passkey after a password."""


class ConfirmPasskeyForm(_Credential, ReauthenticateWebAuthnForm):
    """A passkey again, before something that matters."""


class AddPasskeyForm(_Credential, AddWebAuthnForm):
    """A passkey. It has no name to be typed, and always asks for a fingerprint, a face or a PIN where it can."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        del self.fields["name"]
        self.fields.pop("passwordless", None)

    def clean(self) -> dict[str, Any]:
        """Check it, and name it after the moment."""
        return super().clean() | {"name": str(self.initial["name"])}


class NewPasswordForm(forms.Form):
    """A new password, checked against common ones and against the person's own name."""

    password = password_field(_("New password"), _("Choose a password"), "new-password")

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person = person
        self.fields["password"].help_text = _(
            "At least 12 characters. Three words that do not belong together are strong and easy to remember."
        )

    def clean_password(self) -> str:
        """Check it."""
        password_validation.validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class ChangePasswordForm(NewPasswordForm):
    """The password at hand, and a new one."""

    current = password_field(_("Password you have now"), _("Enter the password you have now"), "current-password")
    field_order = ("current", "password")

    def clean_current(self) -> str:
        """Check that it is theirs; too many wrong ones lock the person out."""
        _check_not_locked(self.person)
        if not self.person.check_password(self.cleaned_data["current"]):
            actions.note_wrong(person=self.person)
            raise ValidationError(_("This is not the password you have now"))
        return self.cleaned_data["current"]


class ForgottenForm(forms.Form):
    """Where to send a link for a new password."""

    email = email_field()

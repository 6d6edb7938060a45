"""Addresses of people, seats and signing in. Of allauth's, those we use and no other."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, URLResolver, path

from frankpledge.web.partners import oversight, views
from frankpledge.web.partners.signing_in import directory
from frankpledge.web.partners.signing_in import views as own

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/<slug:provider_id>/", directory.go, name="openid_connect_login"),
    path("sign-in/<slug:provider_id>/back/", directory.come_back, name="openid_connect_callback"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-out/everywhere/", own.sign_out_everywhere, name="sign_out_everywhere"),
    path("join/<str:word>/", own.follow_link, name="follow_link"),
    path("join/", own.join, name="join"),
    path("forgotten-password/", own.forgotten, name="forgotten"),
    path("account/", own.account, name="account"),
    # Where allauth goes back to when a second factor was added or removed.
    path("account/", own.account, name="mfa_index"),
    path("account/", own.account, name="mfa_list_webauthn"),
    path("account/password/", own.change_password, name="change_password"),
    path("account/confirm/password/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/sign-ins/<uuid:sign_in>/end/", own.end_sign_in, name="end_sign_in"),
    path("account/second-factor/", own.second_factor, name="second_factor"),
    path("account/second-factor/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/passkey/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/second-factor/passkey/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("seat/", views.seat, name="seat"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<uuid:person>/", views.person, name="person"),
    path("people/<uuid:person>/change/", views.change_person, name="change_person"),
    path("people/<uuid:person>/link/", views.send_link, name="send_link"),
    path("people/<uuid:person>/unlock/", views.unlock_person, name="unlock"),
    path("people/<uuid:person>/second-factors/", views.forget_second_factors, name="forget_second_factors"),
    path("people/<uuid:person>/sign-ins/end/", views.end_sign_ins, name="end_sign_ins"),
    path("people/<uuid:person>/leave/", views.leave, name="leave"),
    path("people/<uuid:person>/erase/", views.erase, name="erase"),
    path("people/<uuid:person>/memberships/", views.give_membership, name="give_membership"),
    path("memberships/<uuid:membership>/renew/", views.renew_membership, name="renew_membership"),
    path("memberships/<uuid:membership>/end/", views.end_membership, name="end_membership"),
    path("jobs/", oversight.work, name="work"),
    path("audit/", oversight.audit, name="audit"),
    path("audit/export/", oversight.export_audit, name="export_audit"),
    path("partnership/", views.partnership, name="partnership"),
    path("partnership/seats/", views.add_seat, name="add_seat"),
]

"""Addresses of the workbench's pages about people, and of its first page."""

from django.urls import path

from hufu.doors.workbench import home, people

urlpatterns = [
    path("", home.home, name="home"),
    path("accounts/", people.accounts, name="accounts"),
    path(
        "accounts/<uuid:account_id>/close/", people.close_account, name="account-close"
    ),
    path("api-keys/", people.keys, name="keys"),
    path("api-keys/<uuid:key_id>/close/", people.close_key, name="key-close"),
    path("journal/", people.journal, name="journal"),
]

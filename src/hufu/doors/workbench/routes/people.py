"""Addresses of the workbench's pages about people, and of its first page."""

from django.urls import path

from hufu.doors.workbench import people

urlpatterns = [
    path("accounts/", people.accounts, name="accounts"),
    path(
        "accounts/<uuid:account_id>/close/", people.close_account, name="account-close"
    ),
    path("journal/", people.journal, name="journal"),
]

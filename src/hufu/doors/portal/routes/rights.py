"""Addresses of the portal's pages about rights."""

from django.urls import path

from hufu.doors.portal import myrights, rights, stated

urlpatterns = [
    path("rights/", rights.rights, name="rights"),
    path("rights/<uuid:right_id>/", rights.right, name="right"),
    path("rights/<uuid:right_id>/claim/", myrights.right_claim, name="right-claim"),
    path("my/rights/", myrights.my_rights, name="my-rights"),
    path("my/rights/record/<slug:what>/", stated.right_state, name="right-state"),
    path("my/rights/<uuid:right_id>/", myrights.my_right, name="my-right"),
    path("my/rights/<uuid:right_id>/list/", stated.right_list, name="right-list"),
    path(
        "my/rights/<uuid:right_id>/monitor/",
        myrights.right_monitor,
        name="right-monitor",
    ),
    path(
        "my/licences/<uuid:licence_id>/end/", myrights.licence_end, name="licence-end"
    ),
    path(
        "my/claims/<uuid:claim_id>/withdraw/",
        myrights.claim_withdraw,
        name="claim-withdraw",
    ),
]

"""Addresses of the workbench's pages about rights."""

from django.urls import path

from hufu.doors.workbench import rights

urlpatterns = [
    path("rights/", rights.claims, name="rights"),
    path("rights/claims/<uuid:claim_id>/", rights.claim, name="claim"),
    path("rights/imports/", rights.imports, name="imports"),
    path("rights/imports/<uuid:import_id>/", rights.import_page, name="import"),
    path(
        "rights/imports/<uuid:import_id>/report/",
        rights.import_report,
        name="import-report",
    ),
]

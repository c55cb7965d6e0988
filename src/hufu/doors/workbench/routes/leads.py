"""Addresses of the workbench's pages about leads."""

from django.urls import path

from hufu.doors.workbench import leads

urlpatterns = [
    path("leads/", leads.leads, name="leads"),
    path("leads/bulk/", leads.bulk, name="leads-bulk"),
    path("leads/filter/", leads.save_filter, name="leads-filter"),
    path("leads/new/", leads.lead_new, name="lead-new"),
    path("leads/<uuid:lead_id>/", leads.lead, name="lead"),
    path("leads/<uuid:lead_id>/act/", leads.act, name="lead-act"),
    path("leads/<uuid:lead_id>/reporter/", leads.reporter, name="lead-reporter"),
]

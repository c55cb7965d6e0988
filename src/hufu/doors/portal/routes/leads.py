"""Addresses of the portal's pages about leads."""

from django.urls import path

from hufu.doors.portal import complaints, leads

urlpatterns = [
    path("report/", leads.report, name="report"),
    path("report/<str:secret>/<int:step>/", leads.report_step, name="report-step"),
    path("report/<str:secret>/save/", leads.report_save, name="report-save"),
    path("report/<str:secret>/receipt/", leads.report_receipt, name="report-receipt"),
    path("follow/", leads.follow, name="follow"),
    path("my/complaints/", complaints.complaints, name="complaints"),
    path("my/complaints/new/", complaints.complaint_new, name="complaint-new"),
    path(
        "my/complaints/new/<str:secret>/",
        complaints.complaint_write,
        name="complaint-write",
    ),
    path("my/complaints/<uuid:lead_id>/", complaints.complaint, name="complaint"),
]

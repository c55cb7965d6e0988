"""Addresses of the workbench's pages about cases."""

from django.urls import path

from hufu.doors.workbench import cases

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/open/", cases.open_case, name="case-open"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/acts/<slug:code>/", cases.act, name="case-act"),
    path("cases/<uuid:case_id>/why/<uuid:clock_id>/", cases.why, name="case-why"),
    path(
        "cases/<uuid:case_id>/tasks/<uuid:task_id>/",
        cases.finish_task,
        name="case-task",
    ),
    path("notifications/", cases.notifications, name="notifications"),
]

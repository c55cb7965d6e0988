"""Addresses of the tools that ask the law for anybody."""

from django.urls import path

from hufu.doors.portal.tools import (
    competence,
    damages,
    deadline,
    evidence,
    landing,
    names,
    threshold,
)

urlpatterns = [
    path("tools/", landing.tools, name="tools"),
    path("tools/competence/", competence.competence, name="tool-competence"),
    path("tools/damages/", damages.damages, name="tool-damages"),
    path("tools/damages/statement/", damages.statement, name="tool-damages-statement"),
    path("tools/deadline/", deadline.deadline, name="tool-deadline"),
    path("tools/evidence/", evidence.evidence, name="tool-evidence"),
    path("tools/names/", names.names, name="tool-names"),
    path("tools/threshold/", threshold.threshold, name="tool-threshold"),
]

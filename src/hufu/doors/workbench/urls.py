"""Every address of this face, room by room."""

from hufu.doors.workbench.routes import (
    cases,
    evidence,
    inspections,
    leads,
    oversight,
    people,
    publication,
    remedies,
    rights,
    watch,
)

app_name = "workbench"
urlpatterns = [
    *people.urlpatterns,
    *rights.urlpatterns,
    *watch.urlpatterns,
    *leads.urlpatterns,
    *evidence.urlpatterns,
    *inspections.urlpatterns,
    *cases.urlpatterns,
    *remedies.urlpatterns,
    *publication.urlpatterns,
    *oversight.urlpatterns,
]

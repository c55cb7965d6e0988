"""Every address of this face, room by room."""

from hufu.doors.portal.routes import (
    cases,
    evidence,
    inspections,
    leads,
    oversight,
    people,
    publication,
    remedies,
    rights,
    tools,
    watch,
)

app_name = "portal"
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
    *tools.urlpatterns,
]

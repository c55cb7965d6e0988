"""Addresses of the portal's pages about publication."""

from django.urls import path

from hufu.doors.portal import certificates, publication

urlpatterns = [
    path("certificates/", certificates.certificate, name="list-certificate"),
    path("certificates/heads.json", certificates.heads, name="list-heads"),
    path("publications/", publication.index, name="publications"),
    path("publications/feed.atom", publication.feed, name="publications-feed"),
    path("publications/notices.json", publication.listing, name="publications-json"),
    path("publications/schema.json", publication.schema, name="publications-schema"),
    path("publications/<uuid:notice_id>/", publication.notice, name="publication"),
    path(
        "publications/<uuid:notice_id>/notice.json",
        publication.notice_json,
        name="publication-json",
    ),
]

"""Addresses of the portal's pages about evidence."""

from django.urls import path

from hufu.doors.portal import deposits, evidence, prooflog, tus, verification

urlpatterns = [
    path("verify/", verification.verify, name="verify"),
    path("my/deposits/", deposits.deposits, name="deposits"),
    path("my/deposits/hash/", deposits.new_hash, name="deposit-hash"),
    path("my/deposits/file/", deposits.new_file, name="deposit-file"),
    path("my/deposits/uploads/", tus.uploads, name="deposit-uploads"),
    path("my/deposits/uploads/<uuid:upload_id>/", tus.upload, name="deposit-upload"),
    path(
        "my/deposits/uploads/<uuid:upload_id>/finish/",
        deposits.finish_upload,
        name="deposit-upload-finish",
    ),
    path(
        "my/deposits/uploads/<uuid:upload_id>/drop/",
        deposits.drop_upload,
        name="deposit-upload-drop",
    ),
    path("my/deposits/<uuid:deposit_id>/", deposits.deposit, name="deposit"),
    path(
        "my/deposits/<uuid:deposit_id>/receipt/",
        deposits.receipt,
        name="deposit-receipt",
    ),
    path(
        "my/deposits/<uuid:deposit_id>/receipt.json",
        deposits.receipt_json,
        name="deposit-json",
    ),
    path(
        "my/deposits/<uuid:deposit_id>/receipt.pdf",
        deposits.receipt_pdf,
        name="deposit-pdf",
    ),
    path(
        "my/deposits/<uuid:deposit_id>/withdraw/",
        deposits.withdraw,
        name="deposit-withdraw",
    ),
    path("log/<path:name>", prooflog.file, name="log-file"),
    path(
        "evidence/<uuid:item_id>/download/", evidence.download, name="evidence-download"
    ),
]

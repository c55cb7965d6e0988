"""Whoever has signed in deposits a hash or a file, and gets a receipt at once."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hufu.base.errors import Refusal
from hufu.domain.evidence import queries, services
from hufu.domain.evidence.models import Deposit
from hufu.doors.identity import actor_of, now
from hufu.doors.letters.receipt_pdf import Paper, set_receipt
from hufu.doors.letters.signing import document_signer
from hufu.doors.letters.witnesses import known_witnesses
from hufu.doors.look.parts import Fact
from hufu.doors.portal import tus
from hufu.doors.portal.carrying import verify_link
from hufu.doors.portal.forms.deposits import ArrivedForm, FileForm, HashForm
from hufu.doors.storage.auditing import PROMISE
from hufu.doors.storage.blobs import blob_store
from hufu.doors.storage.receipts import receipt_of
from hufu.doors.storage.uploads import part_store, remove_parts
from hufu.engines.proof.receipts import Receipt

PER_PAGE = 20


@require_safe
def deposits(request: HttpRequest) -> HttpResponse:
    """List the account's deposits, newest first."""
    mine = Paginator(queries.visible_deposits(actor_of(request)), PER_PAGE)
    page = mine.get_page(request.GET.get("page"))
    return render(request, "portal/evidence/deposits.html", {"page_obj": page})


def new_hash(request: HttpRequest) -> HttpResponse:
    """Deposit a bare hash; the file stays where it is."""
    form = HashForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.deposit_hash(
                actor=actor_of(request), at=now(), facts=form.facts()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return _deposited(request, made)
    return render(request, "portal/evidence/deposit_hash.html", {"form": form})


def new_file(request: HttpRequest) -> HttpResponse:
    """Deposit a file, which is kept here for the depositor alone."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = services.keep_file(
                storage=blob_store(), stream=file, name=file.name or ""
            )
            made = services.deposit_file(
                actor=actor_of(request), at=now(), kept=kept, facts=form.facts()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return _deposited(request, made)
    return _file_page(request, form)


@require_POST
def finish_upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Deposit a file that has arrived in parts; asked again, show the same deposit."""
    held, form = tus.mine(request, upload_id), ArrivedForm(request.POST)
    if not form.is_valid():
        return _file_page(request, form)
    try:
        made = services.finish_upload(
            actor=actor_of(request),
            at=now(),
            upload=held,
            stores=services.Stores(part_store(held.pk), blob_store()),
            note=form.cleaned_data["note"],
        )
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _file_page(request, form)
    remove_parts(held.pk)
    return _deposited(request, made)


@require_POST
def drop_upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Forget a file that was begun and not deposited."""
    tus.forget(tus.mine(request, upload_id))
    messages.success(request, _("Dropped."))
    return redirect("portal:deposit-file")


def _file_page(request: HttpRequest, form: FileForm) -> HttpResponse:
    """Show the form for a file, with what was begun before."""
    begun = queries.visible_uploads(actor_of(request), now())
    context = {
        "form": form,
        "waiting": begun.filter(deposit=None),
        "limit": settings.HUFU_DEPOSIT_LIMIT,
        "form_limit": settings.HUFU_UPLOAD_LIMIT,
    }
    return render(request, "portal/evidence/deposit_file.html", context)


@require_safe
def deposit(request: HttpRequest, deposit_id: UUID) -> HttpResponse:
    """Show one deposit and what its receipt says by now."""
    one = _mine(request, deposit_id)
    return render(request, "portal/evidence/deposit.html", _context(one))


@require_safe
def receipt(request: HttpRequest, deposit_id: UUID) -> HttpResponse:
    """Show the receipt as a page to print."""
    one = _mine(request, deposit_id)
    return render(request, "portal/evidence/receipt_print.html", _context(one))


@require_safe
def receipt_json(request: HttpRequest, deposit_id: UUID) -> HttpResponse:
    """Give the receipt as a file."""
    one = _mine(request, deposit_id)
    data = bytes(receipt_of(one, known_witnesses()))
    response = HttpResponse(data, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="receipt.json"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def receipt_pdf(request: HttpRequest, deposit_id: UUID) -> HttpResponse:
    """Give the receipt as a signed PDF in the reader's language."""
    one = _mine(request, deposit_id)
    signed = receipt_of(one, known_witnesses())
    paper = Paper(signed, verify_link(signed))
    data = set_receipt(paper, document_signer(), at=now())
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="receipt.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
def withdraw(request: HttpRequest, deposit_id: UUID) -> HttpResponse:
    """End a deposit."""
    one = _mine(request, deposit_id)
    try:
        services.withdraw_deposit(
            actor=actor_of(request), at=now(), storage=blob_store(), deposit=one
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Withdrawn. The receipt goes on proving."))
    return redirect("portal:deposit", one.pk)


def _mine(request: HttpRequest, deposit_id: UUID) -> Deposit:
    mine = queries.visible_deposits(actor_of(request))
    return get_object_or_404(mine, pk=deposit_id)


def _deposited(request: HttpRequest, made: Deposit) -> HttpResponse:
    receipt_of(made, known_witnesses())
    messages.success(request, _("Deposited. The receipt is ready."))
    return redirect("portal:deposit", made.pk)


def _context(one: Deposit) -> dict[str, object]:
    signed = receipt_of(one, known_witnesses())
    own = [key.name for key, is_own in signed.witnesses if is_own]
    free = [key.name for key, is_own in signed.witnesses if not is_own]
    return {
        "deposit": one,
        "receipt": signed,
        "text": bytes(signed).decode(),
        "key": signed.statement.log,
        "due_at": one.deposited_at + PROMISE,
        "late": now() > one.deposited_at + PROMISE,
        "place": _place(signed),
        "own": own,
        "independent": free,
    }


def _place(signed: Receipt) -> list[Fact]:
    """Say where the deposit stands in the log; nothing before it does."""
    if signed.proof is None:
        return []
    head = signed.proof.checkpoint
    return [
        Fact(_("Log"), head.origin),
        Fact(_("Index"), signed.proof.index),
        Fact(_("Size of the log in the checkpoint"), head.size),
        Fact(_("Root of the checkpoint"), head.root.hex()),
    ]

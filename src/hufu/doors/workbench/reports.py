"""Reports of rejected rows, as CSV that a spreadsheet opens, in the reader's words."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from hufu.base.imports import REJECTIONS, UNREADABLE
from hufu.domain.rights.models import Import, RejectedRow
from hufu.domain.watch.models import Feed, RejectedOffer

# A spreadsheet would compute what begins like this.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A place to write to that gives back what was written."""

    def write(self, text: str) -> str:
        """Give the text back."""
        return text


def why_refused(item: Import | Feed) -> str:
    """Say in the reader's language why a whole file was not taken."""
    if not item.refusal:
        return ""
    return str(_(UNREADABLE[item.refusal["code"]]) % item.refusal["params"])


def reason_of(row: RejectedRow | RejectedOffer) -> str:
    """Say in the reader's language why one row was not taken."""
    return str(_(REJECTIONS[row.reason_code]) % row.params)


def as_csv(
    rows: Iterable[RejectedRow] | Iterable[RejectedOffer], name: str
) -> StreamingHttpResponse:
    """Send the rejected rows as a file."""
    answer = StreamingHttpResponse(
        _lines(rows, get_language()), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(
    rows: Iterable[RejectedRow] | Iterable[RejectedOffer], language: str | None
) -> Iterator[str]:
    """Write line by line, in the language of whoever asked: the request is over."""
    writer = csv.writer(_Line())
    # The mark tells spreadsheets that it is UTF-8.
    with override(language):
        head = [_("Line of the file"), _("Field"), _("Reason")]
        yield "\ufeff" + writer.writerow(head)
        for row in rows:
            yield writer.writerow([row.line, _safe(row.field), _safe(reason_of(row))])


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text

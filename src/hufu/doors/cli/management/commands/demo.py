"""`./hufu demo`: one fictional infringement, from the right to the indicator."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from hufu.doors.cli.demo.drive import Chain, Codes, chain, drive, stands
from hufu.doors.identity import today
from hufu.doors.storage.registerindex import renew_register_index

# Who of the demonstration may open a link; nobody is named where everybody may.
READERS = {
    "watch": "intake",
    "lead": "director",
    "evidence": "director",
    "case": "director",
    "decision": "director",
    "return": "director",
}


class Command(BaseCommand):
    help = "Drive one fictional infringement through the house and print the chain."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.HUFU_DEMO:
            raise CommandError("The demonstration needs HUFU_ENV=demo.")
        codes = None if stands() else drive(self.stdout.write)
        renew_register_index(today())
        self._print_chain(chain())
        if codes:
            self._print_codes(codes)
        else:
            self.stdout.write(
                "\nThe demonstration stands; its passwords were printed when it was"
                " made.\nTo begin anew, remove the folder HUFU_HOME (./var) and run"
                " ./hufu demo again."
            )

    def _print_chain(self, found: Chain) -> None:
        self.stdout.write(
            "\nOne fictional infringement, link by link; where a user is named, sign in"
            " as that one:\n"
        )
        for link, number, path in links(found):
            url = f"{settings.HUFU_SITE_URL}{path}"
            reader = READERS.get(link, "")
            self.stdout.write(f"  {link:<12} {reader:<9} {number:<22} {url}")
        self.stdout.write(f"  {'journal':<22} {found.entries} entries of the office")

    def _print_codes(self, codes: Codes) -> None:
        self.stdout.write("\nShown only now. User names and passwords:")
        for name, password in codes.passwords.items():
            self.stdout.write(f"  {name:<20} {password}")
        follow, answer = reverse("portal:follow"), reverse("portal:case-door")
        site = settings.HUFU_SITE_URL
        self.stdout.write(f"\nThe reporter's receipt  {codes.receipt}  {site}{follow}")
        self.stdout.write(f"The respondent's code   {codes.notice}  {site}{answer}")


def links(found: Chain) -> list[tuple[str, str, str]]:
    """Give each link of the chain: its name, its number, and its page."""
    case = found.case
    lead = case.lead_links.select_related("lead").get().lead
    exhibit = case.exhibits.select_related("item").get(number=1)
    match = lead.matches.select_related("sighting", "right").get()
    return [
        ("right", match.right.number, reverse("portal:right", args=[match.right_id])),
        (
            "watch",
            match.sighting.offer_id,
            reverse("workbench:sighting", args=[match.sighting_id]),
        ),
        ("lead", lead.reference, reverse("workbench:lead", args=[lead.pk])),
        (
            "evidence",
            exhibit.item.reference,
            reverse("workbench:evidence-item", args=[exhibit.item_id]),
        ),
        ("case", case.number, reverse("workbench:case", args=[case.pk])),
        (
            "decision",
            found.decision.reference,
            reverse("workbench:decision", args=[found.decision.pk]),
        ),
        (
            "publication",
            found.notice.reference,
            reverse("portal:publication", args=[found.notice.pk]),
        ),
        ("indicator", "cases_concluded", reverse("portal:oversight")),
        ("return", f"{found.report.month:%Y-%m}", reverse("workbench:returns")),
    ]

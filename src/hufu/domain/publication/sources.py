"""What a notice is made from: the decision's words, and what the file knows."""

import re

from django.utils import translation
from django.utils.translation import gettext as _

from hufu.base.journal import digest_of
from hufu.domain.cases.models import Case
from hufu.domain.people.models import Account, Party
from hufu.domain.publication.names import HAN, SURNAME
from hufu.domain.publication.redaction import Known
from hufu.domain.remedies import queries as remedies
from hufu.domain.remedies.models import Decision

LANGUAGES = ("en", "zh")
HEADING = "# "
SECTIONS = ("facts", "law", "decision")
PERSON = re.compile(rf"{SURNAME}{HAN}{{1,2}}")


def code_of(language: str) -> str:
    """Return Django's code for `en` or `zh`."""
    return "zh-hans" if language == "zh" else "en"


def source_of(decision: Decision, language: str) -> str:
    """Return the words of a decision as the public would read them, unredacted."""
    letter = remedies.letter_of(decision, code_of(language))
    with translation.override(code_of(language)):
        party = [_("Party")]
        for role in respondents(decision.case):
            party.append(role.name)
            if role.uscc:
                party.append(
                    _("Unified social credit code %(code)s") % {"code": role.uscc}
                )
    blocks = [HEADING + "\n\n".join(party)]
    for name in SECTIONS:
        section = letter.section(name)
        rows = (" — ".join(row) for row in section.rows)
        words = "\n\n".join((*section.paragraphs, *rows))
        blocks.append(f"{HEADING}{section.heading}\n\n{words}")
    return "\n\n".join(blocks)


def source_digest(decision: Decision) -> str:
    """Return a digest that changes when the words of the decision do."""
    return digest_of("\0".join(source_of(decision, each) for each in LANGUAGES))


def respondents(case: Case) -> list[Party]:
    """Return the parties that a decision concerns."""
    roles = case.parties.filter(role="respondent", removed_at=None)
    return [role.party for role in roles.select_related("party")]


def is_person(party: Party) -> bool:
    """Say whether a party's name is a natural person's.

    An individual business is published under its trade name; where that is only the
    trader's own name, it goes.
    """
    if party.kind == Party.Kind.PERSON:
        return True
    return party.kind == Party.Kind.SOLE_TRADER and bool(PERSON.fullmatch(party.name))


def known_of(decision: Decision) -> Known:
    """Gather the names that must go and those that the law publishes."""
    case = decision.case
    parties = [r.party for r in case.parties.select_related("party")]
    persons = [p for p in parties if is_person(p)]
    bodies = [p for p in parties if not is_person(p)]
    return Known(
        persons=tuple(
            name
            for name in (
                *(n for p in persons for n in (p.name, p.name_other)),
                *_reporters(case),
                *_officers(case),
            )
            if len(name) > 1
        ),
        places=tuple(p.address for p in persons if p.address),
        keep=tuple(
            words
            for words in (
                *(n for p in bodies for n in (p.name, p.name_other, p.uscc)),
                case.number,
                decision.reference,
                decision.agency.name_zh,
                decision.agency.name_en,
                case.right.number if case.right else "",
                case.right.name if case.right else "",
            )
            if words
        ),
    )


def _reporters(case: Case) -> list[str]:
    links = case.lead_links.select_related("lead__complainant")
    leads = [link.lead for link in links]
    complainants = [lead.complainant for lead in leads if lead.complainant]
    named = [lead.reporter_name for lead in leads]
    return named + [p.name for p in complainants if is_person(p)]


def _officers(case: Case) -> list[str]:
    accounts = Account.objects.filter(case_duties__case=case).distinct()
    return [a.first_name for a in accounts if a.first_name]

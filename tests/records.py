"""One agency's records of every kind, with words in them that nobody else may read."""

import io
import json
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

from django.utils import timezone

import drawing
import offices
import verdicts
from hufu.domain.cases import services as cases
from hufu.domain.evidence import services as evidence
from hufu.domain.leads import services as leads
from hufu.domain.oversight import services as oversight
from hufu.domain.oversight.models import MonthlyReturn
from hufu.domain.people import services as people
from hufu.domain.publication import services as publication
from hufu.domain.rights import services as rights
from hufu.domain.rights.imports import RightRow
from hufu.domain.watch import services as watch
from hufu.domain.watch.models import Sighting

MARK = "Kingfisher-7f3a"
RESPONDENT = people.PartyFacts(kind="company", name=f"{MARK} Trading", uscc="")


class Records:
    """An agency, its people, and one record of each kind.

    `ids` names them as the addresses of pages do, `own` those a page wants another
    of; `words` stand in them and nowhere else.
    """

    def __init__(self, at, storage):
        self.at, self.storage = at, storage
        self.desk = verdicts.notified(at, storage, respondent=RESPONDENT)
        self.agency, self.case = self.desk.agency, self.desk.case
        self.staff = {
            role: offices.officer(at, self.agency, role, f"{MARK}-{role}")
            for role in ("intake", "registrar", "administrator", "supervisor")
        }
        self.ids, self.own = {}, {}
        self._right()
        self._watch()
        self._leads()
        self._evidence()
        self._case()
        self._decision()
        self._papers()
        self._draw()
        self.words = (MARK, self.case.number)

    @property
    def people(self):
        """Everybody who may see something of it."""
        desk = self.desk
        team = [desk.handler, desk.second, desk.reviewer, desk.director]
        parties = [self.holder, self.bazaar, self.respondent]
        return [*team, *self.staff.values(), *parties]

    def _right(self):
        self.holder = offices.holder(self.at, "Holder of the mark")
        row = RightRow(
            kind="trademark",
            name="QINGLAN",
            source="test",
            source_id="records",
            number="1",
            registered_on=self.at.date() - timedelta(days=400),
            expires_on=self.at.date() + timedelta(days=4000),
        )
        system, at = offices.SYSTEM, self.at
        right = rights.record_right(actor=system, at=at, row=row)
        claim = rights.claim_right(
            actor=self.holder,
            at=at,
            storage=self.storage,
            right=right,
            facts=rights.ClaimFacts(f"{MARK} is ours"),
            upload=evidence.Upload(io.BytesIO(b"proof"), f"{MARK}.txt"),
        )
        rights.verify_claim(actor=self.staff["registrar"], at=at, claim=claim)
        right.refresh_from_db()
        rights.ask_monitoring(actor=self.holder, at=at, right=right)
        facts = rights.LicenceFacts("seller", f"{MARK} Shop", at.date())
        licence = rights.add_licence(actor=self.holder, at=at, right=right, facts=facts)
        asked = rights.ImportFacts(f"{MARK}.csv", "csv", "a" * 64, 1)
        imported = rights.request_import(
            actor=self.staff["registrar"], at=at, facts=asked, agency=self.agency
        )
        self.right = right
        self.ids |= {"right_id": right, "claim_id": claim, "licence_id": licence}
        self.ids |= {"import_id": imported}

    def _watch(self):
        at, clerk = self.at, self.staff["intake"]
        party = people.register_party(
            actor=offices.SYSTEM,
            at=at,
            facts=people.PartyFacts("company", f"{MARK} Bazaar"),
        )
        facts = people.AccountFacts(f"{MARK}-bazaar", "platform", party=party)
        self.bazaar = people.open_account(actor=offices.SYSTEM, at=at, facts=facts)
        told = watch.SourceFacts("hidden-bazaar", MARK, MARK, platform=party)
        source = watch.open_source(actor=clerk, at=at, facts=told, agency=self.agency)
        offer = {"offer_id": "1", "platform": "b", "title": f"QINGLAN {MARK}"}
        rows = json.dumps({**offer, "brand": "QINGLAN"}).encode()
        file = watch.FeedFacts(MARK, "jsonl", sha256(rows).hexdigest(), len(rows))
        feed = watch.request_feed(actor=self.bazaar, at=at, source=source, facts=file)
        watch.take_feed(
            actor=self.bazaar, at=at, feed=feed, open_file=lambda: io.BytesIO(rows)
        )
        sweep = watch.run_sweep(actor=clerk, at=at, source=source)
        self.source = source
        self.ids |= {"feed_id": feed, "sweep_id": sweep}
        self.ids |= {"sighting_id": Sighting.objects.get(feed=feed)}

    def _leads(self):
        file = offices.kept(self.storage, b"seen", f"{MARK}.txt")
        self.complaint = leads.complain_lead(
            actor=self.holder,
            at=self.at,
            facts=offices.facts(title=f"{MARK} complaint", right=self.right),
            files=[file],
        )
        self.lead = offices.report(
            self.at, 77, title=f"{MARK} report", name=f"{MARK} Reporter"
        )
        clerk = self.staff["intake"]
        leads.save_filter(actor=clerk, at=self.at, name=MARK, query="state=new")
        self.ids |= {"lead_id": self.lead}
        for face in ("api", "portal"):
            self.own[f"{face}:complaint", "lead_id"] = self.complaint

    def _evidence(self):
        item = verdicts.proof(self.desk, f"{MARK} photo.txt")
        link = evidence.Link(place=MARK, reason=MARK)
        handover = evidence.hand_over_item(
            actor=self.desk.handler,
            at=self.at,
            item=item,
            receiver=self.desk.second,
            link=link,
        )
        self.ids |= {"item_id": item, "handover_id": handover}
        facts = evidence.DepositFacts("ab" * 32, 12, f"{MARK} drawing", f"{MARK} note")
        self.ids |= {"capture_id": self._capture()}
        deposit = evidence.deposit_hash(actor=self.holder, at=self.at, facts=facts)
        waiting = evidence.UploadFacts(f"{MARK} film.mp4", 5)
        upload = evidence.begin_upload(actor=self.holder, at=self.at, facts=waiting)
        self.ids |= {"deposit_id": deposit, "upload_id": upload}

    def _capture(self):
        told = evidence.CaptureFacts("https://shop.example/", f"{MARK} teapots")
        asked = {"actor": self.desk.handler, "at": self.at}
        capture = evidence.ask_capture(**asked, facts=told)
        return evidence.keep_capture(
            **asked, capture=capture, files=offices.captured(self.storage)
        )

    def _case(self):
        desk, case = self.desk, self.case
        task = cases.assign_task(
            actor=desk.handler,
            at=self.at,
            case=case,
            assignee=desk.second,
            title=f"{MARK} task",
            due_on=timezone.localdate(self.at),
        )
        party = case.parties.get(role="respondent")
        self.ids |= {"case_id": case, "task_id": task, "party_id": party}
        self.ids |= {"clock_id": case.clocks.filter(side="agency").first()}
        self.own["portal:case-why", "clock_id"] = case.clocks.filter(
            side="respondent"
        ).first()
        self.respondent = verdicts.respondent_account(desk)
        # Told anew, because access is given to the accounts there are on the day.
        exhibit = cases.disclose_exhibit(
            actor=desk.handler, at=self.at, exhibit=case.exhibits.get(), disclosed=True
        )
        self.ids |= {"exhibit_id": exhibit}

    def _decision(self):
        wording = verdicts.remedies.Wording(MARK, MARK, MARK, MARK)
        decision = verdicts.served(self.desk, fine=Decimal(60000), wording=wording)
        notice = publication.draft_notice(
            actor=self.desk.handler,
            at=self.desk.now,
            decision=decision,
            choices=publication.Choices(),
        )
        self.ids |= {"decision_id": decision, "notice_id": notice}

    def _draw(self):
        desk = self.desk
        staff = {"investigator": desk.handler, "director": desk.director}
        self.drawing = drawing.Desk(self.at, self.agency, staff)
        names = [f"{MARK} {number}" for number in range(5)]
        self.ids |= {"draw_id": self.drawing.plan(candidates=names)}

    def _papers(self):
        boss, clerk = self.desk.director, self.staff["intake"]
        oversight.draw_return(
            actor=boss, at=self.desk.now, agency=self.agency, month=self.at.date()
        )
        key = people.open_key(actor=boss, at=self.at, name=MARK, token="k" * 40)
        self.ids |= {"report_id": MonthlyReturn.objects.get(), "key_id": key}
        self.ids |= {"account_id": clerk}

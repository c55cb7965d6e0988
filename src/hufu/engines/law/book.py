"""The book: a pack that was read, and every question it answers for a day."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hufu.engines.law import (
    competences,
    crimes,
    damages,
    deadlines,
    evidence,
    listings,
    penalties,
    renewals,
    rewards,
    terms,
    valuations,
)
from hufu.engines.law.calendars import read_years
from hufu.engines.law.checks import Problem
from hufu.engines.law.clocks import Clock, Extension, Ground, Pause
from hufu.engines.law.competences import Body, Competent, Hotline, Regions, Specialised
from hufu.engines.law.compiled import read_compiled
from hufu.engines.law.conditions import Standard
from hufu.engines.law.crimes import Assessment, CrimeFacts, CrimeLaw, valued
from hufu.engines.law.damages import Damages, DamagesFacts
from hufu.engines.law.deadlines import Deadline
from hufu.engines.law.evidence import Checklist
from hufu.engines.law.listings import Listing, ListingFacts, ListingLaw, Repair
from hufu.engines.law.pack import Pack
from hufu.engines.law.penalties import Circumstance, PenaltyFacts, PenaltyRange
from hufu.engines.law.renewals import Renewed
from hufu.engines.law.rewards import Reward, RewardLaw
from hufu.engines.law.rulebook import (
    DATED,
    RawFile,
    Rule,
    RuleMaker,
    instruments,
    read_files,
)
from hufu.engines.law.ruling import (
    Bilingual,
    NoRulingError,
    PackError,
    Ruling,
    UnknownRuleError,
)
from hufu.engines.law.surveys import Survey, survey
from hufu.engines.law.terms import Delay, DrugTerm, Term
from hufu.engines.law.valuations import Goods, Valued
from hufu.engines.law.workdays import Workdays

SUSPICION = "transfer.reasonable_suspicion_suffices"
VALUATION = "criminal.valuation.unsold"


@dataclass(frozen=True, slots=True)
class Book:
    """All rules of a pack by name; immutable, read once per process."""

    pack: Pack
    rules: Mapping[str, Rule]
    calendar: Workdays
    regions: Regions

    @classmethod
    def read(cls, folder: Path) -> "Book":
        """Read a pack; raise `PackError` where a file cannot be a rule."""
        return cls.of(read_files(folder))

    @classmethod
    def read_compiled(cls, text: str) -> "Book":
        """Read what `compile_pack` made of a pack; `PackError` if it is damaged."""
        return cls.of(read_compiled(text))

    @classmethod
    def of(cls, files: Iterable[RawFile]) -> "Book":
        """Make a book of files already read."""
        raws = {f.name: f for f in files}
        if "pack" not in raws:
            raise PackError("the pack has no pack.yaml")
        pack = Pack.of(raws["pack"].data)
        maker = RuleMaker(instruments(raws.values()))
        rules = {n: maker.make(f) for n, f in raws.items() if f.data["kind"] in DATED}
        years = read_years(raws.values(), maker)
        return cls(
            pack,
            rules,
            Workdays(pack.weekend, years),
            Regions.of(f.data for f in raws.values()),
        )

    def names(self, prefix: str = "") -> tuple[str, ...]:
        """Return the names of the rules that begin so."""
        return tuple(n for n in sorted(self.rules) if n.startswith(prefix))

    def rule(self, name: str) -> Rule:
        """Return a rule with its whole history."""
        if name not in self.rules:
            raise UnknownRuleError(name)
        return self.rules[name]

    def on(self, day: date, name: str) -> Ruling:
        """Return what the rule `name` said on `day`."""
        return self.rule(name).on(day)

    def survey(self, day: date) -> Survey:
        """Return how complete and how fresh the book is on a day."""
        return survey(self.rules, self.calendar, day)

    def warnings(self, day: date) -> list[Problem]:
        """Return what must be brought up to date: calendars first, stale rules then."""
        found = self.survey(day)
        years = [
            Problem(f"calendar/{y}.yaml", 1, f"the official calendar of {y} is missing")
            for y in found.missing_years
        ]
        stale = [
            Problem(name, 1, f"not checked since {self.rules[name].checked_on}")
            for name in found.stale
        ]
        return years + stale

    def deadline(
        self,
        name: str,
        start: date,
        pauses: Iterable[Pause] = (),
        extensions: Iterable[Extension] = (),
    ) -> Deadline:
        """Return when the act is due whose clock starts with the event at `start`."""
        ruling = self.on(deadlines.local_day(start, self.pack.zone), name)
        return self.recount(ruling, start, pauses, extensions)

    def recount(
        self,
        ruling: Ruling,
        start: date,
        pauses: Iterable[Pause] = (),
        extensions: Iterable[Extension] = (),
    ) -> Deadline:
        """Return when the act is due by a ruling, such as one stored long ago.

        What this book says of the rule now does not matter, only how it counts days.
        """
        day = deadlines.local_day(start, self.pack.zone)
        counting = self.on(day, ruling.value["counting"])
        clock = Clock(self.calendar, counting, self.pack.zone)
        return deadlines.compute(ruling, clock, start, pauses, extensions)

    def grounds(self, name: str, day: date) -> tuple[Ground, ...]:
        """Return the pauses and extensions that a deadline's rule knows on a day."""
        return deadlines.grounds(self.on(day, name))

    def penalty(self, name: str, facts: PenaltyFacts) -> PenaltyRange:
        """Return the lawful range of the fine; the lighter law when two days differ."""
        act = self._penalty(name, facts, facts.on)
        if facts.decided_on is None or facts.decided_on == facts.on:
            return act
        return penalties.lighter(act, self._penalty(name, facts, facts.decided_on))

    def _penalty(self, name: str, facts: PenaltyFacts, day: date) -> PenaltyRange:
        ruling = self.on(day, f"penalties.{name}")
        return penalties.assess(ruling, self._general(ruling, day), facts)

    def _general(self, ruling: Ruling, day: date) -> tuple[Ruling, ...]:
        names = ruling.value.get("general", ())
        return tuple(self.on(day, n) for n in names if self.rule(n).says(day))

    def circumstances(self, name: str, day: date) -> tuple[Circumstance, ...]:
        """Return what the law lets aggravate, mitigate or exempt for a penalty."""
        ruling = self.on(day, f"penalties.{name}")
        return penalties.circumstances(ruling, *self._general(ruling, day))

    def crime(self, offence: str, facts: CrimeFacts) -> Assessment:
        """Return the tier that the figures reach; the lighter law when two days differ.

        A case goes to the police by the rule on transfers of the later of the days.
        """
        act = self._crime(offence, facts, facts.on)
        result, today = act, facts.decided_on or facts.on
        if today != facts.on:
            decision = self._crime(offence, facts, today)
            result = replace(crimes.lighter(act, decision), compared=(act, decision))
        return replace(result, transfer_ruling=self._if_any(SUSPICION, today))

    def _crime(self, offence: str, facts: CrimeFacts, day: date) -> Assessment:
        law = self._crime_law(offence, facts, day)
        return crimes.assess(offence, law, valued(facts, law))

    def _crime_law(self, offence: str, facts: CrimeFacts, day: date) -> CrimeLaw:
        words = self.on(day, "criminal.metrics")
        unit = self._if_any("criminal.unit_multiple", day) if facts.is_unit else None
        standard = Standard(words.value)
        if unit:
            value = unit.value
            standard = Standard(words.value, value["multiple"], value["not_for"])
        order = self._if_any(VALUATION, day) if facts.goods else None
        return CrimeLaw(
            thresholds=self.on(day, f"criminal.thresholds.{offence}"),
            sentence=self._if_any(f"criminal.sentences.{offence}", day),
            standard=standard,
            others=tuple(r for r in (unit, order) if r),
            order=order,
        )

    def _if_any(self, name: str, day: date) -> Ruling | None:
        rule = self.rules.get(name)
        return rule.on(day) if rule and rule.says(day) else None

    def figures(self, offence: str, *days: date) -> dict[str, tuple[Bilingual, str]]:
        """Return what to find out for an offence under the laws of these days.

        By metric: the words for it, and whether it is an amount, a count or a fact.
        """
        found: dict[str, tuple[Bilingual, str]] = {}
        for day in days:
            law = self._crime_law(offence, CrimeFacts(day, {}), day)
            for metric, kind in law.metrics.items():
                found.setdefault(metric, (law.standard.word(metric), kind))
        return found

    def value_goods(self, goods: Goods, day: date) -> Valued:
        """Return what goods are worth under the rules of a day."""
        return valuations.value_goods(goods, self.on(day, VALUATION))

    def damages(self, name: str, facts: DamagesFacts) -> Damages:
        """Return what a court may award under the statute in force on the day.

        The total of punitive damages follows the interpretation of the judgment day.
        """
        ruling = self.on(facts.on, f"damages.{name}")
        judged_on = facts.decided_on or facts.on
        cap = self._if_any("damages.punitive_total", judged_on)
        return damages.estimate(ruling, cap, facts)

    def evidence(
        self,
        channel: str,
        day: date,
        present: Collection[str],
        traits: Collection[str] = (),
    ) -> Checklist:
        """Return what a channel asks of evidence, with what is present and missing."""
        ruling = self.on(day, f"evidence.{channel}")
        return evidence.checklist(channel, ruling, present, traits)

    def reward(
        self, level: int, fined: Decimal, day: date, circumstances: Iterable[str] = ()
    ) -> Reward:
        """Return what an informant may be rewarded out of fines and confiscations."""
        law = RewardLaw(
            levels=self.on(day, "rewards.levels"),
            excluded=self.on(day, "rewards.excluded"),
            finance=self.on(day, "rewards.finance_approval_from"),
        )
        return rewards.reward(law, level, fined, circumstances)

    def listing(self, facts: ListingFacts, day: date) -> Listing:
        """Return whether the criteria of the serious-violation list are met."""
        law = ListingLaw(
            acts=self.on(day, "lists.acts"),
            heavier=self.on(day, "lists.heavier_penalty"),
            no_intent=self.on(day, "lists.no_intent_exempts"),
            consent=self.on(day, "lists.superior_consent"),
        )
        return listings.listing(law, facts)

    def repair(self, met: Collection[str], day: date) -> Repair:
        """Return what is missing for early removal from the list."""
        return listings.repair(self.on(day, "lists.repair_conditions"), met)

    def term(self, right: str, filed_on: date) -> Term:
        """Return when a right is over that was filed on a day, if it lasts its time."""
        return terms.term(self.on(filed_on, f"terms.{right}_years"), filed_on)

    def registered_term(self, right: str, registered_on: date) -> Term:
        """Return when a right is over whose term runs from its registration."""
        rule = self.on(registered_on, f"terms.registration.{right}")
        return terms.term(rule, registered_on)

    def work_term(self, work: str, from_on: date) -> Term:
        """Return when a work is over that came out on a day.

        A new law governs every work that is still protected when it comes into force
        (Copyright Law, article 66): the newest one whose term had not run out decides.
        """
        rule = self.rule(f"terms.works.{work}")
        for ruling in reversed(rule.rulings):
            found = renewals.term_to_year_end(ruling, from_on)
            if found.last_on >= ruling.since:
                return found
        raise NoRulingError(rule.name, from_on)

    def variety_term(self, granted_on: date, *, is_woody: bool) -> Term:
        """Return when a plant variety right is over; vines and trees last longer."""
        rule = self.on(granted_on, "terms.plant_variety")
        years = rule.value["woody" if is_woody else "other"]
        return renewals.term_of_years(rule, granted_on, years)

    def layout_term(self, begun_on: date, created_on: date | None) -> Term:
        """Return when a layout-design is over: so long from filing or first use.

        However that may be, it is free so many years after its creation.
        """
        rule = self.on(begun_on, "terms.layout_design")
        usual = renewals.term_of_years(rule, begun_on, rule.value["years"])
        if created_on is None:
            return usual
        years = rule.value["years_from_creation"]
        latest = renewals.term_of_years(rule, created_on, years)
        return min(usual, latest, key=lambda term: term.expires_on)

    def renewed(
        self, last_on: date, on: Iterable[date], *, is_stated: bool = False
    ) -> Renewed:
        """Return a trademark's term after its renewals on some days."""
        rule = self.on(last_on, "terms.registration.trademark_renewal")
        return renewals.renewed(rule, last_on, on, is_stated=is_stated)

    def drug_term(self, filed_on: date, approved_on: date) -> DrugTerm:
        """Return when the patent of a new drug ends after its extension."""
        rule = self.on(approved_on, "terms.drug_extension")
        usual = terms.term(self.on(approved_on, "terms.invention_years"), filed_on)
        return terms.drug_extension(rule, usual, filed_on, approved_on)

    def delay(self, filed_on: date, requested_on: date, granted_on: date) -> Delay:
        """Return whether a patent was granted so late that its term may be adjusted."""
        rule = self.on(granted_on, "terms.office_delay_adjustment")
        return terms.delay(rule, filed_on, requested_on, granted_on)

    def competence(
        self, right: str, act: str, region: str, on: date
    ) -> tuple[Competent, ...]:
        """Return the bodies for a right, an act and a place on a day."""
        ruling = self.on(on, f"competence.{right}.{act}")
        courts = self.specialised_courts(region, on)
        return tuple(
            one
            for entry in ruling.value["bodies"]
            for one in competences.stand_ins(courts, entry)
            or (self._competent(entry, ruling, region, on),)
        )

    def _competent(
        self, entry: Mapping[str, Any], ruling: Ruling, region: str, on: date
    ) -> Competent:
        place = competences.choose(region, tuple(entry["levels"]))
        body = self.body(entry["body"], on, place)
        return Competent(
            body_code=body.code,
            name=body.name,
            level=body.level,
            region=body.region,
            role=entry["role"],
            ruling=ruling,
            note=competences.note(entry),
        )

    def specialised_courts(self, region: str, on: date) -> tuple[Specialised, ...]:
        """Return the specialised courts that were open in the province of a place."""
        ruling = self._if_any("courts.specialised", on)
        return competences.specialised(ruling, region, on) if ruling else ()

    def hotlines(self, bodies: Collection[str], on: date) -> tuple[Hotline, ...]:
        """Return the telephone numbers behind which these bodies answer."""
        ruling = self._if_any("contacts.hotlines", on)
        return competences.hotlines(ruling, bodies) if ruling else ()

    def body(self, code: str, on: date, region: str = competences.STATE) -> Body:
        """Return what a body was called on a day, for the state or for a region."""
        ruling = self.on(on, f"bodies.{code}")
        name = competences.named(ruling, code, region, self.regions)
        return Body(code, name, competences.level_of(region), region, ruling)

// The directory as supply: resources for some needs, open at a time, usable by a household that is described by facts. What can
// be used for certain and what perhaps stay apart, and what is not known is counted. The position of a hidden site takes part in
// nothing: how many there are is all that is told of them.

import type { DirectoryIndex } from '#shared/directory/index.ts';
import { createAreas, type AreaLookup } from '#shared/eligibility/areas.ts';
import { FAILED, MET } from '#shared/eligibility/compare.ts';
import { possibleOf } from '#shared/eligibility/condition.ts';
import { evaluate, verdictOf, type Decision } from '#shared/eligibility/evaluate.ts';
import { AREA, type AreaState } from '#shared/eligibility/mask.ts';
import type { Verdict } from '#shared/eligibility/rule.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { resolveNeeds } from '#shared/matching/match.ts';
import { OPEN_STATES, OpeningTimes } from '#shared/matching/opening-times.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import { contributedTo, listAreas } from '#server/matching/queries.ts';
import type { ForAgency } from '#server/plugins/queries.ts';

export interface WantedSupply {
  /** Any of these; absent: every need. */
  needs?: readonly string[] | undefined;
  /** RFC 3339. */
  openAt?: string | undefined;
  /** The described household. */
  usableBy?: Facts | undefined;
}

export interface SupplySite {
  /** Of the resource. */
  id: string;
  name: string;
  organization: string | null;
  lon: number;
  lat: number;
  type: string | null;
  /** Places there are, and places that were free when it was last told; null: not known. */
  capacity: number | null;
  available: number | null;
  /** Maybe: the rule leaves something open, or nothing is known of a rule. */
  usable: 'sure' | 'maybe';
  /** Null: nobody was described. */
  verdict: Verdict | null;
  /** Null: no time was asked for. */
  open: 'open' | 'unknown' | null;
  /** Published areas outside of which nobody can use it; empty: wherever one lives. */
  onlyIn: readonly string[];
}

export interface Supply {
  sites: SupplySite[];
  /** Resources for these needs that are not among the sites, by reason. */
  without: { unusable: number; closed: number; hidden: number; nowhere: number };
  /** Of how many sites this is not known. */
  unknown: { usable: number; open: number; capacity: number };
  areas: AreaLookup;
}

/** @param agency whose plugins hold. Throws a Problem: a need or fact that is not known, a fact that cannot be read. */
export async function listSupply(deps: ServerDeps, wanted: WantedSupply, agency?: ForAgency): Promise<Supply> {
  const { ruleSet, terms } = contributedTo(deps, agency);
  const needs = resolveNeeds(terms, (wanted.needs ?? []).map((term) => ({ term }))); // prettier-ignore
  await deps.directory.ready;
  const index = deps.directory.current();
  const areas = createAreas(await listAreas(deps.db));
  const at = wanted.openAt === undefined ? deps.clock() : Date.parse(wanted.openAt);
  const on = new Date(at).toISOString().slice(0, 10);
  const known = readFacts(wanted.usableBy ?? {}, { catalogue: ruleSet.catalogue, on });
  if (!known.ok) {
    const faults = known.issues.filter(({ severity }) => severity === 'error').map((issue) => `usableBy.${issue.path}: ${issue.message}`);
    throw new Problem('bad_request', faults.join(' '));
  }
  const reader = new SiteReader(index, {
    decision: evaluate(ruleSet, known.value, { on, areas }),
    opening: new OpeningTimes(index, at),
    wanted,
  });
  const terms_ = needs.flatMap(({ term }) => [...terms.withChildren(term)]);
  const rows = needs.length > 0 ? index.rowsWithAnyNeed(terms_) : index.rowsAll();
  const supply: Supply = {
    sites: [],
    without: { unusable: 0, closed: 0, hidden: 0, nowhere: 0 },
    unknown: { usable: 0, open: 0, capacity: 0 },
    areas,
  };
  for (const row of rows.toArray()) {
    const found = reader.read(row);
    if (typeof found === 'string') {
      supply.without[found]++;
      continue;
    }
    supply.sites.push(found);
    if (found.usable === 'maybe') supply.unknown.usable++;
    if (found.open === 'unknown') supply.unknown.open++;
    if (found.capacity === null) supply.unknown.capacity++;
  }
  return supply;
}

class SiteReader {
  readonly #index: DirectoryIndex;
  readonly #decision: Decision;
  readonly #opening: OpeningTimes;
  readonly #wanted: WantedSupply;

  constructor(index: DirectoryIndex, { decision, opening, wanted }: { decision: Decision; opening: OpeningTimes; wanted: WantedSupply }) {
    this.#index = index;
    this.#decision = decision;
    this.#opening = opening;
    this.#wanted = wanted;
  }

  /** The site of a row, or why it is none. */
  read(row: number): SupplySite | keyof Supply['without'] {
    const index = this.#index;
    const published = index.areas(row);
    const isDescribed = this.#wanted.usableBy !== undefined;
    const verdict = this.#verdict(row, this.#areaOf(published));
    if (isDescribed && verdict === 'ineligible') return 'unusable';
    const open = this.#wanted.openAt === undefined ? null : OPEN_STATES[this.#opening.state(index.numbers.timetable[row]!)]!;
    if (open === 'closed') return 'closed';
    // Counted behind the others, so that the count tells nothing of one that is shut or shuts people out.
    if (index.isHidden(row)) return 'hidden';
    if (!index.hasPosition(row)) return 'nowhere';
    const capacity = index.capacities[index.numbers.capacity[row]!];
    const hasToLiveThere = published.length > 0 && this.#isOpenArea() && this.#verdict(row, AREA.outside) === 'ineligible';
    return {
      id: index.id(row),
      name: index.serviceName(row),
      organization: index.organizationName(row),
      lon: index.lon(row),
      lat: index.lat(row),
      type: index.type(row),
      capacity: capacity?.maximum ?? null,
      available: capacity?.available ?? null,
      usable: !isDescribed || verdict === 'eligible' ? 'sure' : 'maybe',
      verdict: isDescribed ? verdict : null,
      open,
      onlyIn: hasToLiveThere ? published : [],
    };
  }

  /** A rule that is named and not there states nothing. */
  #verdict(row: number, area: AreaState): Verdict {
    const { ruleSet } = this.#decision;
    const rule = this.#index.rule(row);
    const number = rule === null ? undefined : ruleSet.numberOf(rule);
    return number === undefined ? 'not_stated' : verdictOf(this.#decision, number, area);
  }

  /** Where they live, if that was told; else in the service's area, since each cell is asked whether it lies there. */
  #areaOf(published: readonly string[]): AreaState {
    if (published.length === 0) return AREA.unknown;
    if (this.#isOpenArea()) return AREA.inside;
    const outcome = this.#decision.options.areas.within(possibleOf(this.#decision.facts, 'household.place'), published);
    return outcome === MET ? AREA.inside : outcome === FAILED ? AREA.outside : AREA.unknown;
  }

  #isOpenArea(): boolean {
    return !this.#decision.facts.has('household.place');
  }
}

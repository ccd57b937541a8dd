// Who gains and who loses when a plugin is switched on, updated or published: by each rule that decides otherwise than before, be
// it by its own words or by a table or fact that it names. Over made-up households; no client's record is read for it.

import { createAreas } from '#shared/eligibility/areas.ts';
import { decideMany } from '#shared/eligibility/decide-many.ts';
import { canUse, type ImpactCount } from '#shared/eligibility/impact.ts';
import { createPanel } from '#shared/eligibility/panel.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import { assumedArea } from '#shared/eligibility/rule-tests.ts';
import type { Rule, Verdict } from '#shared/eligibility/rule.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import type { FactDefinition, Facts } from '#shared/intake/facts.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import type { Localized } from '#shared/platform/localized.ts';
import type { ServerDeps } from '#server/deps.ts';
import { listServicesOf } from '#server/rules/queries.ts';

export interface RuleImpact extends ImpactCount {
  rule: string;
  title: Localized;
  /** Of those who neither gain nor lose: for whom something is still to be asked. */
  open: number;
  /** Services that it decides. */
  services: number;
  /** It decides nothing any longer: those services state nothing. */
  gone: boolean;
  /** Ids of tables and facts that changed under it; none: its own words did. */
  by: string[];
}

interface World {
  rules: Map<string, Rule>;
  facts: FactDefinition[];
  tables: RuleTable[];
}

export interface ImpactOptions {
  /** By point, what the plugin would contribute (contributed-by.ts), in place of what it contributes now. */
  contributes: Readonly<Record<string, readonly unknown[]>>;
  /** Day of the decisions, YYYY-MM-DD. */
  on: string;
}

/** Those who lose first. */
export async function listImpacts(
  { registry, db }: Pick<ServerDeps, 'registry' | 'db'>,
  name: string,
  { contributes, on }: ImpactOptions,
): Promise<RuleImpact[]> {
  const all = registry.pointIds();
  const now = <T>(point: string, others: boolean): T[] =>
    (all.includes(point) ? registry.getPoint<T>(point).all() : [])
      .filter(({ plugin }) => !others || plugin !== name)
      .map(({ value }) => value);
  const worldOf = (own: typeof contributes | null): World => {
    const of = <T>(point: string): T[] => [...now<T>(point, own !== null), ...((own?.[point] ?? []) as T[])];
    return { rules: inForce(of('eligibilityRules'), on), facts: of('facts'), tables: of('ruleTables') };
  };
  const [before, after] = [worldOf(null), worldOf(contributes)];
  const changed = new Set([
    ...differing(before.tables, after.tables, ({ table }) => table),
    ...differing(before.facts, after.facts, ({ id }) => id),
  ]);
  const touched = [...new Set([...before.rules.keys(), ...after.rules.keys()])].flatMap((id) => {
    const [was, is] = [before.rules.get(id), after.rules.get(id)];
    const by = is ? listNamed(is, NAMING).filter((named) => changed.has(named)) : [];
    return was && is && by.length === 0 && JSON.stringify(was) === JSON.stringify(is) ? [] : [{ id, was, is, by }];
  });
  const places = touched.flatMap(({ is }) => (is ? listNamed(is, ['within']) : [])).filter((place) => place !== 'service_area');
  const panel = createPanel({ places: [...new Set([...places, 'us'])], facts: [...after.facts, ...before.facts] });
  const people = panel.map(({ facts }) => facts);
  const verdictBefore = decideFor(
    touched.flatMap(({ was }) => was ?? []),
    before,
    { people, on },
  );
  const verdictAfter = decideFor(
    touched.flatMap(({ is }) => is ?? []),
    after,
    { people, on },
  );
  const impacts: RuleImpact[] = [];
  for (const { id, was, is, by } of touched) {
    const services = (await listServicesOf(db, id)).length;
    const count = { gain: 0, lose: 0, same: 0, open: 0 };
    if (is)
      people.forEach((_, person) => {
        const now = verdictAfter(id, person);
        const [could, can] = [canUse(was && verdictBefore(id, person)), canUse(now)];
        count[could === can ? 'same' : can ? 'gain' : 'lose']++;
        if (now === 'unknown') count.open++;
      });
    const named = was && is && sayWords(was) === sayWords(is) ? by : [];
    impacts.push({ rule: id, title: is?.title ?? was?.title ?? id, services, by: named, ...count, gone: !is });
  }
  return impacts.sort((a, b) => b.lose - a.lose || b.services - a.services || b.gain - a.gain || (a.rule < b.rule ? -1 : 1));
}

/** The verdict of each rule for each of the people: all of them compiled and decided at once. */
function decideFor(
  rules: readonly Rule[],
  { facts, tables }: World,
  { people, on }: { people: readonly Facts[]; on: string },
): (rule: string, person: number) => Verdict | undefined {
  const ruleSet = compileRules({ rules: rules.map((rule) => ({ ...rule, applies: undefined })), facts, tables });
  const known = people.map((given) => {
    const here = Object.fromEntries(Object.entries(given).filter(([id]) => ruleSet.catalogue.find(id)));
    const read = readFacts(here, { catalogue: ruleSet.catalogue, on });
    return read.ok ? read.value : new Map();
  });
  const areas = createAreas();
  // Who is taken to live in the area served, or not, or nobody knows: those of one kind are decided at once.
  const groups = new Map<ReturnType<typeof assumedArea>, typeof known>();
  const places = known.map((facts) => {
    const area = assumedArea(facts);
    const group = groups.get(area) ?? [];
    groups.set(area, group);
    return { area, at: group.push(facts) - 1 };
  });
  const decided = new Map([...groups].map(([area, group]) => [area, decideMany(ruleSet, group, { on, areas, area })]));
  return (rule, person) => {
    const number = ruleSet.numberOf(rule);
    const { area, at } = places[person]!;
    return number === undefined ? undefined : decided.get(area)!.verdictOf(number, at);
  };
}

/** Words of a condition behind which a fact or a table is named. */
const NAMING = ['fact', 'of', 'by', 'some', 'every'];

/** Of each rule the latest version that is in force. */
function inForce(rules: readonly Rule[], on: string): Map<string, Rule> {
  const found = new Map<string, Rule>();
  for (const rule of rules) {
    const { from, to } = rule.applies ?? {};
    if ((from !== undefined && from > on) || (to !== undefined && to < on)) continue;
    if ((found.get(rule.rule)?.version ?? 0) <= rule.version) found.set(rule.rule, rule);
  }
  return found;
}

function differing<T>(before: readonly T[], after: readonly T[], idOf: (one: T) => string): string[] {
  const [was, is] = [before, after].map((list) => new Map(list.map((one) => [idOf(one), JSON.stringify(one)])));
  return [...new Set([...was!.keys(), ...is!.keys()])].filter((id) => was!.get(id) !== is!.get(id));
}

/** What a rule names behind these words. */
function listNamed({ eligible_when: written }: Rule, words: readonly string[]): string[] {
  const found = new Set<string>();
  JSON.stringify(written, (key, value: unknown) => {
    if (words.includes(key)) for (const name of [value].flat()) if (typeof name === 'string') found.add(name);
    return value;
  });
  return [...found];
}

const sayWords = (rule: Rule): string => JSON.stringify(rule.eligible_when);

// What publishing a draft would mean: what comes, changes and goes, and who gains and who loses by each rule that decides
// otherwise than before, be it by its own words or by a table or fact that it names. Over made-up households; no client's record
// is read for it.

import { compareRules, type ImpactCount } from '#shared/eligibility/impact.ts';
import { createPanel } from '#shared/eligibility/panel.ts';
import { readRuleText } from '#shared/eligibility/check-files.ts';
import { Rule } from '#shared/eligibility/rule.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import { createRuleTrial } from '#shared/eligibility/try-rule.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import type { Localized } from '#shared/platform/localized.ts';
import type { ServerDeps } from '#server/deps.ts';
import { listServicesOf } from '#server/rules/queries.ts';
import { readInstalled, takeThroughDoor, type Built } from './build.ts';

export interface Change {
  point: string;
  id: string;
  label: Localized;
  what: 'new' | 'changed' | 'gone';
}

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

/** What tells contributions of a point apart, and what they are called. */
const IDS = ['id', 'table', 'rule'] as const;

/** In the order in which they are told. */
const REVIEWED = ['resourceTypes', 'intakeQuestions', 'facts', 'ruleTables', 'eligibilityRules', 'dataChecks'] as const;

export function listChanges(deps: ServerDeps, name: string, built: Built): Change[] {
  const before = readInstalled(deps, name);
  const after = takeThroughDoor({ ...built.contributes, eligibilityRules: listRules(built) });
  return REVIEWED.flatMap((point) => {
    const [was, is] = [byId(before[point] ?? []), byId(after[point] ?? [])];
    const label = (value: Record<string, unknown>, id: string) => (value['label'] ?? value['title'] ?? value['ask'] ?? id) as Localized;
    return [
      ...[...is].flatMap(([id, value]): Change[] => {
        const earlier = was.get(id);
        if (earlier && JSON.stringify(earlier) === JSON.stringify(value)) return [];
        return [{ point, id, label: label(value, id), what: earlier ? 'changed' : 'new' }];
      }),
      ...[...was].flatMap(([id, value]): Change[] => (is.has(id) ? [] : [{ point, id, label: label(value, id), what: 'gone' }])),
    ];
  });
}

function byId(values: readonly unknown[]): Map<string, Record<string, unknown>> {
  return new Map(
    (values as Record<string, unknown>[]).map((value) => [String(value[IDS.find((id) => typeof value[id] === 'string') ?? 'id']), value]),
  );
}

/** Every version of its rules that can be read. */
function listRules({ rules }: Built): Rule[] {
  return rules.flatMap(({ texts }) =>
    texts.flatMap((text) =>
      readRuleText({ file: '', text }).rules.flatMap(({ raw }) => {
        const parsed = Rule.safeParse(raw);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
  );
}

interface World {
  rules: Map<string, Rule>;
  facts: FactDefinition[];
  tables: RuleTable[];
}

/** @param on day of the decisions, YYYY-MM-DD */
export async function listImpacts(deps: ServerDeps, name: string, { built, on }: { built: Built; on: string }): Promise<RuleImpact[]> {
  const all = <T>(point: string, others: boolean): T[] =>
    deps.registry
      .getPoint<T>(point)
      .all()
      .filter(({ plugin }) => !others || plugin !== name)
      .map(({ value }) => value);
  const before: World = {
    rules: inForce(all('eligibilityRules', false), on),
    facts: all('facts', false),
    tables: all('ruleTables', false),
  };
  const made = takeThroughDoor({ ...built.contributes });
  const after: World = {
    rules: inForce([...all<Rule>('eligibilityRules', true), ...listRules(built)], on),
    facts: [...all<FactDefinition>('facts', true), ...((made['facts'] ?? []) as FactDefinition[])],
    tables: [...all<RuleTable>('ruleTables', true), ...((made['ruleTables'] ?? []) as RuleTable[])],
  };
  const changed = new Set([
    ...differing(before.tables, after.tables, ({ table }) => table),
    ...differing(before.facts, after.facts, ({ id }) => id),
  ]);
  const panel = createPanel({ places: ['us'] });
  const impacts: RuleImpact[] = [];
  for (const id of new Set([...before.rules.keys(), ...after.rules.keys()])) {
    const [was, is] = [before.rules.get(id), after.rules.get(id)];
    const by = is ? listNamed(is).filter((named) => changed.has(named)) : [];
    if (was && is && by.length === 0 && JSON.stringify(was) === JSON.stringify(is)) continue;
    const services = (await listServicesOf(deps.db, id)).length;
    const common = { rule: id, title: is?.title ?? was?.title ?? id, services, by: was && is && sayWords(was) === sayWords(is) ? by : [] };
    if (!is) impacts.push({ ...common, gain: 0, lose: 0, same: 0, open: 0, gone: true });
    else {
      const trial = createRuleTrial(is, after);
      const { gain, lose, same } = compareRules(was ? createRuleTrial(was, before) : null, trial, panel, on);
      const verdicts = trial.verdicts(panel.map(({ facts }) => facts), on); // prettier-ignore
      impacts.push({ ...common, gain, lose, same, open: verdicts.filter((verdict) => verdict === 'unknown').length, gone: false });
    }
  }
  return impacts.sort((a, b) => b.lose - a.lose || b.services - a.services || (a.rule < b.rule ? -1 : 1));
}

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

/** Ids of facts and tables that a rule names. */
function listNamed({ eligible_when: written }: Rule): string[] {
  const found = new Set<string>();
  JSON.stringify(written, (key, value: unknown) => {
    if ((key === 'fact' || key === 'of' || key === 'by' || key === 'some' || key === 'every') && typeof value === 'string')
      found.add(value);
    return value;
  });
  return [...found];
}

const sayWords = (rule: Rule): string => JSON.stringify(rule.eligible_when);

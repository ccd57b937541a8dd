// What publishing a draft would mean: what comes, changes and goes, and who gains and who loses.

import { readRuleText } from '#shared/eligibility/check-files.ts';
import { Rule } from '#shared/eligibility/rule.ts';
import type { Localized } from '#shared/platform/localized.ts';
import type { ServerDeps } from '#server/deps.ts';
import { takeThroughDoor } from '../contributed-by.ts';
import { listImpacts, type RuleImpact } from '../impact.ts';
import { readInstalled, type Built } from './build.ts';

export interface Change {
  point: string;
  id: string;
  label: Localized;
  what: 'new' | 'changed' | 'gone';
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

/** @param on day of the decisions, YYYY-MM-DD */
export function reviewImpacts(deps: ServerDeps, name: string, { built, on }: { built: Built; on: string }): Promise<RuleImpact[]> {
  return listImpacts(deps, name, { contributes: { ...takeThroughDoor({ ...built.contributes }), eligibilityRules: listRules(built) }, on });
}

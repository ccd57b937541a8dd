// The rules that there are, as the list shows them: by agency, with the version that holds today and what is being drafted.

import { api, getContributions } from '#client/api.ts';
import { localize } from '#shared/platform/localized.ts';
import { foldText } from '#shared/platform/suggest.ts';
import { today } from '#client/ui/day.ts';

export interface ListedRule {
  id: string;
  agency: string;
  title: string;
  /** The version that holds today; null: it is only a draft, or does not hold yet. */
  version: number | null;
  status: 'drafted' | 'confirmed';
  tests: number;
  draft: { at: string; by: string | null } | null;
}

/** In the order of agency and title; with `query` those that hold all of its words. */
export async function listRules(language: string, query = ''): Promise<ListedRule[]> {
  const [{ eligibilityRules }, drafts] = await Promise.all([getContributions(language), api.rules.drafts.query().catch(() => [])]);
  const day = today();
  const byId = new Map<string, (typeof eligibilityRules)[number]['value'][]>();
  for (const { value } of eligibilityRules) byId.set(value.rule, [...(byId.get(value.rule) ?? []), value]);
  const ids = new Set([...byId.keys(), ...drafts.map(({ rule }) => rule)]);
  const listed = [...ids].map((id): ListedRule => {
    const versions = (byId.get(id) ?? []).sort((a, b) => b.version - a.version);
    const live = versions.find(({ applies }) => holdsOn(applies, day));
    const shown = live ?? versions[0];
    const draft = drafts.find(({ rule }) => rule === id);
    return {
      id,
      agency: id.split('/')[0] ?? '',
      title: localize(shown?.title ?? draft?.title ?? id, language),
      version: live?.version ?? null,
      status: shown?.status ?? 'drafted',
      tests: shown?.tests.length ?? 0,
      draft: draft ? { at: draft.at, by: draft.by } : null,
    };
  });
  return searchRules(listed, query).sort((a, b) => a.agency.localeCompare(b.agency) || a.title.localeCompare(b.title, language));
}

/** Whether a version's effective dates hold a day. */
export function holdsOn(applies: { from?: string | undefined; to?: string | undefined } | undefined, day: string): boolean {
  return (!applies?.from || applies.from <= day) && (!applies?.to || applies.to >= day);
}

/** Agencies with their rules; only rules that hold all words of the query. */
export function groupByAgency(rules: readonly ListedRule[], query: string): [agency: string, rules: ListedRule[]][] {
  const groups = new Map<string, ListedRule[]>();
  for (const rule of searchRules(rules, query)) groups.set(rule.agency, [...(groups.get(rule.agency) ?? []), rule]);
  return [...groups];
}

function searchRules(rules: readonly ListedRule[], query: string): ListedRule[] {
  const words = foldText(query).split(/\s+/).filter(Boolean);
  return rules.filter(({ id, title }) => words.every((word) => foldText(`${id} ${title}`).includes(word)));
}

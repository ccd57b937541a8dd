// What rules may name in this installation, and the words for it.

import type { Contributions, Outputs } from '#client/api.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/index.ts';
import { FAULT_MESSAGES } from '#shared/eligibility/messages/faults.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import { createFactCatalogue, type FactCatalogue } from '#shared/intake/catalogue.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { createMessages, type Messages } from '#shared/platform/messages.ts';

export interface RuleVocabulary {
  facts: readonly FactDefinition[];
  catalogue: FactCatalogue;
  tables: ReadonlyMap<string, RuleTable>;
  /** Areas that rules name. */
  places: readonly string[];
}

/** A plugin that is made here, with the facts and tables that it will bring. */
export type MadePlugin = Outputs['made']['vocabulary'][number];

/** @param made the plugin to which the rule belongs: what it brings may be named before it is published */
export function readVocabulary(contributions: Contributions, made: MadePlugin | null): RuleVocabulary {
  const own = made?.facts ?? [];
  const facts = [...contributions.facts.map(({ value }) => value).filter(({ id }) => !own.some((fact) => fact.id === id)), ...own];
  return {
    facts,
    catalogue: createFactCatalogue(facts),
    tables: new Map([...contributions.ruleTables.map(({ value }) => value), ...(made?.tables ?? [])].map((table) => [table.table, table])),
    places: findPlaces(contributions.eligibilityRules.map(({ value }) => value.eligible_when)),
  };
}

/** Areas that conditions compare with. */
export function findPlaces(written: unknown): string[] {
  const json = JSON.stringify(written ?? null);
  const places = [...json.matchAll(/"within":("[^"]*"|\[[^\]]*\])/g)].flatMap(([, found]) =>
    [JSON.parse(found!) as string | string[]].flat(),
  );
  return [...new Set(places)].filter((place) => place !== 'service_area').sort();
}

/** The rule that a text holds, where it is a sound one. */
export function readRuleOf(text: string): Rule | null {
  const parsed = parseRule(text);
  return parsed.ok ? parsed.value : null;
}

const formatters = new Map<string, Messages>();

/** The sentences of rules and of what is wrong with them, in any language. */
export function messagesOf(language: string): Messages {
  let messages = formatters.get(language);
  if (!messages) formatters.set(language, (messages = createMessages({ language, bundles: [...ELIGIBILITY_MESSAGES, ...FAULT_MESSAGES] })));
  return messages;
}

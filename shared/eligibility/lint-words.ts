// What a rule says: texts that lack a language that its others have, values that a fact does not know, ids that are used
// twice or name nothing.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { memberFactId } from '../intake/read-facts.ts';
import type { Localized } from '../platform/localized.ts';
import { suggestWords } from '../platform/suggest.ts';
import { said, type Said } from './faults.ts';
import type { RuleFix } from './fix.ts';
import type { Path } from './rule-file.ts';
import type { Rule } from './rule.ts';
import { toPathIssue, type PathIssue } from './schema-issues.ts';
import { listNodes, type Visited } from './walk.ts';

export interface LintWordsOptions {
  catalogue: FactCatalogue;
  /** Languages that every text must have, beside those that the rule uses anyway. */
  languages?: readonly string[];
}

export function lintWords(rule: Rule, options: LintWordsOptions): PathIssue[] {
  const nodes = listNodes(rule.eligible_when);
  return [...lintTexts(nodes, options.languages ?? []), ...lintOptions(nodes, options.catalogue), ...lintIds(rule, nodes)];
}

/** Sentences that people read. The rule's title is for those who keep it, and is no part. */
function lintTexts(nodes: readonly Visited[], wanted: readonly string[]): PathIssue[] {
  const texts = nodes.flatMap(({ node, at }): { text: Localized; at: Path }[] => [
    ...(node.say === undefined ? [] : [{ text: node.say, at: [...at, 'say'] }]),
    ...('staff_decides' in node ? [{ text: node.staff_decides, at: [...at, 'staff_decides'] }] : []),
  ]);
  const languages = new Set([...wanted, ...texts.flatMap(({ text }) => (typeof text === 'string' ? [] : Object.keys(text)))]);
  return texts.flatMap(({ text, at }) => {
    const has = typeof text === 'string' ? ['en'] : Object.keys(text);
    const missing = [...languages].filter((language) => !has.includes(language)).sort();
    if (missing.length === 0) return [];
    const known = typeof text === 'string' ? { en: text } : text;
    const value = { ...known, ...Object.fromEntries(missing.map((language) => [language, ''])) };
    return [
      warn('missing_translation', at, said('fault.missing_translation', { languages: missing.join(', ') }), {
        title: said('fix.add_languages'),
        replace: at,
        value,
      }),
    ];
  });
}

function lintOptions(nodes: readonly Visited[], catalogue: FactCatalogue): PathIssue[] {
  return nodes.flatMap(({ node, at, inMember }) => {
    if (!('fact' in node)) return [];
    const options = catalogue.find(inMember ? memberFactId(node.fact) : node.fact)?.options?.map(({ value }) => value);
    if (!options) return [];
    return (['is', 'is_one_of', 'includes'] as const).flatMap((comparison) => {
      const value = node[comparison];
      const list = Array.isArray(value) ? value.map((one, i) => ({ one: one as unknown, path: [...at, comparison, i] })) : [];
      const values = Array.isArray(value) ? list : value === undefined ? [] : [{ one: value, path: [...at, comparison] }];
      return values.flatMap(({ one, path }) => {
        if (options.includes(String(one))) return [];
        const [near] = suggestWords(String(one), options);
        const values = { word: String(one), fact: node.fact };
        if (near === undefined)
          return [warn('unknown_option', path, said('fault.unknown_option', { ...values, allowed: options.join(', ') }), undefined)];
        const fix = { title: said('fix.write', { word: near }), replace: path, value: near };
        return [warn('unknown_option', path, said('fault.unknown_option_near', { ...values, near: [near] }), fix)];
      });
    });
  });
}

function lintIds(rule: Rule, nodes: readonly Visited[]): PathIssue[] {
  const seen = new Set<string>();
  const doubled = nodes.flatMap(({ node, at }) => {
    if (node.id === undefined) return [];
    if (!seen.has(node.id)) {
      seen.add(node.id);
      return [];
    }
    return [warn('duplicate_id', [...at, 'id'], said('fault.duplicate_id', { id: node.id }), undefined)];
  });
  const known = nodes.map(({ id }) => id);
  const unknown = rule.tests.flatMap((test, i) =>
    (test.because ?? []).flatMap((id, j) => {
      if (known.includes(id)) return [];
      const [near] = suggestWords(id, seen);
      const path = ['tests', i, 'because', j];
      if (near === undefined) return [warn('unknown_condition', path, said('fault.unknown_condition', { id }), undefined)];
      const fix = { title: said('fix.write', { word: near }), replace: path, value: near };
      return [warn('unknown_condition', path, said('fault.unknown_condition_near', { id, near: [near] }), fix)];
    }),
  );
  return [...doubled, ...unknown];
}

function warn(code: string, at: Path, what: Said, fix: RuleFix | undefined): PathIssue {
  return { ...toPathIssue(code, at, what), severity: 'warning', ...(fix ? { fix } : {}) };
}

// What plugins and this deployment contribute to matching: needs, rules, questions, words; compiled once and again when it changes.

import { checkRule } from '#shared/eligibility/check-rule.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/messages/index.ts';
import { compileRules, type RuleSet } from '#shared/eligibility/rule-set.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import type { IntakeQuestion } from '#shared/intake/questions.ts';
import { createNeedTerms, type NeedTerms } from '#shared/matching/need-terms.ts';
import { createMessages, type Messages } from '#shared/platform/messages.ts';
import type { SynonymSet, Taxonomy, TranslationContribution } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '#server/deps.ts';
import { listElsewhere, type ForAgency } from '#server/plugins/queries.ts';

/** What plugins contribute to matching but for some of them, compiled when it is first asked for and after each change. */
export class Contributed {
  readonly #deps: ServerDeps;
  readonly #elsewhere: ReadonlySet<string>;
  #terms: NeedTerms | undefined;
  #ruleSet: RuleSet | undefined;
  #messages = new Map<string, Messages>();

  constructor(deps: ServerDeps, elsewhere: ReadonlySet<string>) {
    this.#deps = deps;
    this.#elsewhere = elsewhere;
    for (const id of ['taxonomies', 'synonyms']) deps.registry.getPoint(id).onDidChange(() => (this.#terms = undefined));
    for (const id of ['eligibilityRules', 'ruleTables', 'facts']) deps.registry.getPoint(id).onDidChange(() => (this.#ruleSet = undefined));
    deps.registry.getPoint('translations').onDidChange(() => this.#messages.clear());
  }

  get terms(): NeedTerms {
    return (this.#terms ??= createNeedTerms(this.#all<Taxonomy>('taxonomies'), this.#all<SynonymSet>('synonyms')));
  }

  get questions(): IntakeQuestion[] {
    return this.#all<IntakeQuestion>('intakeQuestions');
  }

  get ruleSet(): RuleSet {
    return (this.#ruleSet ??= compileContributedRules(this.#deps, this.#elsewhere));
  }

  /** Names and ids of areas that conditions compare with. */
  get namedAreas(): ReadonlySet<string> {
    const { leaves } = this.ruleSet.graph;
    return new Set(
      leaves.flatMap((leaf) => (leaf.kind === 'test' && leaf.condition.comparison === 'within' ? leaf.condition.words.map(String) : [])),
    );
  }

  messages(language: string): Messages {
    let messages = this.#messages.get(language);
    if (!messages) {
      const translations = this.#all<TranslationContribution>('translations').map((t) => [t.language, t.messages] as const);
      messages = createMessages({ language, bundles: [...ELIGIBILITY_MESSAGES, ...translations] });
      this.#messages.set(language, messages);
    }
    return messages;
  }

  #all<T>(point: string): T[] {
    return this.#deps.registry
      .getPoint<T>(point)
      .all()
      .flatMap(({ plugin, value }) => (this.#elsewhere.has(plugin) ? [] : [value]));
  }
}

const shared = new WeakMap<ServerDeps, Map<string, Contributed>>();

/**
 * One for each server and set of plugins that hold elsewhere, which is the same for most agencies: compiling takes a moment, and
 * listeners would add up.
 */
export function contributedTo(deps: ServerDeps, agency?: ForAgency): Contributed {
  let views = shared.get(deps);
  if (!views) shared.set(deps, (views = new Map()));
  const elsewhere = listElsewhere(deps.plugins, agency);
  const key = [...elsewhere].sort().join('\n');
  let contributed = views.get(key);
  if (!contributed) views.set(key, (contributed = new Contributed(deps, elsewhere)));
  return contributed;
}

/**
 * Compiles what plugins and this deployment contribute, but for the plugins `elsewhere`.
 * A faulty rule is left out and named in the log: its services count as not stated.
 */
export function compileContributedRules(
  { registry, log }: Pick<ServerDeps, 'registry' | 'log'>,
  elsewhere: ReadonlySet<string> = new Set(),
): RuleSet {
  const here = <T>(point: string) =>
    registry
      .getPoint<T>(point)
      .all()
      .filter(({ plugin }) => !elsewhere.has(plugin));
  const all = <T>(point: string) => here<T>(point).map((contribution) => contribution.value);
  const facts = all<FactDefinition>('facts');
  const tables = all<RuleTable>('ruleTables');
  const vocabulary = { catalogue: createFactCatalogue(facts), tables: new Map(tables.map((t) => [t.table, t])) };
  const rules = here<Rule>('eligibilityRules').flatMap(({ plugin, value }) => {
    const issues = checkRule(value, vocabulary);
    for (const issue of issues) log.warn({ plugin, rule: value.rule, code: issue.code, path: issue.path }, issue.message);
    return issues.length === 0 ? [value] : [];
  });
  return compileRules({ rules, tables, facts });
}

// Publishing a rule and taking a publication back. A rule is published only with tests that all pass; both are on record.

import { sayInEnglish } from '#shared/eligibility/faults.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { setValue } from '#shared/eligibility/rule-document.ts';
import { runRuleTests } from '#shared/eligibility/rule-tests.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import { recordAudit } from '#server/audit/audit.ts';
import { reserve } from '#server/db/acts.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';
import { assertOwnRule } from './agency.ts';
import { deleteDraft, findDraft, listVersions } from './queries.ts';

export interface Publication {
  rule: string;
  text: string;
  /** First day on which it holds, YYYY-MM-DD. */
  from: string;
  reason: string;
  /** Revision of the draft that was seen; 0: there is none. */
  revision: number;
}

/** @returns the number of the new version */
export async function publishRule(deps: ServerDeps, input: Publication, actor: Actor): Promise<number> {
  await assertOwnRule(deps.db, input.rule, actor);
  assertPublishable(deps, input);
  const at = deps.clock();
  const version = await deps.db.transaction().execute(async (trx) => {
    // The counter's row stays locked until the commit: no two versions get one number.
    await reserve(trx, 'rules');
    const draft = await findDraft(trx, input.rule);
    if ((draft?.revision ?? 0) !== input.revision)
      throw new Problem('conflict', 'Someone else changed this draft in the meantime. Open it again to see what they wrote.');
    const numbers = [...listContributed(deps.registry, input.rule), ...(await listVersions(trx, input.rule))].map((one) => one.version);
    const next = Math.max(0, ...numbers) + 1;
    const text = setValue(setValue(input.text, ['version'], next), ['applies', 'from'], input.from);
    await trx
      .insertInto('rule_version')
      .values({
        rule_id: input.rule,
        version: next,
        text,
        actor: getActorName(actor),
        at: new Date(at).toISOString(),
        reason: input.reason,
        withdrawn_at: null,
        withdrawn_by: null,
      })
      .execute();
    await deleteDraft(trx, input.rule);
    await recordAudit(trx, { actor, at, action: 'rule.publish', object: 'rule', recordId: `${input.rule}@${next}`, reason: input.reason });
    return next;
  });
  await deps.publishedRules.refresh();
  return version;
}

/** Takes back the latest version that holds: the one before it holds again, and its text becomes the draft where there is none. */
export async function unpublishRule(
  deps: ServerDeps,
  input: { rule: string; version: number; reason: string },
  actor: Actor,
): Promise<void> {
  await assertOwnRule(deps.db, input.rule, actor);
  const at = deps.clock();
  const [when, who] = [new Date(at).toISOString(), getActorName(actor)];
  await deps.db.transaction().execute(async (trx) => {
    await reserve(trx, 'rules');
    const latest = (await listVersions(trx, input.rule)).find(({ withdrawn_at }) => withdrawn_at === null);
    if (!latest) throw new Problem('not_found', `No version of "${input.rule}" was published here.`);
    if (latest.version !== input.version)
      throw new Problem('conflict', `Version ${latest.version} was published since. Only the latest one can be taken back.`);
    await trx
      .updateTable('rule_version')
      .set({ withdrawn_at: when, withdrawn_by: who })
      .where('rule_id', '=', input.rule)
      .where('version', '=', input.version)
      .execute();
    await trx
      .insertInto('rule_draft')
      .values({ rule_id: input.rule, text: latest.text, revision: 1, actor: who, at: when })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await recordAudit(trx, {
      actor,
      at,
      action: 'rule.unpublish',
      object: 'rule',
      recordId: `${input.rule}@${input.version}`,
      reason: input.reason,
    });
  });
  await deps.publishedRules.refresh();
}

/** Versions of a rule among the contributions: of plugins, and those published here. */
export function listContributed(registry: ContributionRegistry, rule: string): Rule[] {
  return registry
    .getPoint<Rule>('eligibilityRules')
    .all()
    .map(({ value }) => value)
    .filter((value) => value.rule === rule);
}

function assertPublishable({ registry, clock }: ServerDeps, { rule, text }: Publication): void {
  const all = <T>(point: string): T[] =>
    registry
      .getPoint<T>(point)
      .all()
      .map(({ value }) => value);
  const [facts, tables] = [all<FactDefinition>('facts'), all<RuleTable>('ruleTables')];
  const parsed = parseRule(text, { catalogue: createFactCatalogue(facts), tables: new Map(tables.map((table) => [table.table, table])) });
  if (!parsed.ok) throw new Problem('unprocessable', `The rule cannot be published. ${parsed.issues[0]?.message ?? ''}`);
  if (parsed.value.rule !== rule) throw new Problem('unprocessable', `The text is that of "${parsed.value.rule}", not of "${rule}".`);
  if (parsed.value.tests.length === 0) throw new Problem('unprocessable', 'A rule is published with its tests. This one has none.');
  const today = new Date(clock()).toISOString().slice(0, 10);
  const failed = runRuleTests(parsed.value, { facts, tables, on: today }).filter(({ passed }) => !passed);
  const [first] = failed;
  if (first) {
    throw new Problem(
      'unprocessable',
      `${failed.length} of its tests fail, the first: "${first.test}". ${first.faults.map(sayInEnglish).join(' ')}`,
    );
  }
}

// Rules written here: drafts, publication with passing tests, taking it back, the service that uses them; on both engines.

import { describe, expect, test } from 'vitest';
import { findAuditFault, listAudit } from '#server/audit/audit.ts';
import { testApp, type SignedIn, type TestApp } from '../support/test-app.ts';

const RULE = 'own/quiet-room';
const text = (age: number, tests = `\n  - { name: a child, given: { person.age: 9 }, expect: ineligible }`) => `# Kept by the house.
rule: ${RULE}
version: 1
eligible_when:
  all:
    - { id: adult, fact: person.age, at_least: ${age} }
tests:${tests}
`;
const CLOCK = () => Date.parse('2026-11-22T12:00:00Z');
const draft = (age = 18) => ({ rule: RULE, text: text(age), revision: 0 });
const publication = (age = 18, revision = 1) => ({ rule: RULE, text: text(age), from: '2026-11-22', reason: 'new policy', revision });

describe.each(['sqlite', 'postgres'] as const)('rules written here, on %s', (engine) => {
  const start = () => testApp({ engine, demo: true, clock: CLOCK });
  const versionsOf = async (app: TestApp) =>
    (await app.caller('viewer').plugins.contributions({ language: 'en' })).eligibilityRules.flatMap(({ value }) =>
      value.rule === RULE ? [value.version] : [],
    );

  test('a draft is kept by who saw the last one, and is nobody else’s to see', async () => {
    await using app = await start();
    const steward = app.caller('steward');
    expect(await steward.rules.saveDraft(draft())).toMatchObject({ revision: 1 });
    await expect(steward.rules.saveDraft(draft(21))).rejects.toThrow(/Someone else changed this draft/);
    expect(await steward.rules.saveDraft({ ...draft(21), revision: 1 })).toMatchObject({ revision: 2 });
    expect((await steward.rules.open({ rule: RULE })).draft).toMatchObject({ text: text(21), revision: 2 });
    expect((await app.caller('viewer').rules.open({ rule: RULE })).draft).toBeNull();
    await steward.rules.discardDraft({ rule: RULE });
    expect(await steward.rules.drafts()).toEqual([]);
  });

  test('a service is given a published rule by an act that can be undone', async () => {
    await using app = await start();
    const steward = app.caller('steward');
    const { db } = app.deps;
    const service = await db.selectFrom('service').select(['id', 'name']).where('rule', 'is', null).orderBy('id').executeTakeFirstOrThrow();
    const ruleNow = async () => (await steward.directory.resource({ id: service.id })).service.rule;
    const attachment = { service: service.id, rule: RULE, reason: 'decided by the house' };
    await expect(steward.rules.attach(attachment)).rejects.toThrow(/No version of the rule/);
    await steward.rules.publish(publication(18, 0));
    // From its page it is named by the place where it is given.
    const link = await db.selectFrom('service_at_location').select('id').where('service_id', '=', service.id).executeTakeFirstOrThrow();
    await steward.rules.attach({ ...attachment, service: link.id });
    expect(await ruleNow()).toBe(RULE);
    expect((await steward.rules.open({ rule: RULE })).services).toMatchObject([
      { ...service, resources: expect.arrayContaining([service.id, link.id]) as string[] },
    ]);
    const act = await db.selectFrom('act').select(['id', 'reason']).orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect(act.reason).toBe('decided by the house');
    await steward.history.undo({ act: act.id });
    expect(await ruleNow()).toBeNull();
  });

  test('whoever follows the directory hears of it, and reads it then', async () => {
    await using app = await start();
    const heard = (await app.caller('viewer').directory.onChange())[Symbol.asyncIterator]();
    /** The directory may still be settling: what is told of it alone is not waited for. */
    const rulesAfter = async (before: number): Promise<number> => {
      for (;;) {
        const { rules } = (await heard.next()).value!;
        if (rules !== before) return rules;
      }
    };
    const before = (await heard.next()).value!.rules;
    const next = rulesAfter(before);
    await app.caller('steward').rules.publish(publication(18, 0));
    expect(await next).toBe(before + 1);
    expect(await versionsOf(app)).toEqual([1]);
    const afterwards = rulesAfter(before + 1);
    await app.caller('steward').rules.unpublish({ rule: RULE, version: 1, reason: 'wrong' });
    expect(await afterwards).toBeGreaterThan(before + 1);
    expect(await versionsOf(app)).toEqual([]);
    await heard.return?.();
  });

  test('taken back it decides no more', async () => {
    await using app = await start();
    const steward = app.caller('steward');
    await steward.rules.saveDraft(draft());
    await steward.rules.publish(publication());
    await steward.rules.publish(publication(16, 0));
    expect(await versionsOf(app)).toEqual([1, 2]);
    await expect(steward.rules.unpublish({ rule: RULE, version: 1, reason: 'wrong' })).rejects.toThrow(/Only the latest one/);
    await steward.rules.unpublish({ rule: RULE, version: 2, reason: 'wrong' });
    expect(await versionsOf(app)).toEqual([1]);
    const opened = await steward.rules.open({ rule: RULE });
    expect(opened.draft?.text).toContain('at_least: 16');
    expect(opened.versions.map(({ version, withdrawn }) => [version, withdrawn !== null])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(opened.versions[1]!.text).toContain('# Kept by the house.');
    expect(await steward.rules.publish(publication(16, 1))).toEqual({ version: 3 });
    const audit = await listAudit(app.deps.db, { limit: 10 });
    expect(audit.map(({ action, record_id }) => `${action} ${record_id}`)).toEqual([
      `rule.publish ${RULE}@3`,
      `rule.unpublish ${RULE}@2`,
      `rule.publish ${RULE}@2`,
      `rule.publish ${RULE}@1`,
    ]);
    expect(await findAuditFault(app.deps.db)).toBeNull();
  });

  test.each([
    ['without a test', text(18, ' []'), /published with its tests/],
    ['with a test that fails', text(5), /1 of its tests fail, the first: "a child"/],
    ['with a fault', text(18).replace('person.age', 'person.agee'), /cannot be published.*person\.agee/],
    ['under another name', text(18).replace(RULE, 'own/other'), /that of "own\/other"/],
  ])('is not published %s', async (_, faulty, says) => {
    await using app = await start();
    await expect(app.caller('steward').rules.publish({ ...publication(18, 0), text: faulty })).rejects.toThrow(says);
    expect(await versionsOf(app)).toEqual([]);
  });

  test('a rule of an agency is published by its own stewards, and by administrators', async () => {
    await using app = await start();
    const rule = 'quiet-house/room';
    const given = { ...publication(18, 0), rule, text: text(18).replace(RULE, rule) };
    const mutate = async (who: SignedIn, path: string, input: object) =>
      (await who.fetch(`/api/trpc/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) })).status; // prettier-ignore
    const own = await app.signIn('steward', { agency: 'Quiet House' });
    const other = await app.signIn('steward', { agency: 'Loud House' });
    const admin = await app.signIn('admin', { agency: 'Loud House' });
    expect(await mutate(other, 'rules.publish', given)).toBe(403);
    expect(await mutate(own, 'rules.publish', given)).toBe(200);
    expect(await mutate(other, 'rules.unpublish', { rule, version: 1, reason: 'not ours' })).toBe(403);
    expect(await mutate(admin, 'rules.unpublish', { rule, version: 1, reason: 'asked for' })).toBe(200);
    // Of no agency that has accounts here: any steward keeps it.
    expect(await mutate(other, 'rules.publish', publication(18, 0))).toBe(200);
  });

  test('a rule of a plugin gets a version of this deployment, and its own back', async () => {
    await using app = await start();
    const steward = app.caller('steward');
    const id = 'alder-college/students';
    const [shipped] = (await steward.rules.open({ rule: id })).versions;
    expect(shipped).toMatchObject({ version: 1, shipped: true, from: { plugin: 'waypost-demo-town', file: 'rules/alder-college.yaml' } });
    const own = { rule: id, text: shipped!.text, from: '2026-12-01', reason: 'reviewed', revision: 0 };
    expect(await steward.rules.publish(own)).toEqual({ version: 2 });
    const { versions } = await steward.rules.open({ rule: id });
    expect(versions.map(({ version, shipped: from }) => [version, from])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(versions[0]!.text).toContain('from: 2026-12-01');
  });
});

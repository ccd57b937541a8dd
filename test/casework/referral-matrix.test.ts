// Role × standing × procedure of referrals and caseloads, walked by machine on both engines: every call that takes an id, by every
// role, from every side of a referral, has the answer that somebody decided; all who have no side get one and the same refusal; and a
// word planted in each class comes out to the receiver only where it was sent and is consented to.

import { describe, expect, it } from 'vitest';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { listAudit } from '#server/audit/audit.ts';
import { isPeopleRole } from '#server/identity/policies.ts';
import { createAppRouter } from '#server/router.ts';
import { toProblem } from '#server/trpc.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { CANARY_ENTRIES, consentTo, findCanaries } from './canaries.ts';
import { expectGolden, WALKS } from './golden-roles.ts';
import { hire, type Member } from './staff.ts';

/** On which side of a referral somebody stands; the last four must all look like one: there is no such referral. */
const STANDINGS = ['sender', 'receiver', 'draft', 'revoked', 'other', 'erased', 'nobody'] as const;
type Standing = (typeof STANDINGS)[number];
const SENT: readonly FieldClass[] = ['identity', 'contact', 'needs'];

type Of = { referral: string; person: string };

const INPUTS: Record<string, (of: Of) => object> = {
  'referrals.start': ({ person }) => ({ person, service: { name: 'S' }, to: { partner: 'p', name: 'P' }, classes: ['needs'] }),
  'referrals.send': ({ referral }) => ({ referral, revision: 1 }),
  'referrals.act': ({ referral }) => ({ referral, revision: 2, event: 'withdraw', reason: 'other' }),
  'referrals.get': ({ referral }) => ({ referral }),
  'referrals.ofPerson': ({ person }) => ({ person }),
  'referrals.link': ({ referral }) => ({ referral }),
  'referrals.open': ({ referral }) => ({ referral }),
  'referrals.answer': ({ referral }) => ({ referral, revision: 2, event: 'accept' }),
  'caseload.decide': ({ person }) => ({ person, closing: 'x1', decision: 'returned' }),
};
/** These take the id of no person and no referral; what they list is held by the tests of each. */
const NO_ID = [
  ...['recipients', 'inbox', 'askRoom', 'rooms', 'answerRoom', 'units', 'setUnit', 'releasePlace'].map((name) => `referrals.${name}`),
  ...['mine', 'mark', 'eligibility', 'calendar', 'team', 'approvals', 'unmet'].map((name) => `caseload.${name}`),
];

interface House {
  app: TestApp;
  sender: Member;
  boss: Member;
  receiver: Member;
}

/** A referral from one agency to another, to which somebody of `actor`'s agency stands so. */
async function makeReferral({ sender, boss, receiver }: House, actor: Member, standing: Standing): Promise<Of> {
  const mine = standing === 'sender';
  const from = mine ? actor : sender;
  const theirs = standing === 'receiver' || standing === 'revoked' || standing === 'draft' || standing === 'erased';
  const to = theirs ? actor.agency : receiver.agency;
  // A role that takes nobody in stands beside a colleague who did.
  const maker = isPeopleRole(from.actor.role) && from.actor.role !== 'intake' ? from : mine ? boss : sender;
  const { id: person } = await maker.call.people.create({ entries: CANARY_ENTRIES });
  await maker.call.people.add({ person, entries: [{ payload: { ...consentTo(to, SENT), purpose: 'referral' } as never }] });
  const { referral } = await maker.call.referrals.start({ person, service: { name: 'S' }, to: { agency: to }, classes: [...SENT] });
  if (standing !== 'draft') await maker.call.referrals.send({ referral: referral.id, revision: 1 });
  if (standing === 'revoked') await maker.call.people.add({ person, entries: [{ payload: { kind: 'consent_withdrawn', consent: 'c1' } }] });
  if (standing === 'erased') await boss.call.people.erase({ person, why: 'ordered' });
  if (standing === 'nobody') return { referral: referral.id.replace(/.{6}$/, 'zzzzzz'), person: person.replace(/.{6}$/, 'zzzzzz') };
  return { referral: referral.id, person };
}

async function callAs(actor: Member, name: string, input: object): Promise<{ ok: boolean; code: string; text: string }> {
  const call = name.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], actor.call) as (
    input: object,
  ) => Promise<unknown>;
  try {
    return { ok: true, code: 'yes', text: JSON.stringify(await call(input)) ?? '' };
  } catch (error) {
    const { code, message } = toProblem(error);
    return { ok: false, code, text: message };
  }
}

describe.each(WALKS)('every procedure of referrals on %s', (engine, roles) => {
  it('answers each role on each side as was decided, and shows what was sent to nobody else', { timeout: 300_000 }, async () => {
    await using app = await testApp({ engine });
    const names = Object.keys(createAppRouter(app.deps)._def.procedures as object).filter((name) => /^(referrals|caseload)\./.test(name));
    expect(names.filter((name) => !(name in INPUTS) && !NO_ID.includes(name))).toEqual([]);
    const sender = await hire(app, 'case_manager', { agency: 'Other Shore' });
    const receiver = await hire(app, 'case_manager', { agency: 'Third Agency' });
    const rows: string[] = [];
    const refusals = new Set<string>();
    for (const role of roles) {
      const agency = `Agency of ${role}`;
      const actor = await hire(app, role, { agency });
      const colleague = await hire(app, 'supervisor', { agency });
      const outside = await hire(app, 'supervisor', { agency: 'Other Shore' });
      // Who may not do a thing at all has changed nothing: the next call meets the same referral.
      const untouched = new Map<Standing, Of>();
      for (const name of Object.keys(INPUTS)) {
        const answers: string[] = [];
        for (const standing of STANDINGS) {
          const where = `${role} ${standing} ${name}`;
          const boss = standing === 'sender' ? colleague : outside;
          const of = untouched.get(standing) ?? (await makeReferral({ app, sender, receiver, boss }, actor, standing));
          const before = await countAudit(app);
          const answer = await callAs(actor, name, INPUTS[name]!(of));
          answers.push(answer.code.padEnd(13));
          if (answer.code === 'not_allowed') untouched.set(standing, of);
          else untouched.delete(standing);
          if (answer.code === 'not_found') refusals.add(answer.text);
          const seen = findCanaries(answer.text);
          const allowed = standing === 'receiver' && answer.ok ? SENT : [];
          expect([where, seen.filter((each) => !allowed.includes(each))]).toEqual([where, []]);
          if (answer.ok && name === 'referrals.open' && standing === 'receiver') {
            expect([where, seen]).toEqual([where, FIELD_CLASSES.filter((each) => each === 'identity' || each === 'contact')]);
          }
          if (isPeopleRole(role) && answer.code !== 'not_allowed') expect([where, (await countAudit(app)) > before]).toEqual([where, true]);
        }
        rows.push([role.padEnd(13), name.padEnd(19), ...answers].join(' ').trimEnd());
      }
    }
    expect([...refusals]).toHaveLength(1);
    const head = ['role'.padEnd(13), 'procedure'.padEnd(19), ...STANDINGS.map((standing) => standing.padEnd(13))].join(' ').trimEnd();
    await expectGolden('referral-matrix.golden.txt', roles, [head, ...rows]);
    expect(findCanaries(JSON.stringify(await listAudit(app.deps.casework.db, { limit: 100_000 })))).toEqual([]);
  });
});

async function countAudit(app: TestApp): Promise<number> {
  return (await listAudit(app.deps.casework.db, { limit: 1 }))[0]?.seq ?? 0;
}

// Role × relation × procedure, walked by machine on both engines: every procedure of people that takes an id, called by every role
// in every relation, has the answer that somebody decided (matrix.golden.txt); each call is on record; and a word planted in each
// class comes out only where the matrix of classes lets it.

import { describe, expect, it } from 'vitest';
import { accessOf, type Relation } from '#shared/casework/access.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { listAudit } from '#server/audit/audit.ts';
import { isPeopleRole } from '#server/identity/policies.ts';
import { createAppRouter } from '#server/router.ts';
import { toProblem } from '#server/trpc.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { CANARY_ENTRIES, consentTo, findCanaries } from './canaries.ts';
import { expectGolden, WALKS } from './golden-roles.ts';
import { hire, type Member } from './staff.ts';

/** What somebody is to a person, and the cases that must all look like one: there is no such person. */
const STANDINGS = ['own', 'team', 'agency', 'broken_glass', 'consented', 'withdrawn', 'ended', 'other', 'erased', 'nobody'] as const;
type Standing = (typeof STANDINGS)[number];
const NOBODY: readonly Standing[] = ['withdrawn', 'ended', 'other', 'erased', 'nobody'];
const CONSENTED: readonly FieldClass[] = ['identity', 'needs', 'substance_use'];

/** The input of each procedure that takes a person's id. */
const INPUTS: Record<string, (person: string, boss: Member) => object> = {
  'people.get': (person) => ({ person }),
  'people.add': (person) => ({ person, entries: [{ payload: { kind: 'note', text: 'seen' } }] }),
  'people.assign': (person) => ({ person, worker: null, team: null }),
  'people.breakGlass': (person) => ({ person, reason: 'Nobody answers at the door.' }),
  'people.accessLog': (person) => ({ person }),
  'people.export': (person) => ({ person }),
  'people.exportPage': (person) => ({ person, language: 'en' }),
  'people.custody': (person) => ({ person }),
  'people.offer': (person, { id }) => ({ person, to: { worker: id } }),
  'people.hold': (person) => ({ person, reason: 'A court asks.' }),
  'people.liftHold': (person) => ({ person }),
  'people.calendar': (person) => ({ person, places: true }),
  'people.letter': (person) => ({ person, template: 'proof-of-stay' }),
  'people.erase': (person) => ({ person, why: 'asked_by_person' }),
};
/** These take no person's id; what they list is held by the other tests. */
const NO_PERSON = [
  'people.create',
  'people.find',
  'people.agencies',
  'people.colleagues',
  'people.glassQueue',
  'people.reviewGlass',
  'people.unwatched',
  'people.alerts',
  'people.offers',
  'people.answerOffer',
  'people.retained',
  'people.looks',
];

interface House {
  app: TestApp;
  /** Case managers who take people in, of the actors' agency and of another one. */
  here: Member;
  there: Member;
  /** Supervisor of the other agency, who ends what must be ended. */
  boss: Member;
}

async function openHouse(engine: 'sqlite' | 'postgres'): Promise<House & AsyncDisposable> {
  const app = await testApp({ engine });
  const here = await hire(app, 'case_manager', { agency: 'Harbor House', team: 'elsewhere' });
  const there = await hire(app, 'case_manager', { agency: 'Other Shore' });
  const boss = await hire(app, 'supervisor', { agency: 'Harbor House', team: 'none' });
  return { app, here, there, boss, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

/** A new person to whom the actor stands so. */
async function makePerson({ app, here, there, boss }: House, actor: Member, standing: Standing): Promise<string> {
  const foreign = ['consented', 'withdrawn', 'ended', 'other'].includes(standing);
  const { id } = await (foreign ? there : here).call.people.create({ entries: CANARY_ENTRIES });
  const set = (row: object) => app.deps.casework.db.updateTable('person').set(row).where('id', '=', id).execute();
  const add = (payload: ReturnType<typeof consentTo>) => there.call.people.add({ person: id, entries: [{ payload }] });
  if (standing === 'own') await set({ worker_id: actor.id });
  if (standing === 'team') await set({ team: actor.actor.agency!.team });
  if (standing === 'broken_glass' && isPeopleRole(actor.actor.role))
    await actor.call.people.breakGlass({ person: id, reason: 'Nobody answers.' });
  if (standing === 'consented' || standing === 'withdrawn') await add(consentTo(actor.agency, CONSENTED));
  if (standing === 'withdrawn')
    await there.call.people.add({ person: id, entries: [{ payload: { kind: 'consent_withdrawn', consent: 'c1' } }] });
  if (standing === 'ended') await add(consentTo(actor.agency, CONSENTED, { from: Date.now() - 40 * 86_400_000 }));
  if (standing === 'erased') await boss.call.people.erase({ person: id, why: 'ordered' });
  return standing === 'nobody' ? id.replace(/.{6}$/, 'zzzzzz') : id;
}

type Answer = { ok: true; value: unknown } | { ok: false; code: string; said: string };

async function callAs(actor: Member, name: string, input: object): Promise<Answer> {
  const call = name.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], actor.call) as (
    input: object,
  ) => Promise<unknown>;
  try {
    return { ok: true, value: await call(input) };
  } catch (error) {
    const { code, message } = toProblem(error);
    return { ok: false, code, said: `${message} ${String((error as Error).message)}` };
  }
}

/** The classes that this standing opens to this role. */
function opened(role: string, standing: Standing): ReadonlySet<FieldClass> {
  if (NOBODY.includes(standing)) return new Set();
  const relations: Relation[] = standing === 'consented' ? ['consented'] : ['agency', standing as Relation];
  return accessOf(role, relations, new Set(CONSENTED)).read;
}

const listPeopleProcedures = (app: TestApp) =>
  Object.keys(createAppRouter(app.deps)._def.procedures as object).filter((name) => name.startsWith('people.'));

describe.each(WALKS)('every procedure of people on %s', (engine, roles) => {
  it(
    'answers each role in each relation as was decided, shows no class that is closed, and is on record',
    { timeout: 240_000 },
    async () => {
      await using house = await openHouse(engine);
      const { app } = house;
      const names = listPeopleProcedures(app);
      // A new procedure is put into one of the two lists before it can be landed.
      expect(names.filter((name) => !(name in INPUTS) && !NO_PERSON.includes(name))).toEqual([]);
      const rows: string[] = [];
      const refusals = new Set<string>();
      for (const role of roles) {
        const actor = await hire(app, role, { agency: 'Harbor House', team: 'families' });
        // Who may not do a thing at all has changed nothing: the next call meets the same person.
        const untouched = new Map<Standing, string>();
        for (const name of Object.keys(INPUTS)) {
          const answers: string[] = [];
          for (const standing of STANDINGS) {
            const where = `${role} ${standing} ${name}`;
            const person = untouched.get(standing) ?? (await makePerson(house, actor, standing));
            const before = await countAudit(app, person);
            const answer = await callAs(actor, name, INPUTS[name]!(person, house.boss));
            answers.push((answer.ok ? 'yes' : answer.code).padEnd(12));
            if (!answer.ok && answer.code === 'not_allowed') untouched.set(standing, person);
            else untouched.delete(standing);
            if (!answer.ok) {
              expect([where, findCanaries(answer.said)]).toEqual([where, []]);
              if (answer.code === 'not_found') refusals.add(answer.said);
            }
            const seen = findCanaries(JSON.stringify(answer));
            const allowed = opened(role, standing);
            expect([where, seen.filter((fieldClass) => !allowed.has(fieldClass))]).toEqual([where, []]);
            if (answer.ok && name === 'people.get')
              expect([where, seen]).toEqual([where, FIELD_CLASSES.filter((each) => allowed.has(each))]);
            if (isPeopleRole(role) && !(answer.ok === false && answer.said.includes('Your role'))) {
              expect([where, (await countAudit(app, person)) > before]).toEqual([where, true]);
            }
            if (isPeopleRole(role) && NOBODY.includes(standing)) expect([where, answer.ok]).toEqual([where, false]);
          }
          rows.push([role.padEnd(13), name.padEnd(18), ...answers].join(' ').trimEnd());
        }
      }
      expect([...refusals]).toHaveLength(1);
      const head = ['role'.padEnd(13), 'procedure'.padEnd(18), ...STANDINGS.map((standing) => standing.padEnd(12))].join(' ').trimEnd();
      await expectGolden('matrix.golden.txt', roles, [head, ...rows]);
      // Neither the audit nor any column in the clear, of either database, holds what anybody said.
      expect(findCanaries(JSON.stringify(await listAudit(app.deps.casework.db, { limit: 100_000 })))).toEqual([]);
    },
  );
});

async function countAudit(app: TestApp, person: string): Promise<number> {
  return (await listAudit(app.deps.casework.db, { recordId: person, limit: 1000 })).length;
}

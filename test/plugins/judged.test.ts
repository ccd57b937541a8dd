// Functions that are given facts of people: exactly those that were granted, as a third answer beside yes and no wherever they
// fail, on record by the names of the facts, and never so that what they were told comes out anywhere else.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalActor } from '#server/identity/actor.ts';
import { enablePlugin, installPlugin, removePlugin } from '#server/plugins/administer.ts';
import { checkPackage, listAgainst } from '#server/plugins/check.ts';
import { hire } from '../casework/staff.ts';
import { importFiles } from '../import/support.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { packageOf } from './packages.ts';

const SITES = ['id,name,address,city,latitude,longitude,waypost:need', '1,Parish fund,2 Church Lane,Ambleford,54.1001,-2.5001,food'].join(
  '\n',
);
const actor = createLocalActor('admin');
const NEAR = { lon: -2.5, lat: 54.1 };

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await importFiles(app.deps.db, { 'sites.csv': SITES });
  await app.deps.db.updateTable('service').set({ rule: 'parish/fund' }).execute();
  await app.deps.feed.poll();
  await app.deps.directory.ready;
});
afterAll(() => app[Symbol.asyncDispose]());

const HONEST = `judge({ people }) {
  return people.map((facts) => {
    const size = facts['household.size'];
    if (typeof size !== 'number') return { answer: 'unknown', missing: ['household.size'] };
    return size % 2 === 1 ? { answer: 'yes', reason: 'odd' } : { answer: 'no', reason: 'even' };
  });
}`;

interface Parts {
  body?: string;
  reads?: Record<string, string>;
  judged?: object;
  more?: string;
  network?: object;
}

/** A rule that asks for a fact which a function works out. */
function parish({ body = HONEST, reads = { 'household.size': 'Counts who lives there' }, judged, more = '', network }: Parts = {}) {
  const fact = {
    id: 'household.parish',
    type: 'boolean',
    label: { en: 'Is of the parish', es: 'Es de la parroquia' },
    judged: {
      run: 'judge',
      reads: ['household.size'],
      reasons: { odd: { en: 'an odd household', es: 'un hogar impar' }, even: 'an even household' },
      tests: [
        { name: 'three', given: { 'household.size': 3 }, expect: 'yes', reason: 'odd' },
        { name: 'two', given: { 'household.size': 2 }, expect: 'no' },
        { name: 'not known', given: {}, expect: 'unknown', ask: ['household.size'] },
      ],
      ...judged,
    },
  };
  const rule = {
    rule: 'parish/fund',
    version: 1,
    eligible_when: {
      all: [
        { id: 'adult', fact: 'person.age', at_least: 18 },
        { id: 'parish', fact: 'household.parish', is: true },
      ],
    },
    tests: [],
  };
  return packageOf({
    name: 'parish',
    permissions: { reads, ...(network && { network }) },
    contributes: { facts: [fact], eligibilityRules: [rule] },
    main: `export default { judgements: { ${body} }, ${more} };`,
    manifest: { displayName: { en: 'The parish', es: 'La parroquia' } },
  });
}

async function use(parts?: Parts, consent: object = {}) {
  await installPlugin(app.deps.pluginShelf, { content: await parish(parts), source: 'parish.tgz' }, { actor, grant: true, ...consent });
  await enablePlugin(app.deps.pluginShelf, 'parish', { actor, grant: true, ...consent });
  return {
    async [Symbol.asyncDispose]() {
      await removePlugin(app.deps.pluginShelf, 'parish', actor);
    },
  };
}

async function find(facts: object, language = 'en') {
  const { matches, ask } = await app.caller('viewer').find.match({
    ...{ near: NEAR, travel: { mode: 'walk', minutes: 30 }, needs: [{ term: 'food' }], at: '2026-11-23T12:00:00Z', language },
    facts: facts as Record<string, number>,
  });
  const [match] = matches;
  return { verdict: match?.verdict, reason: match?.reasons.find(({ condition }) => condition === 'parish'), ask };
}

async function lastCalls() {
  await app.deps.pluginShelf.calls.flush();
  const calls = await app.deps.db
    .selectFrom('plugin_call')
    .select(['name', 'fields', 'outcome', 'detail'])
    .where('kind', '=', 'judgements')
    .orderBy('at')
    .execute();
  return calls;
}

it('says yes, no, or what it still wants, and who says so, in the language of who asks', async () => {
  await using _ = await use();
  expect(await find({ 'person.age': 30, 'household.size': 3 })).toMatchObject({
    verdict: 'eligible',
    reason: { outcome: 'met', value: true, say: 'Is of the parish (The parish: an odd household)' },
  });
  expect((await find({ 'person.age': 30, 'household.size': 3 }, 'es')).reason?.say).toBe(
    'Es de la parroquia (La parroquia: un hogar impar)',
  );
  expect(await find({ 'person.age': 30, 'household.size': 2 })).toMatchObject({ verdict: 'ineligible', reason: { outcome: 'failed' } });
  const open = await find({ 'person.age': 30 });
  expect(open).toMatchObject({ verdict: 'unknown', reason: { outcome: 'open' } });
  // What it wants is the next question.
  expect(open.ask.map(({ fact }) => fact)).toContain('household.size');
});

it('is not asked where no answer hangs on it', async () => {
  await using _ = await use();
  const before = (await lastCalls()).length;
  expect((await find({ 'person.age': 17, 'household.size': 3 })).verdict).toBe('ineligible');
  expect((await lastCalls()).length).toBe(before);
  await find({ 'person.age': 18, 'household.size': 3 });
  expect((await lastCalls()).length).toBe(before + 1);
});

it('is given what was granted and nothing else, and that is on record by name', async () => {
  // It says yes only to whom it is given nothing but the size.
  const body = `judge({ people }) { return people.map((facts) => ({ answer: JSON.stringify(facts) === '{"household.size":3}' ? 'yes' : 'no' })); }`;
  const told = { 'person.age': 30, 'household.size': { value: 3, asOf: '2026-11-01' }, 'person.veteran': true };
  {
    await using _ = await use({ body });
    expect((await find(told)).verdict).toBe('eligible');
    expect((await lastCalls()).at(-1)).toMatchObject({ name: 'judge', fields: '["household.size"]', outcome: 'ok' });
  }
  // The fact says that it reads more than the manifest asks for: the narrower holds.
  await using _ = await use({ body, judged: { reads: ['household.size', 'person.veteran'] } });
  expect((await find(told)).verdict).toBe('eligible');
});

it('a key that was not turned opens nothing', async () => {
  const content = await parish();
  await installPlugin(app.deps.pluginShelf, { content, source: 'parish.tgz' }, { actor });
  await expect(enablePlugin(app.deps.pluginShelf, 'parish', { actor })).rejects.toThrow('"parish" wants to read household.size');
  await removePlugin(app.deps.pluginShelf, 'parish', actor);
});

it('of the members of a household it is given the facts that were granted', async () => {
  const body = `judge({ people }) { return people.map((facts) => ({ answer: JSON.stringify(facts) === '{"person.age":30,"household.members":{"items":[{"person.age":4}],"complete":true}}' ? 'yes' : 'no' })); }`;
  const reads = { 'household.members': 'Looks at the children', 'person.age': 'Looks at how old they are' };
  await using _ = await use({ body, reads, judged: { reads: ['household.members', 'person.age'] } });
  const members = { items: [{ age: 4, student: true }] };
  // The age of who asks is granted by the same name.
  expect((await find({ 'person.age': 30, 'household.members': members, 'household.size': 2 })).verdict).toBe('eligible');
});

const HOSTILE: [name: string, body: string, detail: RegExp][] = [
  ['throws, with what it was told', `judge({ people }) { throw new Error('size ' + JSON.stringify(people)); }`, /not repeated/],
  ['computes for ever', 'judge() { for (;;); }', /more than 100 ms/],
  ['never answers', 'judge() { return new Promise(() => {}); }', /waits for something that never comes/],
  ['answers with garbage', 'judge() { return "yes"; }', /no list of answers/],
  ['answers for others too', `judge({ people }) { return [...people, {}].map(() => ({ answer: 'yes' })); }`, /gave 2 answers where 1/],
  [
    'adds words of its own',
    `judge({ people }) { return people.map((f) => ({ answer: 'yes', said: JSON.stringify(f) })); }`,
    /no list of answers/,
  ],
  ['gives what is known of others as its answer', `judge({ people }) { return people.map((f) => f); }`, /no list of answers/],
  ['floods', `judge({ people }) { return people.map(() => ({ answer: 'yes', reason: 'x'.repeat(2e6) })); }`, /not repeated/],
];

describe('a function that misbehaves leaves it open: ask them', () => {
  it.each(HOSTILE)('%s', async (_name, body, detail) => {
    await using _ = await use({ body });
    const found = await find({ 'person.age': 30, 'household.size': 3 });
    expect(found).toMatchObject({
      verdict: 'unknown',
      reason: { outcome: 'open', say: 'Is of the parish (The parish could not work this out: ask them)' },
    });
    const last = (await lastCalls()).at(-1);
    expect(last?.outcome).not.toBe('ok');
    expect(last?.detail).toMatch(detail);
    expect(last?.detail).not.toContain('"household.size":3');
  });

  it.each([
    ['a reason that is not declared', `{ answer: 'yes', reason: 'three_people' }`],
    ['a fact that it does not read', `{ answer: 'unknown', missing: ['person.immigration_status'] }`],
  ])('%s', async (_name, answer) => {
    await using _ = await use({ body: `judge({ people }) { return people.map(() => (${answer})); }` });
    expect(await find({ 'person.age': 30, 'household.size': 3 })).toMatchObject({ verdict: 'unknown', ask: [] });
  });

  it('in quarantine too: its rule stays, and is open', async () => {
    const body = `judge() { const s = 'a'.repeat(1e7); for (;;) s.indexOf('b'); }`;
    await using _ = await use({ body });
    const asked = () => find({ 'person.age': 30, 'household.size': 3 });
    for (let i = 0; i < 3; i++) expect((await asked()).verdict).toBe('unknown');
    await expect.poll(() => app.deps.pluginShelf.store.find('parish')?.quarantine?.why).toContain('250 ms');
    expect(await asked()).toMatchObject({ verdict: 'unknown', reason: { say: expect.stringContaining('could not work this out') } });
    expect((await find({ 'person.age': 17 })).verdict).toBe('ineligible');
  });
});

it('shares nothing with the other functions of its plugin, keeps nothing and logs nothing', async () => {
  const body = `async judge({ people }, host) {
    globalThis.seen = people;
    console.log(JSON.stringify(people));
    const kept = await host.storage.set('seen', 1).then(() => 'kept', () => 'refused');
    const sent = await host.fetch({ url: 'https://a.example.org' }).then(() => 'sent', () => 'refused');
    return people.map(() => ({ answer: kept === 'refused' && sent === 'refused' ? 'yes' : 'no' }));
  }`;
  await using _ = await use({
    body,
    more: `views: { peek: () => [{ kind: 'text', text: 'saw ' + JSON.stringify(globalThis.seen ?? 'nothing') }] }`,
  });
  expect((await find({ 'person.age': 30, 'household.size': 3 })).verdict).toBe('eligible');
  const peek = await app.deps.plugins.getFunction('parish', 'views', 'peek');
  expect(await peek({ language: 'en' })).toEqual([{ kind: 'text', text: 'saw "nothing"' }]);
});

it('people and a network: the operator alone, and it is on record', async () => {
  const network = { 'a.example.org': 'Looks the household up there' };
  await expect(use({ network })).rejects.toThrow('A plugin may do one of them only');
  await using _ = await use({ network }, { overrideFlowRule: true });
  expect(app.deps.pluginShelf.store.find('parish')?.consent?.overridesFlowRule).toBe(true);
  const audit = await app.deps.db.selectFrom('audit').select('reason').where('record_id', '=', 'parish').orderBy('seq', 'desc').execute();
  expect(audit[0]?.reason).toContain('flow rule overridden');
});

it('a whole caseload is asked in one batch, and who can newly use it is told', async () => {
  await using _ = await use();
  const worker = await hire(app, 'case_manager', { agency: 'Parish Help' });
  const fact = (id: string, value: number) => ({
    payload: { kind: 'fact', fact: id, told: { value }, source: 'said', asOf: '2026-11-01' },
  });
  const labels = ['one', 'two', 'three'];
  for (const [i, label] of labels.entries())
    await worker.call.people.create({
      entries: [{ payload: { kind: 'identity', mode: 'alias', label } }, fact('person.age', 40), fact('household.size', i + 1)] as never,
    });
  const before = (await lastCalls()).length;
  const changes = await worker.call.caseload.eligibility({ since: '2020-01-01' });
  expect(changes.map(({ label, gained }) => [label, gained.count]).sort()).toEqual([['one', 1], ['three', 1]]); // prettier-ignore
  // Once as they were then, once as they are now.
  const calls = (await lastCalls()).slice(before);
  expect(calls.map(({ fields, outcome }) => [fields, outcome]).sort()).toEqual([['["household.size"]', 'ok'], ['[]', 'ok']]); // prettier-ignore
});

describe('the check kit', () => {
  const check = async (parts?: Parts) => {
    const { issues } = await checkPackage(await parish(parts), listAgainst(app.deps.registry, Date.parse('2026-11-23')));
    return issues.filter(({ severity, code }) => severity === 'error' && !code.startsWith('rule')).map(({ message }) => message);
  };
  it.each<[string, Parts, RegExp | null]>([
    ['has nothing against an honest one', {}, null],
    ['a test that fails', { judged: { tests: [{ name: 'a', given: { 'household.size': 2 }, expect: 'yes' }, { name: 'b', given: {}, expect: 'no' }] } }, /test "a": expects yes and gets no/],
    ['facts for which nobody asked', { judged: { reads: ['household.size', 'person.veteran'] } }, /it reads person\.veteran, for which the manifest does not ask/],
    ['an answer that knowing more turns round', { body: `judge({ people }) { return people.map((f) => ({ answer: f['household.size'] === 3 ? 'yes' : 'no' })); }`, judged: { tests: [{ name: 'three', given: { 'household.size': 3 }, expect: 'yes' }, { name: 'two', given: { 'household.size': 2 }, expect: 'no' }] } }, /test "three": without household\.size it says the opposite/],
    ['an answer that is another the second time', { body: `judge({ people }) { globalThis.n = (globalThis.n ?? 0) + 1; return people.map((f) => (f['household.size'] === undefined || globalThis.n > 5 ? { answer: 'unknown', missing: ['household.size'] } : f['household.size'] === 3 ? { answer: 'yes', reason: 'odd' } : { answer: 'no' })); }` }, /something else the second time/],
    ['an answer that tells of others', { body: `judge({ people }) { const odd = people.some((f) => f['household.size'] === 3); return people.map((f) => (f['household.size'] === undefined ? { answer: 'unknown', missing: ['household.size'] } : { answer: f['household.size'] === 3 ? 'yes' : 'no', reason: odd ? 'odd' : 'even' })); }` }, /or among others/],
    ['one that is too slow', { body: 'judge() { for (;;); }' }, /more than 100 ms/],
    ['a function that is not there', { body: 'other: () => []' }, /no function "judge"/],
  ])('%s', async (_name, parts, said) => {
    const errors = await check(parts);
    if (said) expect(errors.join('\n')).toMatch(said);
    else expect(errors).toEqual([]);
  }); // prettier-ignore
});

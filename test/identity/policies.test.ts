// Every procedure declares its policy, and the table of who may call what is the one that was agreed on
// (policies.golden.txt: a change of it is a decision, made by `vitest run test/identity -u`).

import { describe, expect, it } from 'vitest';
import { assertAllowed, createAnonymousActor, createLocalActor, type Actor } from '#server/identity/actor.ts';
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES, type Policy } from '#server/identity/policies.ts';
import { createAppRouter } from '#server/router.ts';
import { createCallerFactory, toProblem } from '#server/trpc.ts';
import { testApp } from '../support/test-app.ts';

interface ProcedureInside {
  _def: { type: 'query' | 'mutation' | 'subscription'; meta?: { policy?: Policy }; inputs: unknown[] };
}

const KNOWN = new Set<string>([...PERMISSIONS, 'public', 'signed_in']);
const user = { id: 'usr_x', name: 'X', email: 'x@example.org' };

const ACTORS: [string, Actor][] = [
  ['closed', createAnonymousActor({ findWithoutAccount: false })],
  ['open', createAnonymousActor({ findWithoutAccount: true })],
  ...ROLES.map((role): [string, Actor] => [role, { ...createLocalActor(role), user }]),
];

const listProcedures = (router: ReturnType<typeof createAppRouter>) =>
  Object.entries(router._def.procedures as unknown as Record<string, ProcedureInside>).sort(([a], [b]) => (a < b ? -1 : 1));

describe('the router', () => {
  it('has no procedure without a policy', async () => {
    await using app = await testApp();
    const procedures = listProcedures(createAppRouter(app.deps));
    expect(procedures.length).toBeGreaterThan(3);
    expect(procedures.filter(([, { _def }]) => !KNOWN.has(_def.meta?.policy ?? '')).map(([name]) => name)).toEqual([]);
  });

  it('lets each role call what the golden table says, and nothing else', async () => {
    await using app = await testApp();
    const router = createAppRouter(app.deps);
    const createCaller = createCallerFactory(router);
    const rows = [];
    for (const [name, { _def }] of listProcedures(router)) {
      const answers = await Promise.all(
        ACTORS.map(async ([, actor]) => ((await isRefused(createCaller({ actor, address: '' }), name)) ? '·' : 'x')),
      );
      rows.push(
        [name.padEnd(28), (_def.meta?.policy ?? '').padEnd(20), ...answers.map((answer, i) => answer.padEnd(ACTORS[i]?.[0].length ?? 0))]
          .join('  ')
          .trimEnd(),
      );
    }
    const head = ['procedure'.padEnd(28), 'policy'.padEnd(20), ...ACTORS.map(([name]) => name)].join('  ');
    await expect(`${[head, ...rows].join('\n')}\n`).toMatchFileSnapshot('policies.golden.txt');
  });
});

/** Calls with an input that no schema takes, so that an allowed call ends before it does anything. */
async function isRefused(caller: object, name: string): Promise<boolean> {
  const call = name.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller) as (
    input: unknown,
  ) => Promise<unknown>;
  try {
    const answer = await call(Symbol('no input'));
    if (isIterable(answer)) await answer[Symbol.asyncIterator]().return?.();
    return false;
  } catch (error) {
    return ['not_signed_in', 'not_allowed'].includes(toProblem(error).code);
  }
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

describe('permissions', () => {
  it.each(ACTORS)('without a declared policy nobody may: %s', (_name, actor) => {
    expect(() => assertAllowed(actor, undefined)).toThrow();
    expect(() => assertAllowed(actor, 'no.such' as Policy)).toThrow();
  });

  it.each([
    ['who work with people', ['viewer', 'intake', 'case_manager', 'supervisor']],
    ['who care for the directory', ['viewer', 'coordinator', 'steward', 'admin']],
  ] as const)('each role may all that the one before it may, of those %s', (_name, ladder) => {
    ladder.slice(1).forEach((role, i) => {
      const before = ROLE_PERMISSIONS[ladder[i]!];
      expect([role, [...before].filter((permission) => !ROLE_PERMISSIONS[role].has(permission))]).toEqual([role, []]);
    });
  });

  it('there is no role beside the two ladders', () => {
    expect([...ROLES].sort()).toEqual(['admin', 'case_manager', 'coordinator', 'intake', 'steward', 'supervisor', 'viewer']);
  });

  it('who runs the server, or cares for the directory, may nothing with people', () => {
    for (const role of ['viewer', 'coordinator', 'steward', 'admin'] as const)
      expect([role, [...ROLE_PERMISSIONS[role]].filter((permission) => /^(people|referrals)\./.test(permission))]).toEqual([role, []]);
  });

  it('follow the setting for those without an account', async () => {
    await using app = await testApp();
    const me = async () => (await (await fetch(`${app.url}/api/trpc/session.me`)).json()).result.data;
    expect(await me()).toMatchObject({ role: 'anonymous', permissions: [], deployment: { findWithoutAccount: false } });
    await app.deps.settings.setDemo({ 'access.findWithoutAccount': true });
    expect(await me()).toMatchObject({
      permissions: ['directory.read', 'directory.suggest', 'find', 'handout.create'],
      deployment: { findWithoutAccount: true },
    });
    const viewer = await app.signIn('viewer');
    const signedIn = (await (await viewer.fetch('/api/trpc/session.me')).json()).result.data;
    expect(signedIn).toMatchObject({ role: 'viewer', permissions: ['directory.read', 'directory.suggest', 'find', 'handout.create'] });
    await app.deps.settings.set('deployment', '', { key: 'access.findWithoutAccount', value: false });
    expect((await me()).permissions).toEqual([]);
  });
});

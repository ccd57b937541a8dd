// People who work with people: accounts of agencies, and what they call as themselves.

import { createAccount } from '#server/identity/accounts.ts';
import type { Actor } from '#server/identity/actor.ts';
import { ROLE_PERMISSIONS, type Role } from '#server/identity/policies.ts';
import { createAppRouter } from '#server/router.ts';
import { createCallerFactory } from '#server/trpc.ts';
import { TEST_PASSWORD, type TestApp } from '../support/test-app.ts';

export interface Member {
  actor: Actor;
  id: string;
  agency: string;
  call: ReturnType<ReturnType<typeof createCallerFactory<ReturnType<typeof createAppRouter>['_def']['record']>>>;
}

let accounts = 0;

/** Somebody of an agency, made through the same door as any account. */
export async function hire(app: Pick<TestApp, 'deps'>, role: Role, { agency, team }: { agency: string; team?: string }): Promise<Member> {
  const email = `${role}-${++accounts}@example.org`;
  const account = { email, name: `Test ${role} ${accounts}`, role, agency, password: TEST_PASSWORD, ...(team && { team }) };
  const id = await createAccount(app.deps.database, account, app.deps.clock());
  const row = await app.deps.db.selectFrom('agency').select(['id', 'name']).where('name', '=', agency).executeTakeFirstOrThrow();
  const actor: Actor = {
    user: { id, name: account.name, email },
    role,
    permissions: ROLE_PERMISSIONS[role],
    agency: { ...row, team: team ?? null },
    sessionId: null,
  };
  return { actor, id, agency: row.id, call: callAs(app.deps, actor) };
}

/** What somebody may call who was hired already, also of another server of the same data. */
export function callAs(deps: TestApp['deps'], actor: Actor): Member['call'] {
  return createCallerFactory(createAppRouter(deps))({ actor, address: '127.0.0.1' });
}

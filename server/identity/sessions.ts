// Whose request this is. A session ends when it has not been used for a while, when it has lasted long enough,
// and at once when its account is disabled.

import type { Kysely } from 'kysely';
import type { OpenDatabase } from '../db/open.ts';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../deps.ts';
import type { Settings } from '../settings.ts';
import { createAnonymousActor, type Actor } from './actor.ts';
import type { Auth } from './auth.ts';
import { isRole, ROLE_PERMISSIONS } from './policies.ts';

/** Use is noted at most this often, so that reading does not become writing. */
const NOTE_USE_EVERY_MS = 60_000;

export interface Sessions {
  /** The actor behind a request's headers; someone without an account where no live session is named. */
  getActor(headers: Headers): Promise<Actor>;
}

export interface SessionParts {
  auth: Auth;
  database: Pick<OpenDatabase, 'db' | 'engine'>;
  settings: Settings;
  clock: Clock;
}

export function createSessions({ auth, database, settings, clock }: SessionParts): Sessions {
  const { db, engine } = database;

  async function getAnonymous(): Promise<Actor> {
    return createAnonymousActor({ findWithoutAccount: await settings.get<boolean>('access.findWithoutAccount') });
  }

  async function isLive(session: { createdAt: Date; updatedAt: Date }): Promise<boolean> {
    const [idle, absolute] = await Promise.all([
      settings.get<number>('session.idleMinutes'),
      settings.get<number>('session.absoluteHours'),
    ]);
    const now = clock();
    return now - session.updatedAt.getTime() < idle * 60_000 && now - session.createdAt.getTime() < absolute * 3_600_000;
  }

  return {
    async getActor(headers) {
      if (!headers.get('cookie')?.includes('waypost.session_token')) return getAnonymous();
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true, disableCookieCache: true } });
      if (!found) return getAnonymous();
      const { session, user } = found;
      if (user.disabled || !isRole(user.role) || !(await isLive(session))) {
        await db.deleteFrom('account_session').where('id', '=', session.id).execute();
        return getAnonymous();
      }
      if (clock() - session.updatedAt.getTime() >= NOTE_USE_EVERY_MS) {
        const time = new Date(clock());
        const updated_at = engine === 'postgres' ? time : time.toISOString();
        await db.updateTable('account_session').set({ updated_at }).where('id', '=', session.id).execute();
      }
      return {
        user: { id: user.id, name: user.name, email: user.email },
        role: user.role,
        permissions: ROLE_PERMISSIONS[user.role],
        agency: await findAgency(db, user.id, session.activeOrganizationId),
        sessionId: session.id,
      };
    },
  };
}

/** The agency chosen for the session, else the first that the account belongs to. */
async function findAgency(db: Kysely<Database>, accountId: string, chosen: string | null | undefined): Promise<Actor['agency']> {
  const agencies = await db
    .selectFrom('agency_member')
    .innerJoin('agency', 'agency.id', 'agency_member.agency_id')
    .select(['agency.id', 'agency.name'])
    .where('agency_member.account_id', '=', accountId)
    .orderBy('agency_member.created_at')
    .execute();
  return agencies.find((agency) => agency.id === chosen) ?? agencies[0] ?? null;
}

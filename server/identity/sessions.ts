// Whose request this is. A session ends when it has not been used for a while, when it has lasted long enough,
// and at once when its account is disabled.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { OpenDatabase } from '../db/open.ts';
import type { Database } from '../db/schema.ts';
import type { Clock } from '../clock.ts';
import { WITHOUT_PLUGINS, type Settings } from '../settings.ts';
import { createAnonymousActor, type Actor } from './actor.ts';
import { SESSION_COOKIES } from './auth.ts';
import { getPermissions, isRole } from './policies.ts';

/** Use is noted at most this often, so that reading does not become writing. */
const NOTE_USE_EVERY_MS = 60_000;

export interface Sessions {
  /** The actor behind a request's Cookie header; someone without an account where it names no live session. */
  getActor(cookies: string | undefined): Promise<Actor>;
}

export interface SessionParts {
  database: Pick<OpenDatabase, 'db' | 'engine'>;
  /** What better-auth signs its cookies with. */
  secret: string;
  settings: Settings;
  clock: Clock;
}

export function createSessions({ database, secret, settings, clock }: SessionParts): Sessions {
  const { db, engine } = database;
  const beingNoted = new Map<string, number>();

  async function getAnonymous(): Promise<Actor> {
    return createAnonymousActor({ findWithoutAccount: await settings.get<boolean>('access.findWithoutAccount') });
  }

  function isLive(session: SessionRow, values: Record<string, unknown>): boolean {
    const idleMs = Number(values['session.idleMinutes']) * 60_000;
    const longestMs = Number(values['session.absoluteHours']) * 3_600_000;
    return clock() - session.usedAt < idleMs && clock() - session.createdAt < longestMs && clock() < session.expiresAt;
  }

  /** Not waited for: a request that only reads must not wait for whoever writes. */
  function noteUse(session: SessionRow): void {
    if (clock() - session.usedAt < NOTE_USE_EVERY_MS || beingNoted.has(session.id)) return;
    beingNoted.set(session.id, clock());
    const time = new Date(clock());
    const updated_at = engine === 'postgres' ? time : time.toISOString();
    db.updateTable('account_session')
      .set({ updated_at })
      .where('id', '=', session.id)
      .execute()
      .catch(() => {})
      .finally(() => beingNoted.delete(session.id));
  }

  return {
    async getActor(cookies) {
      const token = readSessionToken(cookies, secret);
      const session = token && (await findSession(db, token));
      if (!session) return getAnonymous();
      session.usedAt = Math.max(session.usedAt, beingNoted.get(session.id) ?? 0);
      const values = { ...WITHOUT_PLUGINS, ...(await settings.getAll()) };
      if (session.disabled || !isRole(session.role) || !isLive(session, values)) {
        await db.deleteFrom('account_session').where('id', '=', session.id).execute();
        return getAnonymous();
      }
      noteUse(session);
      return {
        user: session.user,
        role: session.role,
        permissions: getPermissions(session.role, { findWithoutAccount: values['access.findWithoutAccount'] === true }),
        agency: session.agency,
        sessionId: session.id,
      };
    },
  };
}

/**
 * The token in the session's cookie, where it carries our signature: `token.base64(HMAC-SHA-256)`, as better-auth writes
 * it. Read here because better-auth's own look-up takes three queries, and every tile asks.
 */
function readSessionToken(cookies: string | undefined, secret: string): string | undefined {
  for (const pair of cookies?.split(';') ?? []) {
    const [name = '', value = ''] = pair.trim().split(/=(.*)/s);
    if (!SESSION_COOKIES.has(name)) continue;
    const [, token, signature] = /^(.+)\.([^.]+)$/.exec(decodeCookie(value)) ?? [];
    if (!token || !signature) continue;
    const expected = createHmac('sha256', secret).update(token).digest();
    const given = Buffer.from(signature, 'base64');
    if (given.length === expected.length && timingSafeEqual(given, expected)) return token;
  }
  return undefined;
}

function decodeCookie(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

interface SessionRow {
  id: string;
  user: { id: string; name: string; email: string };
  role: string;
  disabled: boolean;
  /** The agency chosen for the session, else the first that the account belongs to. */
  agency: Actor['agency'];
  createdAt: number;
  usedAt: number;
  expiresAt: number;
}

async function findSession(db: Kysely<Database>, token: string): Promise<SessionRow | undefined> {
  const rows = await db
    .selectFrom('account_session as session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .leftJoin('agency_member as member', 'member.account_id', 'account.id')
    .leftJoin('agency', 'agency.id', 'member.agency_id')
    .select(['session.id', 'session.created_at', 'session.updated_at', 'session.expires_at', 'session.active_agency_id'])
    .select(['account.id as accountId', 'account.name', 'account.email', 'account.role', 'account.disabled'])
    .select(['agency.id as agencyId', 'agency.name as agencyName', 'member.team'])
    .where('session.token', '=', token)
    .orderBy('member.created_at')
    .execute();
  const row = rows.find((candidate) => candidate.agencyId === candidate.active_agency_id) ?? rows[0];
  if (!row) return undefined;
  return {
    id: row.id,
    user: { id: row.accountId, name: row.name, email: row.email },
    role: row.role,
    disabled: Boolean(row.disabled),
    agency: row.agencyId === null || row.agencyName === null ? null : { id: row.agencyId, name: row.agencyName, team: row.team },
    createdAt: new Date(row.created_at).getTime(),
    usedAt: new Date(row.updated_at).getTime(),
    expiresAt: new Date(row.expires_at).getTime(),
  };
}

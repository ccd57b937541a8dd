// Who is asking: a person with an account, someone without one, or the command line.

import { Problem } from '#shared/platform/problems.ts';
import { ANONYMOUS_PERMISSIONS, ROLE_PERMISSIONS, type Permission, type Policy, type Role } from './policies.ts';

export interface Actor {
  user: { id: string; name: string; email: string } | null;
  role: Role | 'anonymous';
  permissions: ReadonlySet<Permission>;
  /** `team`: whose people are shared with this actor; null where the agency has none. */
  agency: { id: string; name: string; team: string | null } | null;
  /** Null for someone without an account and for the command line. */
  sessionId: string | null;
}

export function createAnonymousActor(options: { findWithoutAccount: boolean }): Actor {
  return {
    user: null,
    role: 'anonymous',
    permissions: options.findWithoutAccount ? ANONYMOUS_PERMISSIONS : new Set(),
    agency: null,
    sessionId: null,
  };
}

/** An actor with a role and no account: the command line, whose user holds the database's key anyway. */
export function createLocalActor(role: Role): Actor {
  return { user: null, role, permissions: ROLE_PERMISSIONS[role], agency: null, sessionId: null };
}

/** The name that goes on record beside an act. */
export function getActorName(actor: Actor): string {
  return actor.user?.id ?? (actor.role === 'anonymous' ? 'anonymous' : `local:${actor.role}`);
}

/** Throws the Problem that fits where `actor` may not act under `policy`; an unknown policy allows nothing. */
export function assertAllowed(actor: Actor, policy: Policy | undefined): void {
  if (policy === 'public') return;
  if (policy === 'signed_in' ? actor.user !== null : policy !== undefined && actor.permissions.has(policy)) return;
  throw new Problem(actor.role === 'anonymous' ? 'not_signed_in' : 'not_allowed');
}

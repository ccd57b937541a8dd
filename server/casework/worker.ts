// Who works with people, and with what of the server.

import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { ServerDeps } from '../deps.ts';
import type { Actor } from '../identity/actor.ts';

export type CaseworkDeps = Pick<ServerDeps, 'casework' | 'registry' | 'clock'>;
export type PersonRow = CaseworkDatabase['person'];

/** Someone who works with people: an account that belongs to an agency. */
export interface Worker {
  account: string;
  agency: string;
  team: string | null;
  role: string;
  actor: Actor;
}

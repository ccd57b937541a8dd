// Every migration of the casework database, in order, by name. A migration that has been released is never changed.

import type { Migration } from '../migration.ts';
import { up as people } from './0001-people.ts';
import { up as referrals } from './0002-referrals.ts';
import { up as keeping } from './0003-keeping.ts';
import { up as facts } from './0004-facts.ts';

export const CASEWORK_MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-people': people,
  '0002-referrals': referrals,
  '0003-keeping': keeping,
  '0004-facts': facts,
};

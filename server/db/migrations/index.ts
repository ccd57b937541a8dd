// Every migration, in order, by name. A migration that has been released is never changed.

import type { Migration } from '../migrate.ts';
import { up as directory } from './0001-directory.ts';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-directory': directory,
};

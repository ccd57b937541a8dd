// Everything that is kept about a person, for that person: each entry with who wrote it, and everybody who opened the record.
// Handed out only by whoever may see all of it, and on record before anything leaves.

import type { RecordEntry } from '#shared/casework/entry.ts';
import { FIELD_CLASSES } from '#shared/intake/field-class.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { listAgencies, listNames } from '../identity/accounts.ts';
import type { Actor } from '../identity/actor.ts';
import { openPerson } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { listAccess, type AccessRow } from './access-log.ts';

export interface PersonFile {
  format: 'waypost.person/1';
  made: string;
  agency: string;
  person: { id: string; since: string; status: string };
  /** What whoever is given this must know of what is in it. */
  notices: string[];
  /** Names by the ids that stand in the entries and below. */
  names: Record<string, string>;
  entries: RecordEntry[];
  opened: AccessRow[];
}

const NOTICES = {
  substance_use:
    'There are records about substance use in here. Whoever receives them may be forbidden by law to pass them on without written consent of the person (in the United States: 42 CFR Part 2).',
} as const;

/** All of it as data; `drawPersonPage` makes the page of it that can be read and printed. */
export async function exportPerson(deps: CaseworkDeps & Pick<ServerDeps, 'db'>, actor: Actor, id: string): Promise<PersonFile> {
  const names = await listNames(deps.db);
  const agencies = await listAgencies(deps.db);
  return openPerson(deps, actor, id, { action: 'person.export' }, async (trx, person) => {
    // What is opened because a life hangs on it is read, and not carried away.
    if (person.access.read.size < FIELD_CLASSES.length || person.access.relation === 'broken_glass')
      throw new Problem(
        'not_allowed',
        'Only who may see all of a record can hand it out: the person’s own worker, or a supervisor of their team.',
      );
    const entries = await person.readEntries();
    const opened = await listAccess(trx, id);
    const named = new Set([
      ...entries.flatMap((entry) => [entry.author, entry.agency]),
      ...opened.flatMap((row) => [row.actor, row.agency ?? '']),
    ]);
    return {
      format: 'waypost.person/1',
      made: new Date(person.at).toISOString(),
      agency: agencies.find((agency) => agency.id === person.row.agency_id)?.name ?? '',
      person: { id, since: person.row.created_at, status: person.row.status },
      notices: entries.some((entry) => entry.class === 'substance_use') ? [NOTICES.substance_use] : [],
      names: Object.fromEntries([...names, ...agencies].flatMap((each) => (named.has(each.id) ? [[each.id, each.name]] : []))),
      entries,
      opened,
    };
  });
}

// Appointments as they may stand in somebody's calendar: when and how long, and where only if that was asked for. Who it is with
// and what it is about never leave here. Each person whose appointments are taken along has it on record.

import { accessOf } from '#shared/casework/access.ts';
import { listPlanned, type PlannedAppointment } from '#shared/casework/appointments.ts';
import type { CalendarEvent } from '#shared/casework/calendar-file.ts';
import type { EntryKind } from '#shared/casework/entry.ts';
import { foldRecord } from '#shared/casework/record.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Actor } from '../identity/actor.ts';
import { readEntries } from './entries.ts';
import { inCasework, listRelations, openPerson, recordAct, toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';

/** What a calendar is told; the title is whoever shows it to say. */
export type CalendarTime = Omit<CalendarEvent, 'title'>;

const KINDS: readonly EntryKind[] = ['appointment', 'referral_said', 'correction'];

/** Of one person: all that is to come, or the one that is named. */
export async function listPersonCalendar(
  deps: CaseworkDeps,
  actor: Actor,
  { person, appointment, places }: { person: string; appointment?: string | undefined; places: boolean },
): Promise<CalendarTime[]> {
  const act = { action: 'person.calendar', read: 'needs', why: places ? 'with places' : 'times only' } as const;
  return openPerson(deps, actor, person, act, async (_trx, opened) => {
    const from = appointment === undefined ? new Date(opened.at).toISOString() : '';
    const planned = listPlanned(foldRecord(await opened.readEntries(KINDS)), from);
    const chosen = appointment === undefined ? planned : planned.filter(({ id }) => id === appointment);
    if (appointment !== undefined && chosen.length === 0) throw new Problem('not_found');
    return chosen.map((each) => toTime(each, places));
  });
}

/** Of the actor's own people: all that is to come. */
export async function listOwnCalendar(deps: CaseworkDeps, actor: Actor, { places }: { places: boolean }): Promise<CalendarTime[]> {
  const worker = toWorker(actor);
  const at = deps.clock();
  const from = new Date(at).toISOString();
  return inCasework(deps, async (trx) => {
    const rows = await trx
      .selectFrom('person')
      .selectAll()
      .where('agency_id', '=', worker.agency)
      .where('worker_id', '=', worker.account)
      .where('key', 'is not', null)
      .execute();
    const planned: PlannedAppointment[] = [];
    for (const row of rows) {
      const { relation, read: classes } = accessOf(worker.role, listRelations(row, worker, { broken: false, consented: false }));
      if (!row.key || relation === null) continue;
      const person = { id: row.id, key: deps.casework.keys.unwrap(row.id, row.key) };
      const own = listPlanned(foldRecord(await readEntries(trx, person, { classes, kinds: KINDS })), from);
      if (own.length === 0) continue;
      const why = places ? 'with places' : 'times only';
      await recordAct(trx, worker, { action: 'person.calendar', at, recordId: row.id, relation, why });
      planned.push(...own);
    }
    return planned.sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0)).map((each) => toTime(each, places));
  });
}

/** The id without what it is an id of: a calendar need not know that an appointment came of a referral. */
function toTime({ id, revision, when, told, minutes, where }: PlannedAppointment, places: boolean): CalendarTime {
  const time = { id: id.slice(id.indexOf('_') + 1), revision, start: when, changed: told, minutes };
  return places && where !== undefined ? { ...time, place: where } : time;
}

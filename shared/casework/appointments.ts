// The appointments of a record: those that staff wrote down and those to which a referral led, what may be told of them to a
// calendar, and the entries that say how one went.

import type { EntryPayload, PayloadOf } from './entry.ts';
import type { BARRIERS } from './plan.ts';
import type { PersonRecord } from './record.ts';
import type { Said } from './timeline.ts';

export interface PlannedAppointment {
  id: string;
  /** How often it was told before. */
  revision: number;
  when: string;
  /** When it was told last. */
  told: string;
  minutes: number;
  where: string | undefined;
}

/** Of an appointment that came of a referral nobody says how long it takes. */
const REFERRAL_MINUTES = 60;

/** All that is planned and not over before `from` (an instant), in the order of time. */
export function listPlanned({ appointments, referrals, timeline }: PersonRecord, from: string): PlannedAppointment[] {
  const times = (id: string) => timeline.filter(({ payload }) => payload?.kind === 'appointment' && payload.appointment === id).length;
  const written = appointments
    .filter(({ state }) => state === 'planned')
    .map(({ appointment, when, minutes, where, entry }) => ({
      id: appointment,
      revision: times(appointment) - 1,
      when,
      told: entry.at,
      minutes,
      where: where?.name,
    }));
  const referred = referrals.flatMap(({ referral, events }) => {
    const { state, appointmentAt, to, entry } = events.at(-1)!;
    if (state !== 'scheduled' || appointmentAt === undefined) return [];
    return [{ id: referral, revision: events.length - 1, when: appointmentAt, told: entry.at, minutes: REFERRAL_MINUTES, where: to }];
  });
  return [...written, ...referred].filter(({ when }) => when >= from).sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0));
}

export type AppointmentTurn =
  | { state: 'kept' | 'cancelled' }
  | { state: 'missed'; barrier?: (typeof BARRIERS)[number] | undefined }
  /** To another time, an instant. */
  | { state: 'moved'; to: string };

/** What is told of an appointment when it was kept, missed, cancelled or moved: one that moved stays the same one, planned anew. */
export function turnAppointment({ entry: _, ...before }: Said<'appointment'>, turn: AppointmentTurn): EntryPayload[] {
  const told: PayloadOf<'appointment'> = { kind: 'appointment', ...before };
  switch (turn.state) {
    case 'missed':
      return [{ ...told, state: 'missed', ...(turn.barrier && { barrier: turn.barrier }) }];
    case 'moved':
      return [
        { ...told, state: 'moved' },
        { ...told, when: turn.to, state: 'planned' },
      ];
    default:
      return [{ ...told, state: turn.state }];
  }
}

/** The appointments that were missed one after the other up to now, the newest first. */
export function listMissed({ appointments }: Pick<PersonRecord, 'appointments'>): Said<'appointment'>[] {
  const over = appointments.filter(({ state }) => state === 'kept' || state === 'missed').reverse();
  const kept = over.findIndex(({ state }) => state === 'kept');
  return kept === -1 ? over : over.slice(0, kept);
}

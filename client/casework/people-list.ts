// My clients in the order of what is due, and clients found by their name.

import { api } from '#client/api.ts';
import { addDays, toDay } from './say.ts';

/** Something due as a list shows it: no words of the record. */
export interface ListedDue {
  kind: string;
  /** Its calendar day. */
  on: string;
}

export interface MyPerson extends FoundPerson {
  status: string;
  stage: string;
  due: readonly ListedDue[];
}

/** My clients, each with what is due. */
export async function readMyDay(): Promise<MyPerson[]> {
  const { people } = await api.caseload.mine.query();
  return people.map(({ id, label, status, stage, due }) => ({
    id,
    label: label ?? '',
    status,
    stage,
    due: due.map(({ kind, at }) => ({ kind, on: toDay(at) })),
  }));
}

export interface FoundPerson {
  id: string;
  label: string;
}

export async function findPeople(name: string): Promise<FoundPerson[]> {
  return (await api.people.find.query({ name })).map(({ id, label }) => ({ id, label: label ?? '' }));
}

export type DueGroup = 'late' | 'today' | 'week' | 'later' | 'none';
export const DUE_GROUPS: readonly DueGroup[] = ['late', 'today', 'week', 'later', 'none'];

const WEEK_DAYS = 7;

/** Whom to think of first: by the day of what is due soonest. */
export function groupByDue<P extends { due: readonly { on: string }[] }>(people: readonly P[], today: string): Map<DueGroup, P[]> {
  const first = (person: P) => person.due.map(({ on }) => on).sort()[0];
  const groups = new Map<DueGroup, P[]>(DUE_GROUPS.map((group) => [group, []]));
  for (const person of people.toSorted((a, b) => (first(a) ?? '9').localeCompare(first(b) ?? '9')))
    groups.get(groupOf(first(person), today))!.push(person);
  return groups;
}

function groupOf(day: string | undefined, today: string): DueGroup {
  if (day === undefined) return 'none';
  if (day < today) return 'late';
  if (day === today) return 'today';
  return day <= addDays(today, WEEK_DAYS) ? 'week' : 'later';
}

/** Those whose label holds all words. */
export function filterByLabel<P extends Pick<FoundPerson, 'label'>>(people: readonly P[], query: string): P[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return people.filter(({ label }) => words.every((word) => label.toLocaleLowerCase().includes(word)));
}

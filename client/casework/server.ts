// The server as casework sees it, and news of what this page wrote: whoever shows a person reads them again.

import { api, type Outputs } from '#client/api.ts';
import type { EntryPayload } from '#shared/casework/entry.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import { Emitter } from '#shared/platform/event.ts';

export type Opened = Outputs['people']['get'];

/** An entry on its way: its class where it is not the first that its kind allows. */
export interface NewEntry {
  payload: EntryPayload;
  class?: FieldClass;
}

const changed = new Emitter<string | null>();

/** Fires with the person who was written to; null: with whom there is, as it changed elsewhere. */
export const onDidChangePeople = changed.event;

/** For what was written by another way, such as a referral. */
export function tellChanged(person: string): void {
  changed.fire(person);
}

/** Somewhere else the lists came to show other people. */
export function tellElsewhere(): void {
  changed.fire(null);
}

export async function createPerson(entries: readonly NewEntry[]): Promise<string> {
  const { id } = await api.people.create.mutate({ entries: [...entries] });
  changed.fire(id);
  return id;
}

/** With `revision`, only where nobody added anything since. */
export async function addEntries(person: string, entries: readonly NewEntry[], revision?: number): Promise<void> {
  if (entries.length === 0) return;
  await api.people.add.mutate({ person, entries: [...entries], ...(revision === undefined ? {} : { revision }) });
  changed.fire(person);
}

let agencies: Promise<ReadonlyMap<string, string>> | undefined;

/** Names of the agencies here, by id; none where they cannot be had. */
export function readAgencies(): Promise<ReadonlyMap<string, string>> {
  agencies ??= api.people.agencies.query().then(
    (found) => new Map(found.map(({ id, name }) => [id, name])),
    () => {
      agencies = undefined;
      return new Map<string, string>();
    },
  );
  return agencies;
}

let colleagues: Promise<ReadonlyMap<string, string>> | undefined;

/** Names of those who work in this agency, by account; none where they cannot be had. */
export function readColleagues(): Promise<ReadonlyMap<string, string>> {
  colleagues ??= api.people.colleagues.query().then(
    (found) => new Map(found.map(({ id, name }) => [id, name])),
    () => {
      colleagues = undefined;
      return new Map<string, string>();
    },
  );
  return colleagues;
}

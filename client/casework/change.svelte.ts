// A change that a form makes to what it was opened with: refused once where somebody else told the same anew meanwhile, and nothing
// that was typed is lost by it.

import { problemCodeOf, sayFailure } from '#client/api.ts';
import type { EntryKind } from '#shared/casework/entry.ts';
import type { PersonState } from './person.svelte.ts';
import { addEntries, type NewEntry, type Opened } from './server.ts';

/** Kinds of which a new entry tells the whole anew, so that it would undo what somebody else told. */
const WHOLE: ReadonlySet<EntryKind> = new Set(['identity', 'contact', 'household', 'needs', 'plan']);
const TRIES = 3;

export class Change {
  /** Why it was not kept, for the form to show. */
  failure = $state<string | null>(null);
  readonly #person: PersonState;
  #seen: Opened | null;

  /** Of the person as they are shown now. */
  constructor(person: PersonState) {
    this.#person = person;
    this.#seen = person.opened;
  }

  /** @returns whether it was kept; if not, `failure` says why. After another's change the second time keeps. */
  async keep(...entries: readonly NewEntry[]): Promise<boolean> {
    const person = this.#person;
    const kinds = entries.map(({ payload }) => payload.kind).filter((kind) => WHOLE.has(kind));
    this.failure = null;
    try {
      for (let tries = 0; tries < TRIES; tries++) {
        if (kinds.some((kind) => newestOf(this.#seen, kind) !== newestOf(person.opened, kind))) break;
        const revision = kinds.length > 0 ? person.opened?.person.revision : undefined;
        if (await isKept(addEntries(person.id, entries, revision))) return true;
        await person.read();
      }
      this.#seen = person.opened;
      this.failure = person.workbench.t('case.changedMeanwhile');
    } catch (error) {
      this.failure = sayFailure(error);
    }
    return false;
  }
}

/** False where something was added since; any other refusal is thrown. */
async function isKept(adding: Promise<void>): Promise<boolean> {
  try {
    await adding;
    return true;
  } catch (error) {
    if (problemCodeOf(error) === 'conflict') return false;
    throw error;
  }
}

function newestOf(opened: Opened | null, kind: EntryKind): string | undefined {
  return opened?.entries.findLast(({ payload }) => payload.kind === kind)?.id;
}

// Who stands in a tab and who is in front: for titles of tabs and for what is done "for this person". In memory alone.

import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Disposable } from '#shared/platform/disposable.ts';
import type { WorkbenchApi } from '../workbench/types.ts';

const labels = new SvelteMap<string, string>();

export function rememberLabel(person: string, label: string): void {
  labels.set(person, label);
}

/** How a person is called; undefined before their page was read. */
export function labelOf(person: string): string | undefined {
  return labels.get(person);
}

/** `id`: whose page is in front, for notes and for what is done "for this person"; `searching`: for whom the search at hand was begun. */
export const withPerson = $state<{ id: string | null; searching: string | null }>({ id: null, searching: null });

const OF_A_PERSON: readonly string[] = ['person', 'person.brief', 'person.copy', 'person.letter'];

/** Keeps up who is in front, until called off. A page behind others is not: what is written then would be of somebody else. */
export function followPerson(workbench: WorkbenchApi): Disposable {
  const say = (id: string | null) => {
    withPerson.id = id;
    workbench.setContext('case.person', id ?? undefined);
  };
  const stop = $effect.root(() => {
    $effect(() => {
      const { kind, params } = workbench.activeEditor ?? { kind: '', params: null };
      const id = OF_A_PERSON.includes(kind) ? (params as { id: string }).id : null;
      untrack(() => say(id));
    });
  });
  return {
    dispose() {
      stop();
      say(null);
    },
  };
}

/** The dialog of a quick note; `person` null: it asks for whom. */
export const quickNote = $state<{ open: boolean; person: string | null }>({ open: false, person: null });

/** What was typed into a note that was closed by Escape, by person; null: for nobody yet. */
export const noteDrafts = new SvelteMap<string | null, { text: string; next: string }>();

/** The dialog that keeps a search for a person. */
export const keepSearch = $state<{ open: boolean }>({ open: false });

/** The received referral that the inbox is to open; null: none in particular. */
export const wantedReferral = $state<{ id: string | null }>({ id: null });

/** The service that is being pinned to a plan, or referred to, while its dialog is open. */
export const chosenMatch = $state<{ service: string | null; act: 'pin' | 'refer' }>({ service: null, act: 'pin' });

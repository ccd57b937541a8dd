// For whom a quick note and "for this client" are meant: whose page is in front now, not whose was opened or touched last.

import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followPerson, withPerson } from '#client/casework/open-people.svelte.ts';
import { Workbench } from '#client/workbench/workbench.svelte.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';

let workbench: Workbench;
let store: DisposableStore;
beforeEach(() => {
  localStorage.clear();
  workbench = new Workbench();
  store = new DisposableStore();
  for (const id of ['map', 'person', 'person.brief', 'person.new']) {
    const key = (params: { id?: string }) => params.id ?? id;
    const load = () => Promise.reject(new Error('Nothing is drawn here.'));
    store.add(workbench.registerEditor<{ id?: string }>({ id, title: () => id, icon: () => 'user', key, load }));
  }
  store.add(followPerson(workbench));
});
afterEach(() => store.dispose());

function inFront(): [id: string | null, context: unknown] {
  flushSync();
  return [withPerson.id, workbench.getContext('case.person')];
}

test('one page behind another is of nobody, though both stay open', () => {
  expect(inFront()).toEqual([null, undefined]);
  workbench.openEditor('person', { id: 'per_a' });
  expect(inFront()).toEqual(['per_a', 'per_a']);
  workbench.openEditor('person', { id: 'per_b' });
  expect(inFront()).toEqual(['per_b', 'per_b']);
  workbench.layout.activate('person:per_a');
  expect(inFront()).toEqual(['per_a', 'per_a']);
  workbench.openEditor('person.brief', { id: 'per_b' });
  expect(inFront()).toEqual(['per_b', 'per_b']);
  workbench.openEditor('map', {});
  expect(inFront()).toEqual([null, undefined]);
  workbench.layout.activate('person:per_b');
  expect(inFront()).toEqual(['per_b', 'per_b']);
  workbench.closeEditor('person.brief', 'per_b');
  workbench.closeEditor('person', 'per_b');
  expect(inFront()[0]).not.toBe('per_b');
});

test('called off, nobody is', () => {
  workbench.openEditor('person', { id: 'per_a' });
  expect(inFront()).toEqual(['per_a', 'per_a']);
  store.dispose();
  expect(inFront()).toEqual([null, undefined]);
});

// Names of the services whose forms and histories are open, for the titles of their tabs.

import { SvelteMap } from 'svelte/reactivity';

const names = new SvelteMap<string, string>();

export function nameOfPage(id: string): string | undefined {
  return names.get(id);
}

export function rememberPage(id: string, name: string): void {
  if (name !== '' && names.get(id) !== name) names.set(id, name);
}

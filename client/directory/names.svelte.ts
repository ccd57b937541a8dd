// Names and glyphs of resources whose pages have been read, for the titles of their tabs.

import { SvelteMap } from 'svelte/reactivity';

interface TabName {
  name: string;
  icon: string;
}

export const names = new SvelteMap<string, TabName>();

/** Tabs are redrawn by what changes here, so what is the same is not set again. */
export function rememberName(id: string, { name, icon }: TabName): void {
  const known = names.get(id);
  if (known?.name !== name || known.icon !== icon) names.set(id, { name, icon });
}

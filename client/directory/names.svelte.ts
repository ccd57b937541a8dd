// Names and glyphs of resources whose pages have been read, for the titles of their tabs.

import { SvelteMap } from 'svelte/reactivity';

export const names = new SvelteMap<string, { name: string; icon: string }>();

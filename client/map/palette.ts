// The colours of the map, read from the tokens of the theme that is on: the style holds no colour of its own.

// prettier-ignore
const MAP_TOKENS = [
  '--map-land', '--map-block', '--map-core', '--map-water', '--map-water-line', '--map-park', '--map-park-2', '--map-civic', '--map-campus',
  '--map-street', '--map-street-case', '--map-main', '--map-main-case', '--map-trunk', '--map-trunk-case', '--map-rail', '--map-path',
  '--map-building', '--map-building-edge', '--map-label', '--map-label-2', '--map-halo', '--map-label-water', '--map-label-park', '--map-iso',
  '--fg', '--fg-2', '--fg-3', '--accent', '--bg-raised', '--bg-surface', '--line-2', '--line-control', '--c-ink', '--c-ring',
  '--v-yes-solid', '--v-likely-solid', '--v-ask-solid', '--v-no-solid', '--v-none-solid',
] as const;

export type MapToken = (typeof MAP_TOKENS)[number];

export interface Palette {
  /** Distinguishes drawings made with one palette from those of another. */
  id: string;
  /** Value of a token, or of any other custom property that a contribution names; a plain colour is given back as it is. */
  colour(token: MapToken | (string & {})): string;
  /** Font families as the interface has them, in order. */
  fonts: readonly string[];
  /** Factor of the reader's text size. */
  textScale: number;
}

/** Splits a CSS font-family list; generic families are left out, since a canvas falls back to them by itself. */
export function parseFontFamilies(list: string): string[] {
  return list
    .split(',')
    .map((family) => family.trim().replace(/^(['"])(.*)\1$/, '$2'))
    .filter((family) => family !== '' && !/^(system-ui|sans-serif|serif|monospace|-apple-system)$/.test(family));
}

/** Reads the tokens as they hold on `element` now. */
export function readPalette(element: Element, id: string): Palette {
  const computed = getComputedStyle(element);
  const read = (name: string) => computed.getPropertyValue(name).trim();
  const known = new Map<string, string>(MAP_TOKENS.map((token) => [token, read(token)]));
  return {
    id,
    colour(token) {
      if (!token.startsWith('--')) return token;
      let value = known.get(token);
      if (value === undefined) known.set(token, (value = read(token)));
      return value || read('--fg-3');
    },
    fonts: parseFontFamilies(read('--font-ui')),
    textScale: Number(read('--text-scale')) || 1,
  };
}

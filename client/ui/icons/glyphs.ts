// Looks a glyph up by name: first in the bundled set, then in all of Lucide (loaded once), else path data as given.

import { GLYPHS } from 'virtual:glyphs';

/** Path data on a 24 × 24 grid, to be stroked; undefined where the name is not in the bundled set. */
export function findGlyph(name: string): string | undefined {
  return /^[Mm]\s*-?[\d.]/.test(name) ? name : GLYPHS[name];
}

/** The glyph of any name; a ring where there is none of it. For drawing pins on a canvas too. */
export async function loadGlyph(name: string): Promise<string> {
  const bundled = findGlyph(name);
  if (bundled !== undefined) return bundled;
  const all = await import('virtual:glyphs/all');
  return all.GLYPHS[name] ?? GLYPHS['circle'] ?? '';
}

// ARCHITECTURE.md is held against the house: every path that it names exists, and the journeys are as short as it says.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

const paths = [
  ...new Set(
    [...text.matchAll(/`((?:client|server|shared|plugins|test)\/[\w./@*-]*|\.dependency-cruiser\.mjs|package\.json)`/g)].map(
      (match) => match[1] ?? '',
    ),
  ),
];

/** The rooms (side/feature) that the numbered steps under a heading pass through. */
function rooms(heading: string): string[] {
  const section = text.split(/^#+ /m).find((part) => part.startsWith(heading));
  if (!section) throw new Error(`ARCHITECTURE.md has no section "${heading}"`);
  const steps = [...section.matchAll(/^\d+\. .*$/gm)].map((match) => match[0]);
  const seen = steps.flatMap((step) => [...step.matchAll(/`((?:client|server|shared|plugins)\/[\w-]+)/g)].map((match) => match[1] ?? ''));
  return seen.filter((room, i) => room !== seen[i - 1]);
}

describe('ARCHITECTURE.md', () => {
  test('names enough of the house to be a map of it', () => {
    expect(paths.length).toBeGreaterThan(30);
  });

  test.each(paths)('%s exists', (path) => {
    const plain = path.replace(/\*.*$/, '');
    expect(existsSync(join(root, plain))).toBe(true);
  });

  test.each([
    ['A row, from a spreadsheet to a pin', 7],
    ['An answer, from the form to the reason', 7],
    ['A contribution', 7],
    ["A person's record, from what was said to who sees it", 7],
  ])('the journey "%s" takes at most %d rooms', (heading, most) => {
    const journey = rooms(heading);
    expect(journey.length).toBeGreaterThan(2);
    expect(journey.length, journey.join(' → ')).toBeLessThanOrEqual(most);
  });
});

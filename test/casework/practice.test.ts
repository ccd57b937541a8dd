// shared/casework/CASEWORK.md says of each thing that good practice asks whether it is done, and by which test that is held: every row has a state
// that is one of three, and names a test that is there.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const rows = readFileSync(join(import.meta.dirname, '../../shared/casework/CASEWORK.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| practice') && !line.startsWith('| ---'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, practice = '', state = '', what = '', test = '']) => ({ practice, state, what, test }));

it('has a row for each thing once', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(new Set(rows.map(({ practice }) => practice)).size).toBe(rows.length);
});

it.each(rows)('$practice: $state, with a test that is there', ({ state, what, test }) => {
  expect(['done', 'partly', 'not']).toContain(state);
  expect(what.length).toBeGreaterThan(10);
  const [, file = '', name = ''] = /^`([^`]+\.test\.ts)` (.+)$/.exec(test) ?? [];
  expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(name);
});

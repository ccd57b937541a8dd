import { expect, test } from 'vitest';
import { fromInput, isClutter } from '#client/directory/chosen-files.ts';
import { minutesLeft } from '#client/directory/time-left.ts';

test.each([
  ['county/organizations.csv', false],
  ['county/.DS_Store', true],
  ['__MACOSX/county/._organizations.csv', true],
  ['county/Thumbs.db', true],
  ['county/.git/config', true],
  ['thumbs.dbf.csv', false],
])('%s is clutter: %s', (path, expected) => {
  expect(isClutter(path)).toBe(expected);
});

test('a file of a chosen folder keeps its path below it', () => {
  const file = Object.assign(new File(['a'], 'a.csv'), { webkitRelativePath: 'county/sub/a.csv' });
  const alone = new File(['b'], 'b.csv');
  expect(fromInput([file, alone]).map(({ path }) => path)).toEqual(['county/sub/a.csv', 'b.csv']);
});

test.each([
  ['nothing is said at first', { rows: 500, total: 60_000, elapsed: 1000 }, null],
  ['nor of too little', { rows: 500, total: 60_000, elapsed: 5000 }, null],
  ['nine minutes', { rows: 6000, total: 60_000, elapsed: 60_000 }, 9],
  ['less than one', { rows: 50_000, total: 60_000, elapsed: 60_000 }, 0],
  ['nothing when all is read', { rows: 60_000, total: 60_000, elapsed: 60_000 }, null],
])('time left: %s', (_, work, expected) => {
  expect(minutesLeft(work)).toBe(expected);
});

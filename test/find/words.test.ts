import { createIntl } from '@formatjs/intl';
import { describe, expect, test } from 'vitest';
import { messages } from '#client/find/messages.ts';
import { minutesInWords, openingInWords, verifiedInWords } from '#client/find/words.ts';
import { distanceInWords } from '#shared/platform/distance-words.ts';
import type { OpenState } from '#shared/matching/request.ts';

const intl = createIntl({ locale: 'en-US', messages });
const reader = {
  t: (id: string, values?: Record<string, unknown>) => intl.formatMessage({ id }, values as never) as string,
  language: 'en-US',
};
const plain = (text: string) => text.replaceAll('\u202f', ' ');
const at = new Date('2026-11-19T16:40:00-05:00');

describe('opening', () => {
  test.each<[OpenState, string, string]>([
    [{ state: 'open', until: '2026-11-19T17:00:00-05:00' }, 'Closes in 20 min', 'soon'],
    [{ state: 'open', until: '2026-11-19T19:30:00-05:00' }, 'Open until 7:30 PM', 'open'],
    [{ state: 'open', until: '2026-11-20T02:00:00-05:00' }, 'Open until Fri 2:00 AM', 'open'],
    [{ state: 'open' }, 'Open day and night', 'open'],
    [{ state: 'open', until: '2026-11-28T00:00:00-05:00' }, 'Open day and night', 'open'],
    [{ state: 'open', until: '2026-11-23T00:00:00-05:00' }, 'Open day and night until Monday', 'open'],
    [{ state: 'open', until: '2026-11-20T00:00:00-05:00' }, 'Open until Fri 12:00 AM', 'open'],
    [{ state: 'closed', next: '2026-11-24T09:00:00-05:00' }, 'Opens Tue 9:00 AM', 'closed'],
    [{ state: 'closed', next: '2026-11-19T17:10:00-05:00' }, 'Opens in 30 min', 'closed'],
    [{ state: 'closed', next: '2026-12-03T09:00:00-05:00' }, 'Opens Dec 3 9:00 AM', 'closed'],
    [{ state: 'closed' }, 'Closed this week', 'closed'],
    [{ state: 'unknown' }, 'Hours not known', 'unknown'],
  ])('%j', (open, text, tone) => {
    const words = openingInWords(open, at, true, reader);
    expect({ text: plain(words.text), tone: words.tone }).toEqual({ text, tone });
  });
  test('for another time than now the clock is said, not the wait', () => {
    expect(plain(openingInWords({ state: 'open', until: '2026-11-19T17:00:00-05:00' }, at, false, reader).text)).toBe('Open until 5:00 PM');
  });
});

test.each([
  [100, 'en-US', '350 ft'],
  [800, 'en-US', '0.5 mi'],
  [800, 'es-ES', '800 m'],
  [1420, 'fr', '1,4 km'],
])('%i m for %s', (meters, language, expected) => {
  expect(distanceInWords(meters, language).replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ')).toBe(expected);
});

test('minutes say that they are an estimate', () => {
  expect(minutesInWords(12.6, { estimated: false }, reader)).toBe('13 min');
  expect(minutesInWords(12.6, { estimated: true, mode: 'walk' }, reader)).toBe('about 13 min on foot');
  expect(minutesInWords(0.2, { estimated: false, mode: 'drive' }, reader)).toBe('1 min by car');
});

test.each([
  ['2026-11-03', 'Nov 3', 'Checked Nov 3, 16 days ago', false],
  ['2025-09-03', 'Sep 2025', 'Checked Sep 2025, 15 months ago', true],
  ['2026-11-18', 'Nov 18', 'Checked Nov 18, yesterday', false],
  ['2026-11-19', 'Nov 19', 'Checked Nov 19, today', false],
  [null, 'Never checked', 'Never checked', true],
] as const)('verified %s', (day, text, long, stale) => {
  // The day changes at the reader's midnight, not at Greenwich's.
  const evening = new Date(2026, 10, 19, 23, 30);
  expect(verifiedInWords(day, evening, reader)).toEqual({ text, long, stale });
});

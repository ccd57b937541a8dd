// From a spreadsheet with hours in prose to what is open, in a real server: zones by position, holidays by state.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFiles } from '../import/support.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const SHEET = `Name,Address,City,State,Zip,Latitude,Longitude,Hours
Lakeside Food Pantry,12 Lake Street,Chicago,IL,60601,41.8826,-87.6281,"Mon-Fri 9am-5pm, closed holidays"
Palmetto Food Pantry,4 Bay Road,Miami,FL,33101,25.7743,-80.1937,Mon-Fri 9-5
Mesa Food Pantry,9 Palm Avenue,Phoenix,AZ,85001,33.4484,-112.0740,"lunes a viernes de 9 a 17"
Corner Food Pantry,1 Elm Street,Chicago,IL,60602,41.8840,-87.6300,24/7
Saturday Food Pantry,2 Elm Street,Chicago,IL,60602,41.8841,-87.6301,2nd & 4th Saturday 10am-noon
Maybe Food Pantry,3 Elm Street,Chicago,IL,60602,41.8842,-87.6302,Most mornings (ask for Ann)
`;

let app: TestApp;
let now = Date.parse('2026-11-25T14:30:00Z');

beforeAll(async () => {
  app = await testApp({ clock: () => now });
  await importFiles(app.deps.db, { 'sites.csv': SHEET });
  // Written past the server's feed: it finds the rows when it looks again.
  const index = () => app.deps.directory.current();
  await app.deps.directory.ready;
  for (let i = 0; i < 200 && index().size < 6; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(index().size).toBe(6);
});
afterAll(() => app[Symbol.asyncDispose]());

async function hoursOf(name: string, at: string) {
  now = Date.parse(at);
  const index = app.deps.directory.current();
  const row = [...index.rowsAll().toArray()].find((one) => index.serviceName(one) === name)!;
  const [record, found] = await Promise.all([
    app.caller('viewer').directory.resource({ id: index.id(row) }),
    app.caller('viewer').find.match({
      near: { lon: index.lon(row), lat: index.lat(row) },
      travel: { mode: 'walk', minutes: 30 },
      needs: [{ term: 'food' }],
      facts: {},
      languages: [],
      at,
      limit: 50,
    }),
  ]);
  return { page: record.hours, found: found.matches.find((match) => match.resource.id === index.id(row))!.open };
}

describe('what is open', () => {
  it.each<[string, string, object, string]>([
    ['Lakeside Food Pantry', '2026-11-25T14:30:00Z', { state: 'closed', next: '2026-11-25T09:00:00-06:00' }, 'America/Chicago'],
    ['Palmetto Food Pantry', '2026-11-25T14:30:00Z', { state: 'open', until: '2026-11-25T17:00:00-05:00' }, 'America/New_York'],
    ['Mesa Food Pantry', '2026-11-25T14:30:00Z', { state: 'closed', next: '2026-11-25T09:00:00-07:00' }, 'America/Phoenix'],
    ['Mesa Food Pantry', '2026-07-01T16:30:00Z', { state: 'open', until: '2026-07-01T17:00:00-07:00' }, 'America/Phoenix'],
    // Thanksgiving
    ['Lakeside Food Pantry', '2026-11-26T18:00:00Z', { state: 'closed', next: '2026-11-27T09:00:00-06:00' }, 'America/Chicago'],
    ['Palmetto Food Pantry', '2026-11-26T18:00:00Z', { state: 'open', until: '2026-11-26T17:00:00-05:00' }, 'America/New_York'],
    ['Corner Food Pantry', '2026-11-26T08:00:00Z', { state: 'open' }, 'America/Chicago'],
    ['Saturday Food Pantry', '2026-11-26T08:00:00Z', { state: 'closed', next: '2026-11-28T10:00:00-06:00' }, 'America/Chicago'],
    ['Maybe Food Pantry', '2026-11-26T08:00:00Z', { state: 'unknown' }, 'America/Chicago'],
  ])('%s at %s: the list and the page say the same', async (name, at, expected, zone) => {
    const { page, found } = await hoursOf(name, at);
    expect(found).toEqual(expected);
    expect(page.zone).toBe(zone);
    expect(page.now.state).toBe(found.state);
    const change = page.now.until ?? page.now.next ?? null;
    expect(change).toBe((found.until ?? found.next) ? Date.parse((found.until ?? found.next)!) : null);
  });

  it('keeps what cannot be read as it was written', async () => {
    const { page } = await hoursOf('Maybe Food Pantry', '2026-11-26T08:00:00Z');
    expect(page).toMatchObject({ week: null, text: 'Most mornings (ask for Ann)' });
  });

  it('shows the week with the holiday closed', async () => {
    const { page } = await hoursOf('Lakeside Food Pantry', '2026-11-25T14:30:00Z');
    expect(page.week?.map((day) => [day.date, day.hours.length])).toEqual([
      ['2026-11-25', 1],
      ['2026-11-26', 0],
      ['2026-11-27', 1],
      ['2026-11-28', 0],
      ['2026-11-29', 0],
      ['2026-11-30', 1],
      ['2026-12-01', 1],
    ]);
  });
});

// What lies beyond the slice that the browser holds is answered by the server, and shown with all that a row of the slice shows.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Catalog } from '#client/find/catalog.ts';
import { openSlice } from '#client/find/matcher.ts';
import { answerOnServer, type FindServer, type FindSlice } from '#client/find/server.ts';
import { FindAnswer, type FindRequest } from '#shared/matching/request.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const near = { lon: -128.04, lat: 44.0 };
const request: FindRequest = { near, travel: { mode: 'drive', minutes: 60 }, needs: [{ term: 'food' }, { term: 'safety' }], limit: 500 };

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ demo: true });
});
afterAll(() => app[Symbol.asyncDispose]());

/** As it comes out of a response. */
function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

async function openBrowserSide(minutes: number) {
  const caller = app.caller('viewer');
  const asked: string[][] = [];
  const server: FindServer = {
    slice: async (input) => asSent(await caller.find.slice(input)) as FindSlice,
    match: (input) => caller.find.match(input),
    judge: (input) => caller.find.judge(input),
    rows: (input) => {
      asked.push(input.ids);
      return caller.find.rows(input);
    },
    path: () => Promise.resolve(null),
    searchPlaces: () => Promise.resolve([]),
    outsidePlaces: () => Promise.resolve([]),
    askOutside: () => Promise.resolve([]),
    reverse: () => Promise.resolve(null),
  };
  const slice = await server.slice({ near, travel: { mode: 'drive', minutes } });
  const matcher = openSlice(slice, new Catalog(await caller.plugins.contributions({ language: 'en' }), 'en'));
  return { server, matcher, asked };
}

test('a row beyond the slice says what a row of the slice says: address, hours, languages, whether it is hidden', async () => {
  const narrow = await openBrowserSide(2);
  const wide = await openBrowserSide(60);
  const [answered, local] = [await answerOnServer(narrow.server, request, narrow.matcher), wide.matcher.answer(request, new Set())];

  const lacking = narrow.asked.flat();
  expect(lacking.length).toBeGreaterThan(10);
  expect(lacking.length).toBeLessThan(answered.rows.length);
  expect(new Set(answered.rows.map(({ id }) => id))).toEqual(new Set(local.rows.map(({ id }) => id)));
  const expected = new Map(local.rows.map((row) => [row.id, row.resource]));
  for (const row of answered.rows) expect(row.resource).toEqual(expected.get(row.id));

  const beyond = answered.rows.filter(({ id }) => lacking.includes(id)).map(({ resource }) => resource);
  expect(beyond.filter(({ address, timetable, lon }) => address && timetable && lon !== null).length).toBeGreaterThan(10);
});

test('a hidden site beyond the slice says that it is hidden, and nothing of where it is', async () => {
  const { server, matcher } = await openBrowserSide(2);
  const index = app.deps.directory.current();
  const ids = Array.from(index.rowsHidden().toArray(), (row) => index.id(row));
  expect(ids.length).toBeGreaterThan(0);
  const columns = await server.rows({ ids });
  matcher.learn(columns);
  for (const id of ids) expect(matcher.findResource(id)).toMatchObject({ hidden: true, lon: null, lat: null, address: null });
});

test('what is known already is not asked for again, and what is gone is left out', async () => {
  const { server, matcher, asked } = await openBrowserSide(2);
  const first = await answerOnServer(server, request, matcher);
  await answerOnServer(server, request, matcher);
  expect(asked).toHaveLength(1);

  const gone = first.rows.at(-1)!.id;
  const other = await openBrowserSide(2);
  const withoutIt: FindServer = {
    ...other.server,
    rows: ({ ids }) => other.server.rows({ ids: ids.map((id) => (id === gone ? 'nowhere' : id)) }),
  };
  const answered = await answerOnServer(withoutIt, request, other.matcher);
  expect(answered.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id).filter((id) => id !== gone));
});

test('the answer that others read keeps its contract to the letter', async () => {
  const answer = await app.caller('viewer').find.match(request);
  expect(FindAnswer.strict().parse(answer)).toEqual(answer);
  for (const { resource } of answer.matches) expect(Object.keys(resource)).toEqual(['id', 'service', 'organization', 'location']);
});

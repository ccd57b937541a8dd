// Travel times from Valhalla, in the cage, against a stand-in that speaks its matrix protocol; and in Find, in the product.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFiles } from '../import/support.ts';
import { testApp } from '../support/test-app.ts';
import { inCage, standIn, type StandIn } from './stand-in.ts';

let server: StandIn;
beforeAll(async () => {
  server = await standIn();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Matrix {
  sources: { lon: number; lat: number }[];
  targets: { lon: number; lat: number }[];
  costing: string;
}
/** Every way takes a minute for each target before it; of target `without` none is known. */
const speak = (without = -1) => {
  server.answer = (response, { body }) => {
    const { targets } = JSON.parse(body) as Matrix;
    const cells = targets.map((_, i) => ({
      from_index: 0,
      to_index: i,
      time: i === without ? null : 60 * (i + 1),
      distance: i === without ? null : (i + 1) / 10,
    }));
    response.end(JSON.stringify({ sources_to_targets: [cells], units: 'kilometers', algorithm: 'costmatrix' }));
  };
};
const say = (value: unknown, status = 200) => {
  server.answer = (response) => response.writeHead(status).end(typeof value === 'string' ? value : JSON.stringify(value));
};
const open = (address = `http://${server.host}`) =>
  inCage('valhalla', 'ways', 'valhalla', { settings: { 'valhalla.server': address }, host: server.host });
const from = { lon: -128.03, lat: 44.01 };
const to = (count: number) => Array.from({ length: count }, (_, i) => ({ lon: -128 + i / 1000, lat: 44 }));

it('asks for the matrix, by foot and by car, fifty places at a time', async () => {
  using valhalla = await open();
  speak(1);
  server.asked.length = 0;
  const ways = await valhalla.run({ from, to: to(120), mode: 'walk' });
  expect(ways).toHaveLength(120);
  expect([ways[0], ways[1], ways[2]]).toEqual([
    { seconds: 60, meters: 100 },
    null,
    { seconds: 180, meters: expect.closeTo(300, 6) as number },
  ]);
  const bodies = server.asked.map(({ body }) => JSON.parse(body) as Matrix);
  expect(server.asked.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(Array(3).fill('POST /sources_to_targets'));
  expect(bodies.map(({ targets }) => targets.length)).toEqual([50, 50, 20]);
  expect(bodies[0]).toMatchObject({ sources: [from], costing: 'pedestrian' });
  await valhalla.run({ from, to: to(1), mode: 'drive' });
  expect(JSON.parse(server.asked.at(-1)!.body)).toMatchObject({ costing: 'auto' });
});

it('asks nobody where no server is named', async () => {
  using valhalla = await open('');
  server.asked.length = 0;
  expect(await valhalla.run({ from, to: to(3), mode: 'walk' })).toEqual([null, null, null]);
  expect(server.asked).toEqual([]);
});

it('takes a place without a street for one without a way', async () => {
  using valhalla = await open();
  say({ error_code: 171, error: 'No suitable edges near location', status_code: 400, status: 'Bad Request' }, 400);
  expect(await valhalla.run({ from, to: to(2), mode: 'walk' })).toEqual([null, null]);
});

describe('of an answer that is none it says so', () => {
  it.each<[string, () => void, RegExp]>([
    ['too many places', () => say({ error_code: 150, error: 'Exceeded max locations', status_code: 400 }, 400), /Exceeded max locations/],
    ['busy', () => say('{"error":"rate limited"}', 429), /refused \(429\): rate limited/],
    ['a page of HTML', () => say('<html>', 502), /not JSON \(status 502\)/],
    ['no matrix', () => say({ sources_to_targets: [] }), /without a matrix/],
  ])('%s', async (_, prepare, said) => {
    using valhalla = await open();
    prepare();
    await expect(valhalla.run({ from, to: to(2), mode: 'walk' })).rejects.toThrow(said);
  });
});

it('Find says the minutes that it gave, and estimates again once it fails', async () => {
  await using app = await testApp({ localHosts: [server.host] });
  await app.caller('admin').plugins.enable({ name: 'waypost-valhalla', grant: true });
  await importFiles(app.deps.db, {
    'sites.csv':
      'id,name,address,city,latitude,longitude\n1,North Pantry,1 A Street,Nowhere,44.001,-100.0\n2,South Pantry,2 A Street,Nowhere,43.995,-100.0\n',
  });
  await app.deps.feed.poll();
  await expect.poll(() => app.deps.directory.current().size, { timeout: 20_000 }).toBe(2);
  const ask = async () => {
    const request = {
      near: { lon: -100.00023, lat: 44.00041 },
      travel: { mode: 'walk' as const, minutes: 30 },
      needs: [{ term: 'food.groceries' }],
    };
    const { matches } = await app.caller('viewer').find.match(request);
    return Object.fromEntries(matches.map(({ resource, minutes, estimated }) => [resource.service.name, { minutes, estimated }]));
  };
  expect(await ask()).toMatchObject({ 'North Pantry': { estimated: true }, 'South Pantry': { estimated: true } });
  await app.deps.settings.set('deployment', '', { key: 'valhalla.server', value: `http://${server.host}` });
  speak();
  server.asked.length = 0;
  expect(await ask()).toEqual({ 'North Pantry': { minutes: 1, estimated: false }, 'South Pantry': { minutes: 2, estimated: false } });
  // Which house somebody starts from stays here.
  expect(server.asked.map(({ body }) => (JSON.parse(body) as { sources: unknown }).sources)).toEqual([[{ lon: -100, lat: 44 }]]);
  say('down', 503);
  expect(await ask()).toMatchObject({ 'North Pantry': { estimated: true } });
});

// The geocoder for Nominatim, in the cage, against a stand-in that speaks its protocol: what is asked, what is made of the
// answer, and that no answer of a server that is busy, broken or lying becomes a place.

import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/test-app.ts';
import { inCage, standIn, type StandIn } from './stand-in.ts';

let server: StandIn;
beforeAll(async () => {
  server = await standIn();
});
afterAll(() => server[Symbol.asyncDispose]());

const FOUND = [
  {
    place_id: 1,
    osm_type: 'way',
    osm_id: 42,
    lat: '44.0102',
    lon: '-128.0312',
    category: 'building',
    type: 'house',
    addresstype: 'building',
    display_name: '118, Tanner Street, Old Town, Port Alder, 00101, United States',
  },
  { place_id: 2, osm_type: 'node', osm_id: 7, lat: '44.1', lon: '-128.1', addresstype: 'town', display_name: 'Port Alder, United States' },
  { place_id: 3, lat: '144.1', lon: '-128.1', display_name: 'Beyond the pole' },
  { place_id: 4, lat: '44.1', lon: '-128.1' },
  'no place',
];
const say = (value: unknown, status = 200, headers: Record<string, string> = {}) => {
  server.answer = (response) => response.writeHead(status, headers).end(typeof value === 'string' ? value : JSON.stringify(value));
};
const open = (settings: Record<string, unknown> = {}) =>
  inCage('nominatim', 'geocoders', 'nominatim', {
    settings: { 'nominatim.server': `http://${server.host}/`, ...settings },
    host: server.host,
  });
const query = { text: ' 118 Tanner St ', language: 'es', limit: 5 };

it('asks as Nominatim wants to be asked, and makes places of what it says', async () => {
  using geocoder = await open({ 'nominatim.countries': 'US, mx' });
  say(FOUND);
  server.asked.length = 0;
  expect(await geocoder.run(query)).toEqual([
    {
      id: 'nominatim:way:42',
      label: '118 Tanner Street',
      detail: 'Old Town, Port Alder, 00101, United States',
      kind: 'address',
      lon: -128.0312,
      lat: 44.0102,
    },
    { id: 'nominatim:node:7', label: 'Port Alder', detail: 'United States', kind: 'area', lon: -128.1, lat: 44.1 },
  ]);
  const [asked] = server.asked;
  expect(asked).toMatchObject({ method: 'GET', agent: 'Waypost' });
  expect(asked!.url.pathname).toBe('/search');
  expect(Object.fromEntries(asked!.url.searchParams)).toEqual({
    q: '118 Tanner St',
    format: 'jsonv2',
    limit: '5',
    'accept-language': 'es',
    countrycodes: 'us,mx',
  });
});

describe('asks nobody', () => {
  it.each([
    ['where no server is named', { 'nominatim.server': '' }, query],
    ['for two letters', {}, { ...query, text: 'Ta' }],
  ])('%s', async (_, settings, asked) => {
    using geocoder = await open(settings);
    server.asked.length = 0;
    expect(await geocoder.run(asked)).toEqual([]);
    expect(server.asked).toEqual([]);
  });
});

describe('of an answer that is none it says so', () => {
  it.each<[string, () => void, RegExp]>([
    ['a page of HTML', () => say('<html>'), /not JSON/],
    ['an error in JSON', () => say({ error: { code: 400, message: 'Nothing to search for.' } }), /no list of places/],
    ['status 500', () => say('oops', 500), /status 500/],
    ['a host that is not there', () => (server.answer = (response) => response.destroy()), /could not be reached/],
  ])('%s', async (_, prepare, said) => {
    using geocoder = await open();
    prepare();
    await expect(geocoder.run(query)).rejects.toThrow(said);
  });
});

it('finds nothing in an empty list', async () => {
  using geocoder = await open();
  say([]);
  expect(await geocoder.run(query)).toEqual([]);
});

it('leaves a busy server alone for as long as it says', async () => {
  using geocoder = await open();
  say('busy', 429, { 'retry-after': '120' });
  await expect(geocoder.run(query)).rejects.toThrow('busy');
  say(FOUND);
  server.asked.length = 0;
  expect(await geocoder.run(query)).toEqual([]);
  expect(server.asked).toEqual([]);
});

it('reaches no other host than the one that the setting names', async () => {
  using other = await inCage('nominatim', 'geocoders', 'nominatim', {
    settings: { 'nominatim.server': 'http://127.0.0.1:9' },
    host: server.host,
  });
  await expect(other.run(query)).rejects.toThrow(/not fetched|could not be reached|private|not a public/);
});

it('in the product it is asked only where a person says so, and no log knows for what', async () => {
  const stream = new PassThrough();
  let log = '';
  stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await using app = await testApp({ localHosts: [server.host], log: pino({ level: 'trace' }, stream) });
  const viewer = app.caller('viewer');
  const asked = { text: 'Wharf Cottage 118', language: 'en' };
  expect(await viewer.places.outside()).toEqual([]);
  await app.caller('admin').plugins.enable({ name: 'waypost-nominatim', grant: true });
  await app.deps.settings.set('deployment', '', { key: 'nominatim.server', value: `http://${server.host}` });
  const [service] = await viewer.places.outside();
  expect(service).toMatchObject({ id: 'waypost-nominatim/nominatim', label: { en: 'Nominatim (OpenStreetMap)' } });

  say(FOUND);
  server.asked.length = 0;
  expect(await viewer.places.search(asked)).toEqual([]);
  expect(server.asked).toEqual([]);
  const found = await viewer.places.askOutside({ ...asked, service: service!.id });
  expect(found.map(({ label }) => label)).toEqual(['118 Tanner Street', 'Port Alder']);
  expect(server.asked.map(({ url }) => url.searchParams.get('q'))).toEqual([asked.text]);

  say('oops', 500);
  await expect(viewer.places.askOutside({ ...asked, service: service!.id })).rejects.toThrow('It does not answer now.');
  await app.deps.settings.set('deployment', '', { key: 'nominatim.server', value: `http//${server.host}` });
  await expect(viewer.places.askOutside({ ...asked, service: service!.id })).rejects.toThrow('It does not answer now.');
  await expect(viewer.places.askOutside({ ...asked, service: 'nobody/knows' })).rejects.toThrow('not asked any more');
  expect(log).toContain('geocoder left out');
  expect(log).not.toMatch(/Wharf|Cottage/);
});

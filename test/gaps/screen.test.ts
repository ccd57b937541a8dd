// What the coordinator's browser asks of the server: people are brought in by upload, a world is worked out from them and the
// directory, scenarios are kept for one agency and refuse what was written over.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gridDisk } from 'h3-js';
import { cellAt, cellCenter } from '#shared/geo/cells.ts';
import { unpackFigures, unpackPairs } from '#shared/gaps/packed-pairs.ts';
import type { Outputs } from '#client/api.ts';
import { KeptWorlds } from '#server/gaps/kept-worlds.ts';
import { LoadedPopulations } from '#server/gaps/loaded-populations.ts';
import type { AskedWorld } from '#server/gaps/world.ts';
import { shelterTown, write } from '../hidden/shelter.ts';
import { testApp, type SignedIn, type TestApp } from '../support/test-app.ts';

const CENTER = { lon: -93.11, lat: 44.98 };
const CELLS = gridDisk(cellAt(CENTER, 9), 6).sort();
const CSV = `cell,population,seniors\n${CELLS.map((cell, i) => `${cell},${10 + i},${i % 7}`).join('\n')}\n`;

let app: TestApp;
let coordinator: SignedIn;
let population = '';

beforeAll(async () => {
  app = await testApp();
  await app.deps.directory.ready;
  const changed = new Promise<void>((resolve) => {
    app.deps.directory.onDidChange((index) => index.findRow('refuge-house') !== undefined && resolve());
  });
  await write(app.deps.db, shelterTown());
  await app.deps.feed.poll();
  await changed;
  coordinator = await app.signIn('coordinator', { agency: 'North' });
  population = (await bringIn('people.csv', CSV, { name: 'Town', groups: ['seniors'] })).id;
});
afterAll(() => app[Symbol.asyncDispose]());

/** As a browser does: POST, with its cookie. */
async function call<T = unknown>(who: SignedIn, procedure: string, input?: unknown): Promise<T> {
  const response = await who.fetch(`/api/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as { result?: { data: T }; error?: { message: string } };
  if (answer.error) throw new Error(answer.error.message);
  return answer.result!.data;
}

async function bringIn(name: string, content: string, more: object): Promise<{ id: string }> {
  const { upload } = await call<{ upload: string }>(coordinator, 'gaps.begin');
  const sent = await coordinator.fetch(`/api/gaps/upload/${upload}?name=${name}`, { method: 'POST', body: content });
  expect(sent.status).toBe(200);
  return call(coordinator, 'gaps.addPopulation', { upload, file: name, source: 'Made up', vintage: '2026', ...more });
}

const world = (supply: object, more: object = {}): Promise<Outputs['gaps']['world']> =>
  call(coordinator, 'gaps.world', { population, supply, mode: 'walk', minutes: 30, ...more });

describe('people', () => {
  it('have groups that go by words: those of their column until somebody calls them otherwise', async () => {
    const namesOf = async (id: string) =>
      (await call<Outputs['gaps']['populations']>(coordinator, 'gaps.populations'))
        .find((one) => one.id === id)!
        .groups.map(({ name }) => name);
    const csv = CSV.replace('seniors', 'pop_65plus');
    const { id } = await bringIn('named.csv', csv, { name: 'Named', groups: ['pop_65plus'], names: { pop_65plus: '65 and older' } });
    expect(await namesOf(id)).toEqual(['All', '65 and older']);
    expect(await namesOf(population)).toEqual(['All', 'Seniors']);
    await call(coordinator, 'gaps.nameGroups', { population: id, names: { pop_65plus: 'Pensioners' } });
    expect(await namesOf(id)).toEqual(['All', 'Pensioners']);
    await expect(call(coordinator, 'gaps.nameGroups', { population: id, names: { children: 'Children' } })).rejects.toThrow(
      'has no group "children"',
    );
    await call(coordinator, 'gaps.removePopulation', { population: id });
  });

  it('are looked at, brought in, listed with where they come from, and removed', async () => {
    const { upload } = await call<{ upload: string }>(coordinator, 'gaps.begin');
    await coordinator.fetch(`/api/gaps/upload/${upload}?name=more.csv`, { method: 'POST', body: CSV });
    const looked = await call<Outputs['gaps']['look']>(coordinator, 'gaps.look', { upload });
    expect(looked.files).toMatchObject([{ name: 'more.csv', kind: 'cells', rows: CELLS.length }]);
    expect(looked.guess).toEqual({ file: 'more.csv', id: 'cell', people: 'population', groups: [], boundaries: null });
    const { id } = await call<{ id: string }>(coordinator, 'gaps.addPopulation', {
      ...{ upload, file: 'more.csv', name: 'Second', source: 'Statistics office', vintage: '2024' },
    });
    const listed = await call<Outputs['gaps']['populations']>(coordinator, 'gaps.populations');
    expect(listed.map(({ name }) => name).sort()).toEqual(['Second', 'Town']);
    expect(listed.find((one) => one.id === population)).toMatchObject({
      source: 'Made up',
      vintage: '2026',
      cells: CELLS.length,
      resolution: 9,
      groups: [{ id: 'all' }, { id: 'seniors' }],
    });
    await call(coordinator, 'gaps.removePopulation', { population: id });
    await expect(call(coordinator, 'gaps.world', { population: id, supply: {}, mode: 'walk', minutes: 5 })).rejects.toThrow(
      'No population',
    );
  });

  it('are refused with file, row and column as they were sent, and never under a name that is taken', async () => {
    await expect(bringIn('bad.csv', `cell,population\n${CELLS[0]},-3\n`, { name: 'Bad' })).rejects.toThrow(
      'bad.csv was not used.\nbad.csv, row 1, column population: "-3" is below zero.',
    );
    await expect(bringIn('again.csv', CSV, { name: 'Town' })).rejects.toThrow('There is a population called "Town" already');
    await expect(bringIn('../../etc.csv', CSV, { name: 'Way out' })).rejects.toThrow();
  });
});

describe('a world', () => {
  it('has everybody by cell, sites by what is known of them, and hidden ones as a number', async () => {
    const { cells, people, sites, without, unknown, pairs, nearest, travel, suppressed, data } = await world({});
    expect(cells).toEqual(CELLS);
    expect(people['all']).toEqual(CELLS.map((_, i) => 10 + i));
    expect(people['seniors']).toEqual(CELLS.map((_, i) => i % 7));
    expect(sites.length).toBeGreaterThan(0);
    expect(sites.map(({ id }) => id)).not.toContain('refuge-house');
    expect(without.hidden).toBe(1);
    expect(unknown.capacity).toBe(sites.length);
    const ways = unpackPairs(pairs);
    expect(ways.cells).toBe(cells.length);
    expect(Math.max(...ways.cost)).toBeLessThanOrEqual(30);
    expect(travel).toMatchObject({ from: 'line', pairs: ways.cost.length, estimated: ways.cost.length });
    const least = unpackFigures(nearest);
    for (const [i, minutes] of least.entries()) {
      const own = ways.cost.subarray(ways.firstPair[i], ways.firstPair[i + 1]);
      if (own.length > 0) expect(minutes).toBeCloseTo(Math.min(...own), 3);
      else expect(minutes).toBeGreaterThan(30);
    }
    expect(suppressed).toBe(0);
    expect(data.population).toEqual({ name: 'Town', source: 'Made up', vintage: '2026', licence: null });
  });

  it('is another for another question', async () => {
    const [one, same, other] = [await world({}), await world({}), await world({ needs: ['food'] })];
    expect(same).toEqual(one);
    expect(other.sites.length).toBeLessThan(one.sites.length);
  });

  describe('is worked out once', () => {
    const asked = { mode: 'walk', minutes: 20, agency: null } as const;
    const ask = (supply: AskedWorld['supply'] = {}, more: Partial<AskedWorld> = {}): AskedWorld => ({ population, supply, ...asked, ...more }); // prettier-ignore
    let worlds: KeptWorlds;
    beforeEach(() => {
      worlds = new KeptWorlds(app.deps, new LoadedPopulations(app.deps));
    });

    it('for all who ask the same, and anew for another agency, question or directory', async () => {
      const [one, other] = await Promise.all([worlds.get(ask()), worlds.get(ask())]);
      expect(other).toBe(one);
      expect(await worlds.get(ask({}, { agency: 'another' }))).not.toBe(one);
      expect(await worlds.get(ask({ needs: ['food'] }))).not.toBe(one);
      expect(await worlds.get(ask())).toBe(one);
    });

    it('and never kept where a household is described, who might be somebody', async () => {
      const described = ask({ usableBy: { 'person.age': 40 } });
      expect(await worlds.get(described)).not.toBe(await worlds.get(described));
    });

    it('until the last who waits goes away', async () => {
      const [first, second] = [new AbortController(), new AbortController()];
      const asks = [first, second].map(({ signal }) => worlds.get(ask({}, { minutes: 25 }), signal));
      first.abort(new Error('gone'));
      await expect(asks[0]).rejects.toThrow('gone');
      expect((await asks[1])!.cells).toEqual(CELLS);
      const alone = new AbortController();
      const one = worlds.get(ask({}, { minutes: 26 }), alone.signal);
      alone.abort(new Error('gone too'));
      await expect(one).rejects.toThrow('gone too');
      // Whoever comes after that is answered all the same.
      expect((await worlds.get(ask({}, { minutes: 26 }))).cells).toEqual(CELLS);
    });
  });

  it('refuses needs and facts that there are not', async () => {
    await expect(world({ needs: ['unicorns'] })).rejects.toThrow('No need is called "unicorns"');
    await expect(world({ usableBy: { 'person.aeg': 3 } })).rejects.toThrow('aeg');
  });

  it('tells what a household can use for certain from what it perhaps can', async () => {
    const { sites, unknown } = await world({ usableBy: { 'person.age': 40 } });
    expect(sites.every(({ verdict }) => verdict !== null && verdict !== 'ineligible')).toBe(true);
    expect(unknown.usable).toBe(sites.filter(({ usable }) => usable === 'maybe').length);
    expect(unknown.usable).toBeGreaterThan(0);
  });

  it('gives the ways of a point that is set anywhere, rows being the points', async () => {
    const { pairs, estimated } = await call<Outputs['gaps']['reach']>(coordinator, 'gaps.reach', {
      ...{ population, mode: 'walk', minutes: 15 },
      from: [CENTER, { lon: 10, lat: 10 }],
    });
    const ways = unpackPairs(pairs);
    expect([ways.cells, ways.sites]).toEqual([2, CELLS.length]);
    const nearestCell = [...ways.site.subarray(0, ways.firstPair[1])].reduce(
      (best, site, p) => (ways.cost[p]! < ways.cost[best]! ? p : best),
      0,
    );
    expect(CELLS[ways.site[nearestCell]!]).toBe(cellAt(CENTER, 9));
    expect(ways.firstPair[2]).toBe(ways.firstPair[1]);
    expect(estimated).toEqual([true, false]);
  });

  it('names where a new place could be', async () => {
    const { candidates, total } = await call<Outputs['gaps']['candidates']>(coordinator, 'gaps.candidates', {
      population,
      kind: 'cells',
      n: 3,
    });
    expect(candidates.map(({ id }) => id)).toEqual(CELLS.slice(-3).reverse());
    expect(candidates[0]).toMatchObject(cellCenter(CELLS.at(-1)!));
    expect(total).toBe(CELLS.length);
  });
});

describe('scenarios', () => {
  it('are kept for the agency, and never written over unseen', async () => {
    const save = (input: object) => call<{ id: string; revision: number }>(coordinator, 'gaps.saveScenario', input);
    const first = await save({ name: 'A van on Mondays', revision: 0, content: { sites: [1] } });
    const second = await save({ ...first, name: 'A van', content: { sites: [1, 2] } });
    expect(second.revision).toBe(2);
    await expect(save({ ...first, name: 'Late', content: {} })).rejects.toThrow('Someone else changed this scenario');
    expect(await call(coordinator, 'gaps.scenario', { id: first.id })).toMatchObject({
      name: 'A van',
      content: { sites: [1, 2] },
      by: 'Test coordinator',
    });

    const stranger = await app.signIn('coordinator', { agency: 'South' });
    expect(await call(stranger, 'gaps.scenarios')).toEqual([]);
    for (const [procedure, input] of [
      ['gaps.scenario', { id: first.id }],
      ['gaps.removeScenario', { id: first.id, revision: 2 }],
      ['gaps.saveScenario', { id: first.id, name: 'Mine', revision: 2, content: {} }],
    ] as const)
      await expect(call(stranger, procedure, input)).rejects.toThrow('There is no such scenario');

    await call(coordinator, 'gaps.removeScenario', { id: first.id, revision: 2 });
    expect(await call(coordinator, 'gaps.scenarios')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createAreas } from '#shared/eligibility/areas.ts';
import { cellCenter, coarseCell } from '#shared/geo/cells.ts';
import { CENTER, find, offset, resource, weekdays } from './town.ts';

const hidden = (id: string, change = {}) =>
  resource(id, {
    hidden: true,
    lon: null,
    lat: null,
    address: null,
    cell: coarseCell(CENTER),
    needs: ['safety.shelter'],
    type: 'shelter',
    ...change,
  });
const request = { needs: [{ term: 'safety' }, { term: 'food' }] };

describe('a hidden site', () => {
  test('is found by need, without a distance', () => {
    const answer = find([hidden('h1')], request);
    expect(answer.total).toBe(1);
    expect(answer.matches[0]).toMatchObject({ meters: null, minutes: null, estimated: false, resource: { id: 'h1' } });
  });

  test('is told from nothing by an answer, wherever in its cell it stands', () => {
    const others = [resource('a300'), resource('b900', { timetable: weekdays(14, 18) }), resource('c1500', { needs: ['safety.shelter'] })];
    const cell = coarseCell(CENTER);
    const inCell = fc
      .tuple(fc.integer({ min: -1500, max: 1500 }), fc.integer({ min: -1500, max: 1500 }))
      .map(([east, north]) => offset(east, north))
      .filter((site) => coarseCell(site) === cell);
    const start = fc
      .tuple(fc.integer({ min: -8000, max: 8000 }), fc.integer({ min: -8000, max: 8000 }))
      .map(([east, north]) => offset(east, north));
    fc.assert(
      fc.property(inCell, inCell, start, (one, other, near) => {
        // All that the directory hands to the index of a hidden site is made from its position by `coarseCell`.
        const at = (site: { lon: number; lat: number }) =>
          find([...others, hidden('h1', { cell: coarseCell(site) })], { ...request, near, travel: { mode: 'drive', minutes: 15 } });
        expect(at(one)).toEqual(at(other));
      }),
      { numRuns: 60 },
    );
  });

  test('stands in the same place of the order however far away one starts', () => {
    const orderFrom = (east: number) => {
      const near = offset(east);
      const answer = find([hidden('h1'), hidden('h2', { timetable: null }), hidden('h3', { timetable: weekdays(14, 18) })], {
        ...request,
        near,
      });
      return answer.matches.map((match) => [match.resource.id, match.score]);
    };
    expect(orderFrom(0)).toEqual(orderFrom(1500));
    expect(orderFrom(0)).toHaveLength(3);
  });

  test('its cell decides whether it is in reach', () => {
    const { lon, lat } = cellCenter(coarseCell(CENTER));
    const from = (km: number) =>
      find([hidden('h1')], { ...request, near: { lon, lat: lat + km / 111.195 }, travel: { mode: 'walk', minutes: 10 } }).total;
    expect([from(0), from(1.6), from(10)]).toEqual([1, 1, 0]);
  });

  test('its published area decides before its cell', () => {
    const ring: [number, number][] = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
      [-1, -1],
    ].map(([x, y]) => [CENTER.lon + x!, CENTER.lat + y!]);
    const areas = createAreas([{ id: 'The county', rings: [ring] }]);
    const site = hidden('h1', { areas: ['The county'], cell: coarseCell(offset(50_000)) });
    expect(find([site], request, { areas }).total).toBe(1);
    expect(find([site], { ...request, near: offset(200_000) }, { areas }).total).toBe(0);
    expect(find([site], request).total).toBe(0);
  });

  test('without cell and area nobody misses it', () => {
    expect(find([hidden('h1', { cell: null })], { ...request, near: offset(900_000) }).total).toBe(1);
  });
});

test('a service without a place is found only where its area is known to hold the start', () => {
  const ring: [number, number][] = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ].map(([x, y]) => [CENTER.lon + x!, CENTER.lat + y!]);
  const line = resource('line', { location: null, lon: null, lat: null, areas: ['The county'] });
  expect(find([line], request).total).toBe(0);
  expect(find([line], request, { areas: createAreas([{ id: 'The county', rings: [ring] }]) }).total).toBe(1);
});

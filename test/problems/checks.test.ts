// Checks one by one, as data and as code, and the law of the problem set: after any edits it says what a fresh one says.

import { describe, expect, it } from 'vitest';
import { DirectorySpread } from '#shared/directory/checks-spread.ts';
import { DataCheck, OWN_CHECKS, toDirectoryCheck } from '#shared/directory/checks.ts';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { ProblemSet } from '#shared/directory/problem-set.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { resource, seeded, syntheticResources } from '../directory/resources.ts';
import { contributed } from '../support/contributed.ts';

const NOW = new Date(2026, 10, 22, 12);
const CHECKS = [...contributed('dataChecks').map(toDirectoryCheck), ...OWN_CHECKS];
const HERE = { lon: -122.27, lat: 37.8, address: '12 Quay Street, Port Alder' };

function codesOf(given: Partial<ResourceInput>): string[] {
  const context = { now: NOW, spread: new DirectorySpread() };
  return CHECKS.filter(({ find }) => find(resource({ id: 'r', ...given }), context) !== undefined).map(({ code }) => code);
}

const WELL: Partial<ResourceInput> = {
  ...HERE,
  location: { id: 'l', name: 'Pier House' },
  phone: '555-0100',
  type: 'pantry',
  languages: ['en'],
  eligibilityText: 'Everyone',
  timetable: { zone: null, lines: [{ freq: 'WEEKLY', byday: ['MO'], opens: 540, closes: 600 }] },
  verified: '2026-11-01',
};

describe('checks', () => {
  it.each<[string, Partial<ResourceInput>, string[]]>([
    ['all is stated', {}, []],
    ['checked on the last good day', { verified: '2026-05-27' }, []],
    ['a day older', { verified: '2026-05-26' }, ['not_verified']],
    ['never checked', { verified: null }, ['not_verified']],
    ['no telephone', { phone: null }, ['no_phone']],
    ['no hours', { timetable: null }, ['no_hours']],
    ['hours in words only', { timetable: { zone: null, lines: [], text: 'most days' } }, ['hours_not_read']],
    ['no position', { lon: null, lat: null }, ['no_position']],
    ['no address', { address: null }, ['no_address']],
    ['no place at all: a hotline', { location: null, lon: null, lat: null, address: null }, []],
    ['nobody knows for whom', { eligibilityText: null }, ['no_eligibility']],
    ['a rule instead of words', { eligibilityText: null, rule: 'some/rule' }, []],
    ['no languages', { languages: [] }, ['no_languages']],
    ['says that it is closed', { summary: 'This office is PERMANENTLY CLOSED since May.' }, ['says_closed']],
    ['says so in Spanish', { summary: 'Cerrado permanentemente.' }, ['says_closed']],
    ['says so in its name', { service: { id: 's', name: 'Corner Pantry - CLOSED' } }, ['says_closed']],
    ['closed on Mondays is not closed', { summary: 'Closed Mondays and holidays.' }, []],
    ['names a secret place', { location: { id: 'l', name: 'Ada House (confidential)' } }, ['may_be_hidden']],
    ['is a refuge on the map', { service: { id: 's', name: 'Domestic Violence Emergency Shelter' } }, ['may_be_hidden']],
    [
      'a refuge that is hidden',
      { service: { id: 's', name: 'Domestic Violence Shelter' }, hidden: true, lon: null, lat: null, address: null },
      [],
    ],
    ['counselling about violence is no refuge', { service: { id: 's', name: 'Domestic Violence Counselling' } }, []],
  ])('%s', (_, given, codes) => {
    expect(codesOf({ ...WELL, ...given })).toEqual(codes);
  });

  it('tells points on which ten different addresses stand, and not ten services of one house', () => {
    const shared = CHECKS.find(({ code }) => code === 'shared_position')!;
    for (const [many, told] of [[true, { count: 10, lon: HERE.lon, lat: HERE.lat }] as const, [false, undefined] as const]) {
      const spread = new DirectorySpread();
      const all = Array.from({ length: 10 }, (_, i) => resource({ id: `r${i}`, ...HERE, address: `${many ? i : 1} Quay Street, Alder` }));
      for (const one of all) spread.add(one);
      expect(shared.find(all[0]!, { now: NOW, spread })).toEqual(told);
    }
  });

  it('tells what lies far from its town, where five others tell where that is', () => {
    const far = CHECKS.find(({ code }) => code === 'far_from_town')!;
    const astray = resource({ id: 'x', ...HERE, lat: 38.9 });
    for (const [neighbours, told] of [[4, true] as const, [3, false] as const]) {
      const spread = new DirectorySpread();
      for (let i = 0; i < neighbours; i++) spread.add(resource({ id: `r${i}`, ...HERE, lon: HERE.lon + i / 1000 }));
      spread.add(astray);
      spread.settle();
      expect(far.find(astray, { now: NOW, spread }) !== undefined).toBe(told);
    }
  });

  it('refuses a check that asks for nothing, or for two things', () => {
    const check = { id: 'own', label: 'L', message: 'M', severity: 'info' };
    expect(DataCheck.safeParse(check).success).toBe(false);
    expect(DataCheck.safeParse({ ...check, missing: 'phone', unverifiedDays: 3 }).success).toBe(false);
    const own = toDirectoryCheck(DataCheck.parse({ ...check, missing: 'capacity', types: ['shelter'] }));
    const context = { now: NOW, spread: new DirectorySpread() };
    expect(own.find(resource({ id: 'r', type: 'shelter' }), context)).toEqual({});
    expect(own.find(resource({ id: 'r', type: 'pantry' }), context)).toBeUndefined();
  });
});

describe('the set of problems', () => {
  /** Towns are where they were when the set was made; everything else follows at once. */
  const tell = (set: ProblemSet) =>
    set.codes
      .filter((code) => code !== 'far_from_town')
      .map((code) => [code, [...set.list(code)].map(({ id, other }) => `${id} ${other}`).sort()]);

  it.each([1, 2, 3])('says after any edits what a fresh one says (seed %i)', async (seed) => {
    const random = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const all = [...syntheticResources(600, seed)];
    let index = DirectoryIndex.build(all, '0');
    const set = await ProblemSet.build(index, CHECKS, { now: NOW });
    const one = all[0]!;
    for (let step = 1; step <= 150; step++) {
      const edited = pick(all);
      const kinds: (() => ResourceInput)[] = [
        () => ({ ...edited, phone: null }),
        () => ({ ...edited, verified: '2026-11-20' }),
        () => ({ ...edited, lon: one.lon, lat: one.lat }),
        () => ({ ...edited, lon: one.lon, lat: one.lat, languages: [] }),
        () => ({ ...edited, summary: 'Permanently closed.' }),
        () => ({ ...one, id: `again-${step}`, service: { id: `again-${step}`, name: one.service.name.toUpperCase() } }),
        () => ({ ...edited, hidden: true, cell: null, lon: null, lat: null, address: null }),
      ];
      const gone = random() < 0.2 ? [pick(all).id] : [];
      index = index.apply({ upserts: [pick(kinds)()], removed: gone }, String(step));
      expect(set.apply(index)).toBe(true);
      if (step % 40 !== 0) continue;
      index = await index.fold(() => Promise.resolve());
      expect(set.apply(index)).toBe(true);
    }
    const fresh = await ProblemSet.build(index, CHECKS, { now: NOW });
    expect(tell(set)).toEqual(tell(fresh));
    expect(fresh.count('duplicate')).toBeGreaterThan(3);
    expect(fresh.count('shared_position')).toBeGreaterThan(5);
  });

  it('asks to be made anew where much has changed', async () => {
    const all = [...syntheticResources(300)];
    const index = DirectoryIndex.build(all, '0');
    const set = await ProblemSet.build(index, CHECKS, { now: NOW });
    expect(set.apply(index.apply({ upserts: all.slice(0, 90), removed: [] }, '1'))).toBe(false);
    expect(set.apply(DirectoryIndex.build(all, '2'))).toBe(false);
  });
});

// Search, kinds by words, and places by words: what people type, and what they must find.

import { describe, expect, it } from 'vitest';
import { Gazetteer, type GazetteerSource } from '#server/directory/gazetteer.ts';
import { createClassifier } from '../../shared/directory/classify.ts';
import { DirectoryIndex } from '../../shared/directory/index.ts';
import { collectNeedWords, DirectorySearch } from '../../shared/directory/search.ts';
import type { Place } from '../../shared/plugin-api/functions.ts';
import { resource } from './resources.ts';

const service = (id: string, name: string, more: Partial<Parameters<typeof resource>[0]> = {}) =>
  resource({ id, service: { id: `s-${id}`, name }, ...more });

const TOWN = [
  service('pantry', 'Riverside Food Pantry', {
    needs: ['food.groceries'],
    phone: '(555) 123-4567',
    address: '118 Tanner Street, Old Town',
  }),
  service('cafe', 'Café Crème', { organization: { id: 'o', name: 'Œuvre Saint-Étienne' } }),
  service('shelter', 'Night refuge', { needs: ['shelter'], hidden: true, cell: '872834701ffffff', phone: '1-800-555-0199' }),
  service('arabic', 'مركز الأسرة', { needs: ['family'] }),
  service('chinese', '社区食品中心'),
  service('other', 'Legal Aid Riverside Office'),
];
const NEEDS = collectNeedWords(
  [
    {
      terms: [
        { id: 'food.groceries', label: { en: 'Groceries', es: 'Despensa' } },
        { id: 'shelter', label: 'Shelter' },
      ],
    },
  ],
  [{ terms: { 'food.groceries': ['food box'] } }],
);
const build = (index: DirectoryIndex) => DirectorySearch.build(index, { needs: NEEDS, pause: async () => {} });
const ids = (search: DirectorySearch, text: string) => search.find(text, { limit: 10 }).map(({ row }) => search.index.id(row));

describe('search', () => {
  it.each([
    ['riverside food pantry', 'pantry'],
    ['riversid pant', 'pantry'],
    ['rivrside pantri', 'pantry'],
    ['legal river', 'other'],
    ['tanner', 'pantry'],
    ['despensa', 'pantry'],
    ['food box', 'pantry'],
    ['555-123-4567', 'pantry'],
    ['123 4567', 'pantry'],
    ['8005550199', 'shelter'],
    ['shelter', 'shelter'],
    ['CAFE CREME', 'cafe'],
    ['oeuvre etienne', 'cafe'],
    ['مركز الاسره', 'arabic'],
    ['食品', 'chinese'],
  ])('"%s" finds %s first', async (text, id) => {
    expect(ids(await build(DirectoryIndex.build(TOWN)), text)[0]).toBe(id);
  });

  it.each(['', '   ', '!!!', 'zzzzqqqq'])('"%s" finds nothing', async (text) => {
    expect(ids(await build(DirectoryIndex.build(TOWN)), text)).toEqual([]);
  });

  it('follows changes without being built anew', async () => {
    const index = DirectoryIndex.build(TOWN);
    const search = await build(index);
    const later = index.apply({ upserts: [service('new', 'Lighthouse Clinic')], removed: ['pantry'] });
    const followed = (await search.extend(later))!;
    expect(ids(followed, 'lighthouse')).toEqual(['new']);
    expect(ids(followed, 'riverside')).toEqual(['other']);
    expect(await search.extend(DirectoryIndex.build(TOWN))).toBeNull();
  });

  it('finds nothing by the address of a hidden place', async () => {
    const search = await build(DirectoryIndex.build([service('h', 'Refuge', { hidden: true, address: '77 Canary Lane' })]));
    expect(ids(search, 'canary')).toEqual([]);
    expect(ids(search, 'refuge')).toEqual(['h']);
  });
});

describe('kinds by words', () => {
  const classifier = createClassifier({
    resourceTypes: [
      {
        id: 'pantry',
        label: 'Food pantry',
        plural: 'Food pantries',
        needs: ['food.groceries'],
        words: { en: ['food bank', 'pantry'], es: ['despensa'] },
      },
      { id: 'clinic', label: 'Clinic', plural: 'Clinics', needs: ['health'], words: { en: ['dental', 'health center'] } },
    ],
    taxonomies: [
      {
        terms: [
          { id: 'food', label: 'Food' },
          { id: 'food.groceries', parent: 'food', label: 'Groceries' },
          { id: 'health', label: 'Health' },
          { id: 'health.dental', parent: 'health', label: 'Dentist' },
        ],
      },
    ],
    synonyms: [{ terms: { 'health.dental': ['teeth'] } }],
  });
  const given = { type: null, terms: [], needs: [], names: [] };
  it.each([
    ['stated', { ...given, type: 'clinic', names: ['A food pantry'] }, 'clinic', ['health']],
    ['stated in words', { ...given, type: 'Food Bank' }, 'pantry', ['food.groceries']],
    ['by a term', { ...given, terms: ['Teeth'], names: ['A food pantry'] }, 'clinic', ['health', 'health.dental']],
    ['by the name, plural', { ...given, names: ['St. Ann Pantries'] }, 'pantry', ['food.groceries']],
    ['the longest phrase wins', { ...given, names: ['Pantry of the Health Center'] }, 'clinic', ['health']],
    ['by the organization', { ...given, names: ['Tuesdays', 'County Food Bank'] }, 'pantry', ['food.groceries']],
    ['with needs of its own', { ...given, needs: ['dentist'], names: ['Despensa'] }, 'clinic', ['health', 'health.dental']],
    ['not at all', { ...given, names: ['Help'] }, null, []],
  ])('%s', (_, input, type, needs) => expect(classifier.classify(input)).toEqual({ type, needs }));
});

describe('places by words', async () => {
  const place = (kind: Place['kind'], label: string, lon: number, lat: number, detail = 'Old Town'): Place => ({
    id: `${kind}:${label}`,
    kind,
    label,
    detail,
    lon,
    lat,
  });
  const source: GazetteerSource = {
    places: [
      place('address', '118 Tanner Street', -93.1, 45),
      place('address', '140 Tanner Street', -93.101, 45),
      place('postal_code', '55101', -93.09, 44.95, 'Port Alder, MN'),
      place('place', 'Old Town', -93.1, 45, ''),
    ],
    streets: [
      {
        name: 'Tanner Street',
        near: 'Old Town',
        lines: [
          [
            [-93.11, 45],
            [-93.09, 45],
          ],
        ],
      },
      {
        name: 'Union Avenue',
        near: 'Old Town',
        lines: [
          [
            [-93.105, 44.99],
            [-93.105, 45.01],
          ],
        ],
      },
      {
        name: 'Far Road',
        near: 'Elsewhere',
        lines: [
          [
            [-93.2, 45.1],
            [-93.2, 45.2],
          ],
        ],
      },
    ],
  };
  const gazetteer = await Gazetteer.build(source, async () => {});
  it.each([
    ['118 tanner st', '118 Tanner Street'],
    ['118 Tanner Street', '118 Tanner Street'],
    ['116 tanner st', '118 Tanner Street'],
    ['150 Tanner Str', '140 Tanner Street'],
    ['taner street', 'Tanner Street'],
    ['tanner stre', 'Tanner Street'],
    ['Tanner St & Union Ave', 'Tanner Street & Union Avenue'],
    ['union ave and tanner', 'Union Avenue & Tanner Street'],
    ['55101', '55101'],
    ['old town', 'Old Town'],
  ])('"%s" is %s', (text, label) => expect(gazetteer.search(text, 5)[0]?.label).toBe(label));

  it('puts a crossing where the streets cross, and knows none where they do not', () => {
    const [crossing] = gazetteer.search('tanner & union', 1);
    expect([crossing?.lon, crossing?.lat].map((value) => value?.toFixed(4))).toEqual(['-93.1050', '45.0000']);
    expect(gazetteer.search('tanner & far road', 5).filter((one) => one.kind === 'intersection')).toEqual([]);
  });

  it('names what stands at a position', () => {
    expect(gazetteer.reverse({ lon: -93.1001, lat: 45.0001 })?.label).toBe('118 Tanner Street');
    expect(gazetteer.reverse({ lon: -93.095, lat: 45.0005 })).toMatchObject({ label: 'Tanner Street', lon: -93.095, lat: 45.0005 });
    expect(gazetteer.reverse({ lon: 0, lat: 0 })).toBeNull();
  });
});

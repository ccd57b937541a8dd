// Duplicate candidates: what is seeded in the demo town and what was labelled by hand in a real directory is found, and
// little else; pairs are found in any script; a change is told as the whole would tell it.

import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { DuplicateIndex, type DuplicateCandidate, type Listing } from '#shared/directory/duplicates.ts';
import { portAlderDirectory } from '../../plugins/demo-town/directory/demo.ts';
import { dataPath } from '../support/data.ts';

interface Measured {
  precision: number;
  recall: number;
}

const keyOf = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);

function indexOf(listings: readonly Listing[]): DuplicateIndex {
  const index = new DuplicateIndex();
  for (const listing of listings) index.add(listing);
  return index;
}

function measure(told: ReadonlySet<string>, right: ReadonlySet<string>): Measured {
  const hits = [...told].filter((pair) => right.has(pair)).length;
  return { precision: hits / told.size, recall: hits / right.size };
}

describe('duplicates of the demo town', () => {
  it('finds at least 90 of 100 that were seeded, and 95 of 100 of what it tells are such', async () => {
    const { records } = await portAlderDirectory();
    const { service = [], service_at_location: links = [], location = [], address = [], phone = [] } = records;
    const placeOf = (id: string) => location.find((one) => one.id === links.find((link) => link.service_id === id)?.location_id);
    const open = service.filter(({ id }) => !placeOf(id)?.extra?.['waypost:hidden']);
    const listings = open.map(({ id, name, organization_id: organization }): Listing => {
      const place = placeOf(id);
      const street = address.find((one) => one.location_id === place?.id);
      return {
        id,
        name: name ?? '',
        organization,
        phone: phone.find((one) => one.service_id === id)?.number,
        address: street && `${street.address_1}, ${street.city}`,
        lon: place?.longitude,
        lat: place?.latitude,
      };
    });
    // The second listing repeats the description and the place of the first.
    const right = new Set(
      open
        .filter(({ eligibility_description }) => eligibility_description === 'See flyer.')
        .map((copy) => {
          const original = open.find(
            (one) => one.id !== copy.id && one.description === copy.description && placeOf(one.id) === placeOf(copy.id),
          );
          return keyOf(copy.id, original!.id);
        }),
    );
    expect(right.size).toBe(8);
    const told = new Set((await indexOf(listings).findAll()).map(({ ids }) => keyOf(...ids)));
    const { precision, recall } = measure(told, right);
    console.info(`demo town: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} of ${right.size} seeded`);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });
});

const PITTSBURGH = dataPath('pittsburgh-food', 'test_id_duplicates.csv');

describe.skipIf(PITTSBURGH === null)('duplicates of a real directory', () => {
  it('agrees with 100 pairs labelled by hand', async () => {
    const { data } = Papa.parse<Record<string, string>>(readFileSync(PITTSBURGH!, 'utf8'), { header: true, skipEmptyLines: true });
    // Row 1 is the first after the header.
    const labels = JSON.parse(readFileSync(new URL('../fixtures/duplicates/pittsburgh-food.json', import.meta.url), 'utf8')) as Record<
      'same' | 'different',
      [number, number][]
    >;
    expect(labels.same.length + labels.different.length).toBe(100);
    const listings = data.map((row, i): Listing => {
      const [lon, lat] = [Number(row['longitude']), Number(row['latitude'])];
      return {
        id: String(i + 1),
        name: row['name'] ?? '',
        phone: row['phone'],
        address: `${row['address']}, ${row['city']}`,
        ...(lon && lat ? { lon, lat } : {}),
      };
    });
    const told = new Set((await indexOf(listings).findAll()).map(({ ids }) => keyOf(...ids)));
    const pairs = (list: [number, number][]) => list.map(([a, b]) => keyOf(String(a), String(b)));
    const labelled = new Set([...pairs(labels.same), ...pairs(labels.different)]);
    const { precision, recall } = measure(new Set([...told].filter((pair) => labelled.has(pair))), new Set(pairs(labels.same)));
    console.info(`pittsburgh-food: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; ${told.size} pairs of ${data.length}`);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });
});

describe('duplicate candidates', () => {
  const at = { lon: -122.27, lat: 37.8 };
  const near = { lon: -122.2703, lat: 37.8002 };
  const listing = (id: string, name: string, more: Partial<Listing> = {}): Listing => ({ id, name, ...more });
  const find = async (...listings: Listing[]): Promise<DuplicateCandidate[]> => indexOf(listings).findAll();

  it.each([
    ['capitals, short forms', 'Harbor Street Community Center', 'HARBOR ST. COMMUNITY CTR'],
    ['accents', 'Crèche de l’Étoile', 'Creche de l’Etoile'],
    ['a slip of the fingers', 'Lighthouse Larder Pantry', 'Lighthuose Larder Pantry'],
    ['single letters', 'L.A. Market on Larimer', 'LA Market Larimer'],
    ['Arabic letters that stand for each other', 'مركز المدينة الصحى', 'مركز المدينه الصحي'],
    ['Cyrillic', 'Столовая Надежда', 'СТОЛОВАЯ «Надежда»'],
    ['Hebrew', 'בית תמחוי אור', 'בית תמחוי "אור"'],
    ['Chinese', '华人社区服务中心', '华人社区　服务中心'],
  ])('knows one door under two spellings: %s', async (_, a, b) => {
    const [found] = await find(
      listing('a', a, { ...at, phone: '(555) 010-0142', address: '12 North Quay Street, Port Alder' }),
      listing('b', b, { ...near, phone: '+1 555 010 0142 ext. 3', address: '12 N Quay St., Port Alder' }),
      listing('c', 'Something else', { ...near, phone: '555 010 0177', address: '40 Mill Road, Port Alder' }),
    );
    expect(found?.ids).toEqual(['a', 'b']);
    expect(found?.score).toBeGreaterThan(0.9);
    expect(found?.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['name', 'phone', 'address', 'position']));
    expect(found?.reasons.find(({ code }) => code === 'name')?.values).toEqual([a, b]);
  });

  it.each<[string, Listing, Listing]>([
    ['two shops of a chain', listing('a', 'Corner Foods 12', { ...at }), listing('b', 'Corner Foods 31', { ...near })],
    [
      'two services of one house',
      listing('a', 'Food pantry', { ...at, phone: '555 010 0142', address: '12 Quay Street' }),
      listing('b', 'Legal clinic', { ...at, phone: '555 010 0142', address: '12 Quay Street' }),
    ],
    [
      'one name in two towns',
      listing('a', 'Saint Mary Pantry', { ...at, address: '3 Hill Road, Alder' }),
      listing('b', 'St. Mary Pantry', { lon: -121, lat: 38.5, address: '90 Lake Avenue, Birch' }),
    ],
    ['a name and nothing else', listing('a', 'Food pantry'), listing('b', 'Food pantry')],
    ['two places of one service', listing('a', 'Meals', { ...at, group: 's' }), listing('b', 'Meals', { ...near, group: 's' })],
  ])('leaves apart what is not the same: %s', async (_, a, b) => {
    expect(await find(a, b)).toEqual([]);
  });

  it('tells after a change what the whole would tell', async () => {
    const index = indexOf([
      listing('a', 'Quay Street Pantry', { ...at, address: '12 Quay Street' }),
      listing('b', 'Mill Road Clinic', { ...near, address: '40 Mill Road' }),
    ]);
    expect(await index.findAll()).toEqual([]);
    index.add(listing('b', 'Quay St Pantry', { ...at, address: '12 Quay St.' }));
    const told = index.findOf('b');
    expect(told.map(({ ids }) => ids)).toEqual([['a', 'b']]);
    expect(index.findOf('a')).toEqual(told);
    expect(await index.findAll()).toEqual(told);
    index.remove('a');
    expect(index.findOf('b')).toEqual([]);
    expect(index.size).toBe(1);
  });
});

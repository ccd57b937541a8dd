// The long walks of the coordinator: a real city from its files to its report, and files of people that are wrong.

import { describe, expect, test } from 'vitest';
import { cellAt } from '#shared/geo/cells.ts';
import { startWalk } from '../support/walk.ts';
import { CELLS, enterCity, EXTRACT, openCity, tellPortoAlegre } from './porto-alegre.ts';
import { command } from './scenes.ts';

test.skipIf(!EXTRACT || !CELLS)('Porto Alegre, from its files to a report', { timeout: 600_000 }, async () => {
  await using app = await openCity(EXTRACT!, CELLS!);
  await using visitor = await enterCity(app);
  const { page } = visitor;
  const told = await tellPortoAlegre(page, CELLS!, () => Promise.resolve());
  expect(told.today).toBeGreaterThan(told.planned);
  expect(told.estimate, 'worked out on streets').toBe(false);
  const [head, ...rows] = told.files.csv.toString('utf8').replace('\ufeff', '').split('\r\n');
  expect(head).toMatch(/^cell,area,people,/);
  expect(rows).toHaveLength(1227);
  const { about, features } = JSON.parse(told.files.geojson.toString('utf8')) as {
    about: object;
    features: { properties: { kind: string } }[];
  };
  expect(Object.keys(about).length).toBeGreaterThan(4);
  expect(features.filter(({ properties }) => properties.kind === 'planned')).toHaveLength(2);
  expect(told.files.png.subarray(1, 4).toString()).toBe('PNG');
  expect(told.pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(visitor.foreign).toEqual([]);
  expect(visitor.errors).toEqual([]);
});

describe('files of people', () => {
  const walk = startWalk({ map: false });
  const at = (i: number) => cellAt({ lon: -128.02 + i * 0.004, lat: 44.01 }, 9);
  const square = (west: number) => [
    [
      [west, 44],
      [west + 0.02, 44],
      [west + 0.02, 44.02],
      [west, 44.02],
      [west, 44],
    ],
  ];
  const outlines = (coordinates: unknown) =>
    JSON.stringify({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties: { code: 'A1', name: 'Shore' }, geometry: { type: 'Polygon', coordinates } }],
    });

  test('of three kinds become a population whose groups go by words', { timeout: 240_000 }, async () => {
    await using visitor = await walk.visitAs('coordinator');
    const { page } = visitor;
    await command(page, 'gaps.open');
    const dialog = page.getByRole('dialog');
    const kinds = [
      { name: 'H3', files: { 'cells.csv': `h3,people,pop_65plus\n${at(0)},300,40\n${at(1)},200,10\n` } },
      { name: 'Codes', files: { 'areas.csv': 'code,people,pop_65plus\nA1,500,50\n', 'areas.geojson': outlines(square(-128.02)) } },
      {
        name: 'Outlines',
        files: { 'people.geojson': outlines(square(-128.02)).replace('"code":"A1"', '"code":"A1","people":500,"pop_65plus":50') },
      },
    ];
    for (const { name, files } of kinds) {
      await page.locator('.gaps .card').waitFor();
      // The way to it stands below an answer.
      if ((await page.locator('.gaps .sentence').count()) === 0) await page.getByRole('button', { name: 'Food', exact: true }).click();
      await page.getByRole('button', { name: 'Add a population' }).click();
      await dialog.locator('input[type="file"]').setInputFiles(toFiles(files));
      await dialog.getByRole('checkbox', { name: 'pop_65plus' }).check();
      await dialog.getByLabel('What “pop_65plus” is called').fill('65 and older');
      await dialog.getByLabel('Name here').fill(name);
      await dialog.getByLabel('Published by').fill('Town hall');
      await dialog.getByLabel('Of when').fill('2026');
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await dialog.waitFor({ state: 'detached', timeout: 30_000 });
      await page.getByText('of 500 people').first().waitFor();
      await page.getByLabel('People', { exact: true }).getByText('65 and older').waitFor({ state: 'attached' });
    }
    expect(visitor.errors).toEqual([]);
  });

  test.each<[what: string, files: Record<string, string | Buffer>, said: string]>([
    [
      'a cell without a figure',
      { 'p.csv': `h3,people\n${at(0)},\n` },
      'p.csv, row 1, column people: An empty cell is no number. Write 0 where nobody lives.',
    ],
    ['people without a place', { 'p.csv': `h3,people\n${at(0)},5\nsomewhere,7\n` }, 'p.csv, row 2, column h3: "somewhere" is no H3 cell'],
    ['codes without their boundaries', { 'p.csv': 'code,people\n17,5\n' }, 'Codes of areas need a file of their boundaries (GeoJSON)'],
    ['a code that the boundaries lack', { 'p.csv': 'code,people\nB9,5\n', 'b.geojson': outlines(square(-128.02)) }, 'B9'],
    ['numbers with commas', { 'p.csv': `h3,people\n${at(0)},"1,234"\n` }, 'without separators of thousands'],
    [
      'metres for degrees',
      {
        'p.geojson': outlines([
          [
            [5e5, 4e6],
            [5e5, 5e6],
            [6e5, 5e6],
            [5e5, 4e6],
          ],
        ]),
      },
      'Export the boundaries in WGS 84 (EPSG:4326)',
    ],
    [
      'text of another encoding',
      { 'p.csv': Buffer.from(`\ufeffh3,people\n${at(0)},5\n`, 'utf16le') },
      'p.csv is not UTF-8 text. Save it as CSV in UTF-8.',
    ],
    ['a header alone', { 'p.csv': 'h3,people\n' }, 'p.csv has a header and no rows.'],
    ['a spreadsheet', { 'p.xlsx': 'PK' }, 'Export it as CSV'],
  ])('%s is said with what to do', { timeout: 60_000 }, async (_, files, said) => {
    await using visitor = await walk.visitAs('coordinator');
    const { page } = visitor;
    await command(page, 'gaps.open');
    await page.getByRole('button', { name: 'Food', exact: true }).click();
    await page.getByRole('button', { name: 'Add a population' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type="file"]').setInputFiles(toFiles(files));
    const alert = dialog.getByRole('alert');
    await alert.or(dialog.getByLabel('Name here')).first().waitFor();
    if (!(await alert.isVisible())) {
      await dialog.getByLabel('Name here').fill('Wrong');
      await dialog
        .getByLabel('Column of the people')
        .selectOption('people')
        .catch(() => undefined);
      await dialog.getByLabel('Published by').fill('Town hall');
      await dialog.getByLabel('Of when').fill('2026');
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    }
    await alert.waitFor();
    expect(await alert.innerText()).toContain(said);
    expect(await walk.app.deps.db.selectFrom('gap_population').select('id').where('name', '=', 'Wrong').execute()).toEqual([]);
  });
});

function toFiles(files: Record<string, string | Buffer>) {
  return Object.entries(files).map(([name, content]) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) }));
}

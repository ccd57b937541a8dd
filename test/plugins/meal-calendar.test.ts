// The printed calendar of free meals, in process and in the cage: what stands on which day, what does not, and nothing that a
// text of the directory could do to the page.

import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ExporterFunction, ExportRecord, ExportSource } from '#shared/plugin-api/functions.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { createCagedFunction } from '#server/plugins/caged-functions.ts';
import { packFolder } from '#server/plugins/pack.ts';
import { listModules } from '#server/plugins/package-file.ts';
import plugin from '../../plugins/meal-calendar/main.ts';
import { NOTHING, testCage } from './caged.ts';

const RECORDS: { [O in HsdsObject]?: Record<string, unknown>[] } = {
  service: [
    { id: 's1', name: 'Tuesday <b>table</b>', status: 'active', extra: { 'waypost:type': 'meal' } },
    { id: 's2', name: 'Breakfast', status: 'active', extra: { 'waypost:type': 'shelter', 'waypost:need': ['food.hot_meals'] } },
    { id: 's3', name: 'Paid lunch', status: 'active', extra: { 'waypost:type': 'meal' } },
    { id: 's4', name: 'Closed kitchen', status: 'defunct', extra: { 'waypost:type': 'meal' } },
    { id: 's5', name: 'Pantry', status: 'active', extra: { 'waypost:type': 'pantry' } },
    { id: 's6', name: 'First Sunday supper', status: 'active', extra: { 'waypost:type': 'meal' } },
    { id: 's7', name: 'Quiet kitchen', status: 'active', extra: { 'waypost:type': 'meal' } },
    { id: 's8', name: 'Long table', status: 'active', assured_date: '2026-11-18', extra: { 'waypost:type': 'meal' } },
    { id: 's9', name: 'Noon soup', status: 'active', assured_date: '2026-10-01', extra: { 'waypost:type': 'meal' } },
  ],
  service_at_location: [
    { id: 'l1', service_id: 's1', location_id: 'p1' },
    { id: 'l2', service_id: 's2', location_id: 'p2' },
  ],
  address: [{ id: 'a1', location_id: 'p1', address_1: '12 Quay Street', city: 'Port Alder' }],
  phone: [{ id: 't1', service_id: 's1', number: '555-0100' }],
  cost_option: [{ id: 'c1', service_id: 's3', amount: 3 }],
  schedule: [
    { id: 'h1', service_id: 's1', freq: 'WEEKLY', byday: 'TU', opens_at: '17:30:00-08:00', closes_at: '19:00:00-08:00' },
    { id: 'h2', service_at_location_id: 'l2', freq: 'WEEKLY', byday: 'MO,TU', opens_at: '07:00', closes_at: '08:00' },
    { id: 'h3', service_id: 's3', freq: 'WEEKLY', byday: 'MO', opens_at: '12:00' },
    { id: 'h8', service_id: 's8', freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR', opens_at: '18:30', closes_at: '20:00' },
    { id: 'h9', service_id: 's8', freq: 'WEEKLY', byday: 'SA,SU', opens_at: '18:30', closes_at: '20:00' },
    { id: 'h10', service_id: 's9', freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR,SA', opens_at: '12:00', closes_at: '13:00' },
    { id: 'h6', service_id: 's6', freq: 'MONTHLY', byday: '1SU', opens_at: '18:00', description: 'First Sunday of the month' },
  ],
};
const recordsOf = (object: HsdsObject) => (RECORDS[object] ?? []) as unknown as ExportRecord[];
const source = {
  async *records(object: HsdsObject) {
    yield recordsOf(object);
  },
  where: async (object: HsdsObject, field: string, values: readonly string[]) =>
    recordsOf(object).filter((record) => values.includes(String((record as unknown as Record<string, unknown>)[field]))),
} as unknown as ExportSource;

const cage = testCage();
afterAll(() => cage.dispose());
const packed = await packFolder(join(import.meta.dirname, '../../plugins/meal-calendar'));
if (!packed.ok) throw new Error(packed.issues[0]?.message);
const { files, hash } = packed.value;
const code = { name: 'waypost-meal-calendar', version: '1.0.0', hash, main: 'main.js', modules: listModules(files) };

async function write(run: ExporterFunction): Promise<Record<string, string>> {
  const written: Record<string, string> = {};
  for await (const { path, chunks } of run(source)) {
    written[path] = '';
    for await (const chunk of chunks) written[path] += chunk;
  }
  return written;
}

describe.each([
  ['in process', plugin.exporters!['mealCalendar']!],
  ['in the cage', createCagedFunction({ ...NOTHING, cage, code }, 'exporters', 'mealCalendar')],
])('the calendar of free meals, %s', (_, run) => {
  it('tells each day in order, what is not every week apart, in four languages', async () => {
    const written = await write(run);
    expect(Object.keys(written)).toEqual(['meals-en.html', 'meals-es.html', 'meals-fr.html', 'meals-ar.html']);
    const page = written['meals-en.html']!;
    const partOf = (day: string) => page.split('<section').find((part) => part.includes(`<h2>${day}</h2>`)) ?? '';
    expect(partOf('Monday')).toContain('7 am–8 am');
    const tuesday = partOf('Tuesday');
    expect(tuesday.indexOf('Breakfast')).toBeLessThan(tuesday.indexOf('5:30 pm–7 pm'));
    expect(tuesday).toContain('12 Quay Street, Port Alder');
    expect(tuesday).toContain('555-0100');
    const always = page.indexOf('<h2>Every day</h2>');
    expect(always).toBeLessThan(page.indexOf('<h2>Monday</h2>'));
    // Told once, in whatever rows its days were written.
    expect(page.split('Long table')).toHaveLength(2);
    expect(partOf('Every day')).toContain('6:30 pm–8 pm');
    // Of six days the five stand together.
    expect(partOf('Monday to Friday, also')).toContain('Noon soup');
    expect(partOf('Saturday')).toContain('Noon soup');
    expect(partOf('Sunday')).not.toContain('Noon soup');
    expect(partOf('Wednesday')).toContain('Only the meals above');
    expect(page).toContain('Last checked <bdi>2026-11-18</bdi>');
    const other = partOf('Not every week, or hours not known');
    expect(other).toContain('First Sunday of the month');
    expect(other).toContain('Quiet kitchen');
    for (const left of ['Paid lunch', 'Closed kitchen', 'Pantry']) expect(page).not.toContain(left);
    expect(written['meals-ar.html']).toContain('dir="rtl"');
    expect(written['meals-es.html']).toContain('Martes');
  });

  it('writes no markup of a listing', async () => {
    const page = (await write(run))['meals-en.html']!;
    expect(page).toContain('Tuesday &lt;b&gt;table&lt;/b&gt;');
    expect(page).not.toContain('<b>table');
  });
});

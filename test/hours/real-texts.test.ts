// Every text of hours in real directories: what share is read, and that tables of days are read just as a second, much
// plainer reader reads them.

import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readHours } from '#shared/directory/hours-text.ts';
import { dataPath } from '../support/data.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const PANTRIES = dataPath('food-pantries-us', 'raw_records.ndjson');
const LEGAL_AID = ['locations.csv', 'services.csv'].map((file) => dataPath('legal-aid-illinois', file));

function listPantryTexts(): string[] {
  const rows = readFileSync(PANTRIES!, 'utf8').trim().split('\n');
  return rows.flatMap((row) => {
    const { hours, Hours_of_Operation: more } = JSON.parse(row) as Record<string, unknown>;
    return [hours, more].filter((text) => typeof text === 'string' && text.trim() !== '') as string[];
  });
}

function listLegalAidTexts(): string[] {
  return LEGAL_AID.flatMap((path) => {
    const { data } = Papa.parse<Record<string, string>>(readFileSync(path!, 'utf8'), { header: true, skipEmptyLines: true });
    return data.map((row) => row['Hours of operation']?.trim() ?? '').filter((text) => text !== '');
  });
}

/** Only "Monday: 9:00-12:00, 1:00 PM - 5:00 PM Tuesday: Closed …", taken literally; undefined for any other text. */
function readPlainly(text: string): string[] | undefined {
  const plain = text.replaceAll('</time>', ', ').replaceAll(/<[^>]+>/g, ' ');
  const time = String.raw`\d+:\d+(?::\d+)?\s*(?:[ap]m)?`;
  const day = /(mon|tues|wednes|thurs|fri|satur|sun)day:?\s*/i;
  const parts = plain.split(day).slice(1);
  const ranges: string[] = [];
  if (!day.test(plain) || plain.trim().search(day) !== 0) return undefined;
  for (let i = 0; i < parts.length; i += 2) {
    const [name, hours] = [parts[i]!, parts[i + 1]!];
    if (!new RegExp(String.raw`^(?:closed|${time}\s*-\s*${time}(?:[,;\s]+${time}\s*-\s*${time})*)[,;\s]*$`, 'i').test(hours))
      return undefined;
    for (const [, from, to] of hours.matchAll(new RegExp(`(${time})\\s*-\\s*(${time})`, 'gi'))) {
      ranges.push(`${name.slice(0, 2).toUpperCase()} ${toClock(from!)}-${toClock(to!)}`);
    }
  }
  return [...new Set(ranges)].sort();
}

function toClock(text: string): string {
  const [, hours, minutes, half] = /^(\d+):(\d+)(?::\d+)?\s*([ap])?/i.exec(text)!;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return `${String(hour % 24).padStart(2, '0')}:${minutes}`;
}

function isOnTwelveHours(ranges: readonly string[]): boolean {
  return ranges.length > 0 && ranges.every((range) => range.slice(3, 8) > range.slice(9));
}

describe.each([
  { name: 'food pantries', path: PANTRIES, list: listPantryTexts, share: 0.77 },
  { name: 'legal aid in Illinois', path: LEGAL_AID[0] && LEGAL_AID[1], list: listLegalAidTexts, share: 0.93 },
])('hours of $name', ({ name, path, list, share }) => {
  it.skipIf(!path)('are read, or left as text', () => {
    const texts = list();
    const read = texts.filter((text) => (readHours(text)?.length ?? 0) > 0);
    console.info(`hours of ${name}: ${read.length} of ${texts.length} texts read`);
    expect(read.length / texts.length).toBeGreaterThan(share);
  });

  it.skipIf(!path)('are never read otherwise than they stand there', () => {
    let compared = 0;
    for (const text of new Set(list())) {
      const plain = readPlainly(text);
      const lines = readHours(text);
      if (!plain || !lines || lines.length === 0) continue;
      compared++;
      // "9:00-5:00" all week long is on twelve hours, which the plain reader does not know.
      if (isOnTwelveHours(plain)) continue;
      const ranges = lines.flatMap(({ byday, opens, closes }) => byday.split(',').map((day) => `${day} ${opens}-${closes}`));
      expect(ranges.every((range) => DAYS.includes(range.slice(0, 2)))).toBe(true);
      expect([...new Set(ranges)].sort(), text).toEqual(plain);
    }
    expect(compared).toBeGreaterThan(150);
  });
});

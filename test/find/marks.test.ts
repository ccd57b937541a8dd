// Marks of plugins on the pins of an answer: which one a service gets, and what the map is asked to draw.

import { expect, it } from 'vitest';
import { findMark, toMarks } from '#client/find/marks.ts';
import { toPinFeature } from '#client/map/pin-features.ts';
import { parsePinImage, pinImage } from '#client/map/pin-spec.ts';
import type { ContributionOf } from '#shared/plugin-api/index.ts';
import type { ResultRow } from '#client/find/result.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
type Style = ContributionOf<'markerStyles'>;
const style = (id: string, when: string, more: Partial<Style> = {}): { plugin: string; value: Style } => ({
  plugin: 'marks',
  value: { id, label: { en: id, es: `${id} es` }, when, badge: 'bed', tone: 'good', fade: false, order: 0, ...more },
});

function row(resource: object, open = 'open'): ResultRow {
  const plain = { type: 'shelter', verified: '2026-11-01', capacity: null, languages: ['en', 'es'], fields: [], service: { name: 'Hall' } };
  return { id: 'a', match: { open: { state: open } }, resource: { ...plain, ...resource } } as unknown as ResultRow;
}
const markOf = (styles: Parameters<typeof toMarks>[0], of: ResultRow) => findMark(toMarks(styles, 'en'), of, NOW)?.id ?? null;

it.each<[string, string, ResultRow, boolean]>([
  ['its kind', "type == 'shelter'", row({}), true],
  ['another kind', "type == 'pantry'", row({}), false],
  ['a free place', 'placesFree > 0', row({ capacity: { available: 2 } }), true],
  ['no free place', 'placesFree > 0', row({ capacity: { available: 0 } }), false],
  ['places that nobody told', 'placesFree == 0', row({}), false],
  ['an old check', 'checkedDays > 365', row({ verified: '2025-01-01' }), true],
  ['a day 365 days ago', 'checkedDays > 365', row({ verified: '2025-11-23' }), false],
  ['never checked', 'checkedDays > 365', row({ verified: null }), false],
  ['a language', 'languages =~ /\\bes\\b/', row({}), true],
  ['open', "open == 'open'", row({}, 'closed'), false],
  ['a public field of yes', 'field.pets', row({ fields: ['pets=true'] }), true],
  ['a public field of no', 'field.pets', row({ fields: ['pets=false'] }), false],
  ['a public field in words', "field.policy == 'women'", row({ fields: ['policy=women'] }), true],
  ['a field that is not stated', '!field.pets', row({}), true],
  ['what an object brings along', 'field.constructor', row({}), false],
])('%s', (_what, when, of, fits) => {
  expect(markOf([style('x', when)], of)).toBe(fits ? 'marks/x' : null);
});

it('the first mark that fits holds, by what is public of the service', () => {
  const styles = [style('late', 'checkedDays >= 0', { order: 5 }), style('early', "type == 'shelter'", { order: 1 })];
  expect(markOf(styles, row({}))).toBe('marks/early');
  expect(markOf(styles, row({ type: 'pantry' }))).toBe('marks/late');
  expect(toMarks(styles, 'es').map(({ label }) => label)).toEqual(['early es', 'late es']);
  expect(markOf([], row({}))).toBeNull();
});

it('is part of the name of the drawing, and of what is drawn anew when it changes', () => {
  const pin = { id: 'a', lon: 1, lat: 2, type: 'shelter', verdict: 'eligible', label: 'Hall' } as const;
  const marked = toPinFeature({ ...pin, mark: { icon: 'bed', tone: 'good', fade: true } }).properties;
  expect([marked.mark, marked.opacity]).toEqual(['+good:bed', 0.5]);
  expect([toPinFeature(pin).properties.mark, toPinFeature(pin).properties.opacity]).toEqual(['', 1]);
  const spec = { palette: '1', type: 'shelter', fill: 'solid', selected: true, mark: { icon: 'clock-alert', tone: 'attention' } } as const;
  expect(pinImage(spec)).toBe('pin|1|solid|selected+attention:clock-alert|shelter');
  expect(parsePinImage(pinImage(spec))).toEqual(spec);
  expect(parsePinImage('pin|1|solid|plain+purple:bed|shelter')).toEqual({ palette: '1', type: 'shelter', fill: 'solid', selected: false });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NAMED_PINS, pinDelta, splitPins, toPinFeature } from '#client/map/pin-features.ts';
import { fillOf, parsePinImage, PIN, pinBox, pinImage, type PinFill } from '#client/map/pin-spec.ts';
import type { PinInput } from '#client/map/types.ts';
import { VERDICTS } from '#shared/eligibility/rule.ts';

function pinOf(id: string, change: Partial<PinInput> = {}): PinInput {
  return { id, lon: Number(id.replace(/\D/g, '')) / 100, lat: 1, type: 'pantry', verdict: 'eligible', label: id, ...change };
}
const NOTHING: string[] = [];

test.each([
  ['eligible', 'solid'],
  ['likely', 'solid'],
  ['unknown', 'outline'],
  ['not_stated', 'dashed'],
  ['ineligible', 'dot'],
] as const)('%s is drawn %s', (verdict, fill) => {
  expect(fillOf(verdict)).toBe(fill);
});

test('a pin’s picture name reads back, whatever the type is called', () => {
  fc.assert(
    fc.property(fc.constantFrom<PinFill>('solid', 'outline', 'dashed', 'dot'), fc.boolean(), fc.string(), (fill, selected, type) => {
      const spec = { palette: '3', fill, selected, type };
      expect(parsePinImage(pinImage(spec))).toEqual(spec);
    }),
  );
  expect(parsePinImage('ring|1|0|1.2.3.4.5')).toBeNull();
  expect(parsePinImage('pin|1|stripes|plain|pantry')).toBeNull();
});

test('a selected pin’s head is 1.4 times as large, and its tip stands one padding above the lower edge', () => {
  const plain = pinBox({ fill: 'solid', selected: false });
  const selected = pinBox({ fill: 'solid', selected: true });
  expect((selected.width - 2 * PIN.pad) / (plain.width - 2 * PIN.pad)).toBeCloseTo(1.4);
  for (const box of [plain, selected]) expect(box.height - box.tipY).toBeCloseTo(PIN.pad);
  expect(pinBox({ fill: 'dot', selected: false })).toMatchObject({ headY: PIN.dot / 2 + PIN.pad });
});

describe('pins that stand alone', () => {
  const ids = (features: readonly { id: string }[]) => features.map((feature) => feature.id);

  test('are the first of the list, the shortlisted and the marked', () => {
    const pins = Array.from({ length: 20 }, (_, i) => pinOf(`r${i}`, { rank: i, shortlisted: i === 15 }));
    const { best, rest } = splitPins(pins, ['r17']);
    expect(ids(best)).toEqual([...Array.from({ length: NAMED_PINS }, (_, i) => `r${i}`), 'r15', 'r17']);
    expect(best.find((feature) => feature.id === 'r17')?.properties.selected).toBe(true);
    expect(rest).toHaveLength(20 - best.length);
  });

  test('are never those that cannot be used, unless chosen', () => {
    const pins = [pinOf('r0', { rank: 0, verdict: 'ineligible' }), pinOf('r1', { rank: 1, verdict: 'ineligible' })];
    expect(ids(splitPins(pins, ['r1']).best)).toEqual(['r1']);
  });

  test('are at most one of a spot, and none there for its place in the list alone', () => {
    const spot = { lon: 5, lat: 5 };
    expect(splitPins([pinOf('r0', { ...spot, rank: 0 }), pinOf('r1', { ...spot, rank: 1 })], NOTHING).best).toEqual([]);
    const pins = [
      pinOf('r0', { ...spot, rank: 0 }),
      pinOf('r1', { ...spot, rank: 1 }),
      pinOf('r2', { ...spot, rank: 2, shortlisted: true }),
    ];
    const { best, rest } = splitPins(pins, NOTHING);
    expect(ids(best)).toEqual(['r2']);
    expect(ids(rest)).toEqual(['r0', 'r1']);
  });

  test('no pin is lost or doubled but those without a position', () => {
    const pin = fc.record({
      id: fc.uuid(),
      lon: fc.double({ min: -180, max: 180 }),
      lat: fc.double({ min: -85, max: 85 }),
      verdict: fc.constantFrom(...VERDICTS),
      rank: fc.nat(30),
      shortlisted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(pin, { selector: ({ id }) => id }), (pins) => {
        const inputs = pins.map((some) => ({ ...some, type: null, label: '' }));
        const { best, rest } = splitPins(inputs, NOTHING);
        const expected = inputs.filter(({ lon, lat }) => Number.isFinite(lon) && Number.isFinite(lat)).map(({ id }) => id);
        expect(ids([...best, ...rest]).toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});

describe('what changed between two answers', () => {
  const features = Array.from({ length: 100 }, (_, i) => toPinFeature(pinOf(`r${i}`, { rank: i })));
  const before = new Map(features.map((feature) => [feature.id, feature]));

  test('nothing', () => {
    expect(pinDelta(before, features)).toEqual({ add: [], remove: [] });
  });

  test('a verdict and a pin that is gone', () => {
    const changed = toPinFeature(pinOf('r3', { rank: 3, verdict: 'unknown' }));
    const after = [...features.filter((feature) => feature.id !== 'r3' && feature.id !== 'r9'), changed];
    expect(pinDelta(before, after)).toEqual({ add: [changed], remove: ['r9'] });
  });

  test('so much that a fresh set is cheaper', () => {
    expect(
      pinDelta(
        before,
        features.map((feature) => toPinFeature(pinOf(feature.id, { verdict: 'likely' }))),
      ),
    ).toBeNull();
    expect(pinDelta(new Map(), features)).toBeNull();
  });
});

// The colours of a map of gaps, as they lie over the ground, for those who see all colours and those who do not: five classes
// in one order of lightness, no two alike, and shorter told from longer.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classesOf } from '#client/gaps/classes.ts';
import { DIFFERENCE_CLASSES } from '#client/gaps/compare.ts';
import type { CellFill } from '#client/map/types.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** Linear light of dichromats, after Viénot, Brettel and Mollon 1999 (red, green) and Brettel 1997, simplified (blue). */
const EYES: Record<string, readonly Colour[]> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red (protanopia)': [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  'no green (deuteranopia)': [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
  'no blue (tritanopia)': [
    [1, 0.1461, -0.1461],
    [0, 0.8592, 0.1408],
    [0, 0.8592, 0.1408],
  ],
  'no colour at all': [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
};

const CSS = readFileSync(new URL('../../client/ui/tokens.css', import.meta.url), 'utf8');

/** What a theme does not say is as in the light one. */
function tokensOf(theme: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of ['light', theme]) {
    const block = new RegExp(`\\[data-theme='${name}'\\] \\{([^}]*)\\}`).exec(CSS)?.[1] ?? '';
    for (const [, token, value] of block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/gi)) found.set(token!, value!);
  }
  return found;
}

const toLinear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const channels = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);

/** CIE L*, a*, b* of a class over the ground, as these eyes have it. */
function seen({ colour, opacity }: CellFill, tokens: ReadonlyMap<string, string>, eyes: readonly Colour[]): Colour {
  const [over, under] = [channels(tokens.get(colour)!), channels(tokens.get('--map-land')!)];
  const light = over.map((channel, i) => toLinear(opacity * channel + (1 - opacity) * under[i]!));
  const [r, g, b] = eyes.map((row) =>
    Math.max(
      0,
      row.reduce((sum, weight, i) => sum + weight * light[i]!, 0),
    ),
  ) as [number, number, number];
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [
    f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505),
    f(0.2126 * r + 0.7152 * g + 0.0722 * b),
    f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089),
  ];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const apart = (a: Colour, b: Colour) => Math.hypot(...a.map((part, i) => part - b[i]!));

describe.each(['light', 'dark', 'hc-light', 'hc-dark'])('in the theme %s', (theme) => {
  const tokens = tokensOf(theme);

  it.each(Object.entries(EYES))('classes are told apart with %s', (_, eyes) => {
    const classes = classesOf({ measure: 'nearest', minutes: 15 }, new Float64Array(), new Float64Array());
    const colours = classes.map(({ fill }) => seen(fill, tokens, eyes));
    const steps = colours.slice(1).map(([lightness], i) => lightness - colours[i]![0]);
    // Stronger is darker on light ground and lighter on dark ground, all the way.
    expect(new Set(steps.map(Math.sign)).size).toBe(1);
    for (const [i, colour] of colours.slice(1).entries()) expect(apart(colour, colours[i]!), `class ${i + 2}`).toBeGreaterThan(5);
    expect(Math.abs(colours.at(-1)![0] - colours[0]![0])).toBeGreaterThan(30);
  });

  it.each(Object.entries(EYES).filter(([eyes]) => eyes !== 'no colour at all'))('shorter is told from longer with %s', (_, eyes) => {
    const colours = DIFFERENCE_CLASSES.map(({ fill }) => seen(fill, tokens, eyes));
    expect(apart(colours[0]!, colours[4]!)).toBeGreaterThan(10);
    for (const far of [0, 4]) expect(apart(colours[far]!, colours[2]!)).toBeGreaterThan(15);
  });
});

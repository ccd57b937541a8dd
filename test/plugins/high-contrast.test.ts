// The theme of yellow on black: every text of it can be read on every ground that it may stand on.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contributed } from '../support/contributed.ts';

const theme = contributed('themes').find(({ id }) => id === 'yellow-on-black')!;
const css = readFileSync(join(import.meta.dirname, '../../client/ui/tokens.css'), 'utf8');
const baseBlock = /\[data-theme=['"]hc-dark['"]\][^{]*\{([^}]*)\}/.exec(css)?.[1] ?? '';
const base = Object.fromEntries(
  [...baseBlock.matchAll(/(--[a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b/gi)].map(([, name, value]) => [name!, value!]),
);
const token = (name: string): string => theme.tokens[name] ?? base[name] ?? '';

/** Relative luminance of WCAG 2. */
function luminance(colour: string): number {
  const hex = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [r, g, b] = [0, 2, 4].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const grounds = Object.keys(base).filter((name) => name.startsWith('--bg'));

it('changes only tokens that there are', () => {
  expect(grounds.length).toBeGreaterThan(2);
  expect(Object.keys(theme.tokens).filter((name) => !(name in base))).toEqual([]);
});

describe.each(['--fg', '--fg-2', '--fg-3', '--accent-text'])('%s', (name) => {
  it.each(grounds)('on %s has a contrast of 7 or more', (ground) => {
    expect(contrast(token(name), token(ground))).toBeGreaterThanOrEqual(7);
  });
});

it.each([
  ['--accent-fg', '--accent'],
  ['--accent-fg', '--accent-hover'],
  ['--accent-text', '--accent-soft'],
])('%s on %s has a contrast of 7 or more', (ink, ground) => {
  expect(contrast(token(ink), token(ground))).toBeGreaterThanOrEqual(7);
});

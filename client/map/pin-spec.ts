// What a pin looks like, as data: from a verdict and a type to a drawing's name and measures, before any canvas.

import { localize } from '#shared/platform/localized.ts';
import type { ResourceType } from '#shared/plugin-api/points.ts';
import type { Verdict } from '#shared/eligibility/rule.ts';
import type { PinMark } from './types.ts';
import type { Shape } from '../ui/shapes.ts';

/** solid: can use or probably; outline: ask first; dashed: no rule stated; dot: cannot use now. */
export type PinFill = 'solid' | 'outline' | 'dashed' | 'dot';

export interface PinLook {
  shape: Shape;
  /** Glyph name or path data. */
  icon: string;
  /** Colour token, or a colour. */
  colour: string;
}

/** A resource whose type nobody knows. */
export const PLAIN_LOOK: PinLook = { shape: 'circle', icon: 'map-pin', colour: '--v-none-solid' };

export interface PinSpec {
  palette: string;
  type: string;
  fill: PinFill;
  selected: boolean;
  /** What is drawn at its head; absent: nothing. */
  mark?: { icon: string; tone: PinMark['tone'] };
}

/** Px at normal size. The head is the badge's 30 grid scaled down; the tip of the tail stands on the place. */
export const PIN = { head: 28, ring: 2, tail: 5.5, dot: 10, selectedScale: 1.4, pad: 5 } as const;

const FILLS: Readonly<Record<Verdict, PinFill>> = {
  eligible: 'solid',
  likely: 'solid',
  unknown: 'outline',
  not_stated: 'dashed',
  ineligible: 'dot',
};

export function fillOf(verdict: Verdict): PinFill {
  return FILLS[verdict];
}

/** The id under which the map asks for a pin's drawing; `parsePinImage` reads it back. */
export function pinImage(spec: PinSpec): string {
  return ['pin', spec.palette, spec.fill, `${spec.selected ? 'selected' : 'plain'}${markName(spec.mark)}`, spec.type].join('|');
}

export function parsePinImage(id: string): PinSpec | null {
  const [kind, palette, fill, state = '', ...type] = id.split('|');
  const [selected, tone, icon] = state.split(/[+:]/);
  if (kind !== 'pin' || palette === undefined || !['solid', 'outline', 'dashed', 'dot'].includes(fill ?? '')) return null;
  return {
    palette,
    fill: fill as PinFill,
    selected: selected === 'selected',
    type: type.join('|'),
    ...(isTone(tone) && icon !== undefined && { mark: { icon, tone } }),
  };
}

/** The part of a drawing's name that says its mark. */
export function markName(mark: PinSpec['mark'] | PinMark | undefined): string {
  return mark?.icon ? `+${mark.tone}:${mark.icon}` : '';
}

function isTone(text: string | undefined): text is PinMark['tone'] {
  return text === 'note' || text === 'good' || text === 'attention';
}

/** Size of the drawing in px, and how far below the head's middle its tip stands. */
export function pinBox(spec: Pick<PinSpec, 'fill' | 'selected'>): {
  width: number;
  height: number;
  scale: number;
  headY: number;
  tipY: number;
} {
  const scale = spec.selected ? PIN.selectedScale : 1;
  if (spec.fill === 'dot' && !spec.selected) {
    const side = PIN.dot + 2 * PIN.pad;
    return { width: side, height: side, scale, headY: side / 2, tipY: side / 2 };
  }
  const head = PIN.head * scale;
  const width = head + 2 * PIN.pad;
  const headY = PIN.pad + head / 2;
  const tipY = headY + head / 2 + PIN.tail * scale;
  return { width, height: tipY + PIN.pad, scale, headY, tipY };
}

/** Looks by type id. */
export type PinLooks = ReadonlyMap<string, PinLook & { label: string }>;

export const NO_LOOKS: PinLooks = new Map();

export function toPinLooks(types: readonly ResourceType[], language: string): PinLooks {
  return new Map(types.map(({ id, shape, icon, colour, label }) => [id, { shape, icon, colour, label: localize(label, language) }]));
}

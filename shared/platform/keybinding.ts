// Key bindings: "Mod+Shift+P", "F9", and chords of two, "Mod+K Mod+S". Mod is Command on a Mac and Control elsewhere.
// Knows keys and their names; which command answers is decided by whoever holds the list (resolveKey).

import { fail, ok, type Result } from './result.ts';

export type Platform = 'mac' | 'other';

/** One stroke: modifiers as they are on the platform, and the key in lower case. */
export interface Stroke {
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  meta: boolean;
  /** `KeyboardEvent.key` in lower case: "p", "f9", "enter", "arrowdown", "space". */
  key: string;
}

export type Keybinding = readonly [Stroke] | readonly [Stroke, Stroke];

const NAMED_KEYS: Readonly<Record<string, string>> = {
  esc: 'escape',
  return: 'enter',
  del: 'delete',
  ins: 'insert',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  plus: '+',
  ' ': 'space',
};

const KEYS = new Set([
  ...['escape', 'enter', 'delete', 'insert', 'backspace', 'tab', 'space', 'home', 'end', 'pageup', 'pagedown'],
  ...['arrowup', 'arrowdown', 'arrowleft', 'arrowright'],
  ...Array.from({ length: 12 }, (_, i) => `f${i + 1}`),
]);

/** Reads "Mod+K Mod+S". `column` of an issue counts from 1. */
export function parseKeybinding(text: string, platform: Platform): Result<Keybinding> {
  const strokes: Stroke[] = [];
  for (const match of text.matchAll(/\S+/g)) {
    const stroke = parseStroke(match[0], platform);
    if (typeof stroke === 'string') return fail({ code: 'bad_keybinding', severity: 'error', column: match.index + 1, message: stroke });
    strokes.push(stroke);
  }
  const [first, second] = strokes;
  if (!first || strokes.length > 2) {
    return fail({
      code: 'bad_keybinding',
      severity: 'error',
      column: 1,
      message: 'A key binding has one stroke or two, such as "Mod+K Mod+S".',
    });
  }
  return ok(second ? [first, second] : [first]);
}

function parseStroke(text: string, platform: Platform): Stroke | string {
  const stroke: Stroke = { ctrl: false, alt: false, shift: false, meta: false, key: '' };
  // "+" and "Mod++" end in the plus key itself.
  const parts = text === '+' ? ['+'] : text.endsWith('++') ? [...text.slice(0, -2).split('+'), '+'] : text.split('+');
  const key = (parts.pop() ?? '').toLowerCase();
  for (const part of parts) {
    switch (part.toLowerCase()) {
      case 'mod':
        stroke[platform === 'mac' ? 'meta' : 'ctrl'] = true;
        break;
      case 'ctrl':
      case 'control':
        stroke.ctrl = true;
        break;
      case 'alt':
      case 'option':
        stroke.alt = true;
        break;
      case 'shift':
        stroke.shift = true;
        break;
      case 'meta':
      case 'cmd':
      case 'win':
        stroke.meta = true;
        break;
      default:
        return `"${part}" is not a modifier: use Mod, Ctrl, Alt, Shift or Cmd.`;
    }
  }
  stroke.key = Object.hasOwn(NAMED_KEYS, key) ? (NAMED_KEYS[key] ?? key) : key;
  if ([...stroke.key].length !== 1 && !KEYS.has(stroke.key)) return key === '' ? 'A key is missing.' : `"${key}" is not the name of a key.`;
  return stroke;
}

/** What a KeyboardEvent has of interest here. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

/** The stroke that was pressed; undefined while only modifiers are down or a character is being composed. */
export function toStroke(press: KeyPress): Stroke | undefined {
  let key = press.key.toLowerCase();
  if (['control', 'alt', 'shift', 'meta', 'altgraph', 'capslock', 'dead', 'process', 'unidentified'].includes(key)) return undefined;
  if (key === ' ') key = 'space';
  // With modifiers, letters and digits count by their place where the layout gives another script or an Option-character.
  const modified = press.ctrlKey || press.metaKey || press.altKey;
  const physical = /^(?:Key([A-Z])|Digit(\d))$/.exec(press.code);
  if (modified && physical && !/^[a-z0-9]$/.test(key)) key = (physical[1] ?? physical[2] ?? key).toLowerCase();
  return { ctrl: press.ctrlKey, alt: press.altKey, shift: press.shiftKey, meta: press.metaKey, key };
}

export function isSameStroke(a: Stroke, b: Stroke): boolean {
  if (a.key !== b.key || a.ctrl !== b.ctrl || a.alt !== b.alt || a.meta !== b.meta) return false;
  // Shift is part of what makes "?" or "+": only for letters, digits and named keys does it count of itself.
  return a.shift === b.shift || /^[^a-z0-9]$/.test(a.key);
}

/** True where the stroke would write a character into a text field: those are left alone while typing. */
export function isTyping(stroke: Stroke): boolean {
  if (stroke.ctrl || stroke.meta) return false;
  if (/^f\d+$/.test(stroke.key) || stroke.key === 'escape') return false;
  return !stroke.alt;
}

export interface BoundCommand {
  command: string;
  binding: Keybinding;
  /** True where its when clause holds now. */
  active: () => boolean;
}

export type KeyResolution = { kind: 'none' } | { kind: 'chord' } | { kind: 'command'; command: string };

/**
 * Which command answers a stroke: of those whose clause holds the last one listed wins, so that a person's own
 * bindings, listed last, win over contributed ones.
 * @param pending the first stroke of a chord that is under way
 */
export function resolveKey(bindings: readonly BoundCommand[], pressed: Stroke, pending?: Stroke): KeyResolution {
  let chord = false;
  for (const bound of bindings.toReversed()) {
    const [first, second] = bound.binding;
    const meant = pending ? second : first;
    if (!meant || !isSameStroke(meant, pressed)) continue;
    if (pending && !isSameStroke(first, pending)) continue;
    if (!bound.active()) continue;
    if (!pending && second) chord = true;
    else return { kind: 'command', command: bound.command };
  }
  return chord ? { kind: 'chord' } : { kind: 'none' };
}

const MAC_NAMES: Readonly<Record<string, string>> = { enter: '↩', escape: 'Esc', backspace: '⌫', delete: '⌦', tab: '⇥', space: 'Space' };
const ARROWS: Readonly<Record<string, string>> = { arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→' };
const LONG_NAMES: Readonly<Record<string, string>> = { escape: 'Esc', pageup: 'PgUp', pagedown: 'PgDn', delete: 'Del', insert: 'Ins' };

/** Keys as their caps name them, in the order in which they are pressed: ["Ctrl", "Shift", "P"], on a Mac ["⇧", "⌘", "P"]. */
export function toKeyCaps(binding: Keybinding, platform: Platform): string[] {
  return binding.flatMap((stroke) => {
    const mac = platform === 'mac';
    const caps: string[] = [];
    if (stroke.ctrl) caps.push(mac ? '⌃' : 'Ctrl');
    if (stroke.alt) caps.push(mac ? '⌥' : 'Alt');
    if (stroke.shift) caps.push(mac ? '⇧' : 'Shift');
    if (stroke.meta) caps.push(mac ? '⌘' : 'Win');
    const name = ARROWS[stroke.key] ?? (mac ? MAC_NAMES[stroke.key] : undefined) ?? LONG_NAMES[stroke.key];
    caps.push(name ?? (stroke.key.length === 1 ? stroke.key.toUpperCase() : stroke.key.charAt(0).toUpperCase() + stroke.key.slice(1)));
    return caps;
  });
}

/** The binding as text that parses to itself on either platform ("Mod" where the platform's own modifier is meant). */
export function writeKeybinding(binding: Keybinding, platform: Platform): string {
  return binding
    .map((stroke) => {
      const parts: string[] = [];
      const mod = platform === 'mac' ? stroke.meta : stroke.ctrl;
      const other = platform === 'mac' ? stroke.ctrl : stroke.meta;
      if (mod) parts.push('Mod');
      if (other) parts.push(platform === 'mac' ? 'Ctrl' : 'Meta');
      if (stroke.alt) parts.push('Alt');
      if (stroke.shift) parts.push('Shift');
      parts.push(stroke.key.length === 1 ? stroke.key.toUpperCase() : stroke.key.charAt(0).toUpperCase() + stroke.key.slice(1));
      return parts.join('+');
    })
    .join(' ');
}

// Keys: what is read, how it is written on each platform, and which command answers.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isTyping,
  parseKeybinding,
  resolveKey,
  toKeyCaps,
  toStroke,
  writeKeybinding,
  type BoundCommand,
  type Keybinding,
  type KeyPress,
  type Platform,
} from '#shared/platform/keybinding.ts';

function parse(text: string, platform: Platform = 'other'): Keybinding {
  const parsed = parseKeybinding(text, platform);
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message);
  return parsed.value;
}

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...modifiers };
}

describe('keys as caps name them', () => {
  test.each<[string, string, string]>([
    ['Mod+Shift+P', 'Ctrl Shift P', '⇧ ⌘ P'],
    ['F9', 'F9', 'F9'],
    ['Mod+K Mod+S', 'Ctrl K Ctrl S', '⌘ K ⌘ S'],
    ['Ctrl+Alt+S', 'Ctrl Alt S', '⌃ ⌥ S'],
    ['Alt+Up', 'Alt ↑', '⌥ ↑'],
    ['Escape', 'Esc', 'Esc'],
    ['Mod+Enter', 'Ctrl Enter', '⌘ ↩'],
    ['Mod++', 'Ctrl +', '⌘ +'],
    ['Mod+,', 'Ctrl ,', '⌘ ,'],
    ['?', '?', '?'],
    ['+', '+', '+'],
    ['mod+shift+p', 'Ctrl Shift P', '⇧ ⌘ P'],
    ['Alt+PageDown', 'Alt PgDn', '⌥ PgDn'],
  ])('%s', (text, other, mac) => {
    expect(toKeyCaps(parse(text, 'other'), 'other').join(' ')).toBe(other);
    expect(toKeyCaps(parse(text, 'mac'), 'mac').join(' ')).toBe(mac);
  });
});

test.each<[string, number]>([
  ['', 1],
  ['Mod+', 1],
  ['Hyper+P', 1],
  ['Mod+K Foo', 7],
  ['A B C', 1],
  ['Mod+Pp', 1],
])('refuses "%s" at column %i', (text, column) => {
  const parsed = parseKeybinding(text, 'other');
  expect(parsed.ok).toBe(false);
  expect(parsed.issues[0]).toMatchObject({ code: 'bad_keybinding', column });
});

describe('strokes', () => {
  test.each<[string, KeyPress, string | undefined]>([
    ['a letter', press('p', { ctrlKey: true, code: 'KeyP' }), 'p'],
    ['a letter of another script, by its place', press('ح', { ctrlKey: true, code: 'KeyP' }), 'p'],
    ['an Option character on a Mac, by its place', press('∑', { altKey: true, code: 'KeyW' }), 'w'],
    ['a remapped Latin layout, by its letter', press('q', { ctrlKey: true, code: 'KeyA' }), 'q'],
    ['space', press(' '), 'space'],
    ['a modifier alone', press('Control', { ctrlKey: true }), undefined],
    ['a character being composed', press('Process'), undefined],
  ])('%s', (_name, event, key) => {
    expect(toStroke(event)?.key).toBe(key);
  });

  test.each<[string, Partial<KeyPress>, boolean]>([
    ['a', {}, true],
    ['A', { shiftKey: true }, true],
    ['ArrowDown', {}, true],
    ['a', { ctrlKey: true }, false],
    ['a', { altKey: true }, false],
    ['F9', {}, false],
    ['Escape', {}, false],
  ])('%s %o is typing: %s', (key, modifiers, expected) => {
    const stroke = toStroke(press(key, modifiers));
    expect(stroke && isTyping(stroke)).toBe(expected);
  });
});

describe('which command answers', () => {
  const bound = (command: string, keys: string, active = true): BoundCommand => ({ command, binding: parse(keys), active: () => active });
  const stroke = (keys: string) => parse(keys)[0];

  test.each<[string, BoundCommand[], string, string | undefined, string]>([
    ['the only one', [bound('a', 'Mod+P')], 'Mod+P', undefined, 'a'],
    ['the last of two', [bound('a', 'Mod+P'), bound('b', 'Mod+P')], 'Mod+P', undefined, 'b'],
    ['the one whose clause holds', [bound('a', 'Mod+P'), bound('b', 'Mod+P', false)], 'Mod+P', undefined, 'a'],
    ['none where no clause holds', [bound('a', 'Mod+P', false)], 'Mod+P', undefined, 'none'],
    ['none with other modifiers', [bound('a', 'Mod+P')], 'Mod+Shift+P', undefined, 'none'],
    ['a chord begins', [bound('a', 'Mod+J Mod+S')], 'Mod+J', undefined, 'chord'],
    ['a chord ends', [bound('a', 'Mod+J Mod+S'), bound('b', 'Mod+S')], 'Mod+S', 'Mod+J', 'a'],
    ['a chord leads nowhere', [bound('a', 'Mod+J Mod+S'), bound('b', 'Mod+T')], 'Mod+T', 'Mod+J', 'none'],
    ['shift is part of a sign', [bound('a', '?')], 'Shift+?', undefined, 'a'],
  ])('%s', (_name, bindings, pressed, pending, expected) => {
    const found = resolveKey(bindings, stroke(pressed), pending === undefined ? undefined : stroke(pending));
    expect(found.kind === 'command' ? found.command : found.kind).toBe(expected);
  });
});

test('what is written parses to the same keys, on both platforms', () => {
  const stroke = fc.record({
    ctrl: fc.boolean(),
    alt: fc.boolean(),
    shift: fc.boolean(),
    meta: fc.boolean(),
    key: fc.constantFrom('a', 'z', '0', 'f1', 'f12', 'enter', 'escape', 'arrowup', 'pagedown', 'space', '+', ',', '?', '/'),
  });
  fc.assert(
    fc.property(fc.oneof(fc.tuple(stroke), fc.tuple(stroke, stroke)), fc.constantFrom<Platform>('mac', 'other'), (binding, platform) => {
      expect(parse(writeKeybinding(binding, platform), platform)).toEqual(binding);
    }),
  );
});

test('no text makes the parser throw', () => {
  for (const word of ['__proto__', 'constructor', 'toString']) expect(parseKeybinding(word, 'other').ok).toBe(false);
  fc.assert(fc.property(fc.string(), (text) => void parseKeybinding(text, 'other')));
});

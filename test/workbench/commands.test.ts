// Commands, their keys and when they stand; registrations that leave nothing behind.

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Commands, type OwnKeybindings } from '#client/workbench/commands.ts';
import { ContextKeys } from '#client/workbench/context-keys.ts';
import { Registry, inOrder } from '#client/workbench/registry.ts';
import type { Command } from '#client/workbench/types.ts';
import type { KeyPress } from '#shared/platform/keybinding.ts';

let context: ContextKeys;
let commands: Commands;
let own: OwnKeybindings;
const onFault = vi.fn();
const onFailure = vi.fn();

beforeEach(() => {
  onFault.mockClear();
  onFailure.mockClear();
  own = {};
  context = new ContextKeys(onFault);
  commands = new Commands({ platform: 'other', context, ownKeybindings: () => own, onFailure });
});

function add(id: string, more: Partial<Command> = {}) {
  const run = vi.fn();
  const registration = commands.register({ id, title: id, run, ...more });
  return { run, registration };
}

function press(keys: string): KeyPress {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  return {
    key,
    code: '',
    ctrlKey: parts.includes('Ctrl'),
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
    metaKey: false,
  };
}

describe('keys', () => {
  test.each<[string, Partial<Command>, string, boolean, boolean]>([
    ['run their command', { keybinding: 'Mod+Shift+P' }, 'Ctrl+Shift+P', false, true],
    ['all of them', { keybinding: ['F1', 'Mod+K'] }, 'Ctrl+k', false, true],
    ['not where the clause does not hold', { keybinding: 'F9', when: 'never' }, 'F9', false, false],
    ['are left to whoever types', { keybinding: 's' }, 's', true, false],
    ['without typing they run', { keybinding: 's' }, 's', false, true],
    ['with a modifier they run while typing', { keybinding: 'Mod+B' }, 'Ctrl+b', true, true],
    ['function keys run while typing', { keybinding: 'F9' }, 'F9', true, true],
  ])('%s', (_name, more, keys, typing, runs) => {
    const { run } = add('a', more);
    expect(commands.handleKey(press(keys), typing)).toBe(runs);
    expect(run).toHaveBeenCalledTimes(runs ? 1 : 0);
  });

  test('a chord of two, and what follows a first half that leads nowhere is not typed', () => {
    const { run } = add('a', { keybinding: 'Mod+J Mod+S' });
    expect(commands.handleKey(press('Ctrl+j'), false)).toBe(true);
    expect(commands.handleKey(press('Ctrl+s'), false)).toBe(true);
    expect(run).toHaveBeenCalledOnce();
    commands.handleKey(press('Ctrl+j'), false);
    expect(commands.handleKey(press('x'), true)).toBe(true);
    expect(commands.handleKey(press('x'), true)).toBe(false);
    expect(run).toHaveBeenCalledOnce();
  });

  test('own keys win over contributed ones, whichever command was registered last', () => {
    const first = add('first', { keybinding: 'Mod+1' });
    const second = add('second', { keybinding: 'Mod+2' });
    own = { first: ['Mod+2'] };
    commands.handleKey(press('Ctrl+2'), false);
    commands.handleKey(press('Ctrl+1'), false);
    expect(first.run).toHaveBeenCalledOnce();
    expect(second.run).not.toHaveBeenCalled();
    expect(commands.keyCapsOf('first')).toEqual(['Ctrl', '2']);
  });

  test('an empty list takes the keys away', () => {
    const { run } = add('a', { keybinding: 'F9' });
    own = { a: [] };
    expect(commands.handleKey(press('F9'), false)).toBe(false);
    expect(run).not.toHaveBeenCalled();
    expect(commands.keyCapsOf('a')).toEqual([]);
  });
});

test('a command that fails is told, not thrown', async () => {
  const { registration } = add('bad', {
    run: () => {
      throw new Error('No.');
    },
  });
  await expect(commands.execute('bad')).resolves.toBeUndefined();
  expect(onFailure).toHaveBeenCalledOnce();
  registration.dispose();
  await expect(commands.execute('bad')).rejects.toThrow('There is no command "bad".');
});

test('the palette lists what can be run now, without the hidden', () => {
  add('plain');
  add('hidden', { hidden: true });
  add('later', { when: 'find.running' });
  expect(commands.available.map((command) => command.id)).toEqual(['plain']);
  context.set('find.running', true);
  expect(commands.available.map((command) => command.id)).toEqual(['plain', 'later']);
});

test('a clause that cannot be read never holds, and is told once', () => {
  expect(context.holds('a &')).toBe(false);
  expect(context.holds('a &')).toBe(false);
  expect(context.holds(undefined)).toBe(true);
  expect(onFault).toHaveBeenCalledOnce();
});

test('one id is registered once, and what was registered goes without trace', () => {
  const registry = new Registry<{ id: string; order: number }>('view');
  const registration = registry.register({ id: 'a', order: 2 });
  registry.register({ id: 'b', order: 1 });
  expect(() => registry.register({ id: 'a', order: 3 })).toThrow('The view "a" is registered twice.');
  expect(inOrder(registry.all).map((item) => item.id)).toEqual(['b', 'a']);
  registration.dispose();
  registration.dispose();
  expect(registry.all.map((item) => item.id)).toEqual(['b']);
  expect(() => registry.register({ id: 'a', order: 3 })).not.toThrow();
});

// Settings: what holds for whom, what is refused, who may set what.

import { expect, it } from 'vitest';
import { createSettings } from '#server/settings.ts';
import { createRegistry } from '#server/plugins/load.ts';
import { eachDatabase, type OpenTestDatabase } from '../support/databases.ts';
import { testApp } from '../support/test-app.ts';

async function openSettings(open: OpenTestDatabase) {
  const database = await open();
  const registry = createRegistry();
  registry.contribute('test', {
    settings: [
      { key: 'a.minutes', title: 'Minutes', scope: 'user', schema: { type: 'integer', minimum: 1, maximum: 9 }, default: 3 },
      { key: 'a.name', title: 'Name', scope: 'deployment', schema: { type: 'string', maxLength: 5 }, default: 'x', public: true },
    ],
  });
  return Object.assign(createSettings(database.db, registry), { registry, [Symbol.asyncDispose]: () => database.close() });
}

eachDatabase('settings', (open) => {
  it('hold by the narrowest scope, and the demo only above the default', async () => {
    await using settings = await openSettings(open);
    const reader = { userId: 'u', agencyId: 'g' };
    const read = async () => [
      await settings.get('a.minutes'),
      await settings.get('a.minutes', { agencyId: 'g' }),
      await settings.get('a.minutes', reader),
    ];
    expect(await read()).toEqual([3, 3, 3]);
    await settings.setDemo({ 'a.minutes': 4 });
    expect(await read()).toEqual([4, 4, 4]);
    await settings.set('deployment', '', { key: 'a.minutes', value: 5 });
    await settings.set('agency', 'g', { key: 'a.minutes', value: 6 });
    await settings.set('user', 'u', { key: 'a.minutes', value: 7 });
    await settings.set('user', 'other', { key: 'a.minutes', value: 9 });
    expect(await read()).toEqual([5, 6, 7]);
    expect(await settings.getAll(reader)).toEqual({ 'a.minutes': 7, 'a.name': 'x' });
    await settings.set('user', 'u', { key: 'a.minutes', value: 8 });
    expect(await read()).toEqual([5, 6, 8]);
    await settings.set('user', 'u', { key: 'a.minutes', value: undefined });
    await settings.set('agency', 'g', { key: 'a.minutes' });
    await settings.set('deployment', '', { key: 'a.minutes' });
    expect(await read()).toEqual([4, 4, 4]);
    await settings.setDemo(null);
    expect(await read()).toEqual([3, 3, 3]);
  });

  it('a plugin suggests what people choose for themselves, and nothing else', async () => {
    await using settings = await openSettings(open);
    const suggestions = [
      { key: 'a.minutes', value: 99 },
      { key: 'a.minutes', value: 8 },
      { key: 'a.name', value: 'mine' },
    ];
    const plugin = settings.registry.contribute('suggests', { settingDefaults: suggestions });
    // One that does not fit is passed over; what holds for the whole server stays.
    expect(await settings.getAll({})).toEqual({ 'a.minutes': 8, 'a.name': 'x' });
    await settings.set('user', 'u', { key: 'a.minutes', value: 2 });
    expect(await settings.get('a.minutes', { userId: 'u' })).toBe(2);
    plugin.dispose();
    expect(await settings.getAll({})).toEqual({ 'a.minutes': 3, 'a.name': 'x' });
  });

  it.each([
    ['a value that does not fit', 'user', 'a.minutes', 10, /"a\.minutes" cannot have this value/],
    ['a value of another type', 'user', 'a.minutes', '4', /cannot have this value/],
    ['too narrow a scope', 'user', 'a.name', 'y', /holds for the whole deployment; it cannot be set for one user/],
    ['a key that nobody declares', 'user', 'b.minutes', 1, /There is no setting "b\.minutes"/],
  ] as const)('refuse %s', async (_name, scope, key, value, message) => {
    await using settings = await openSettings(open);
    await expect(settings.set(scope, 'u', { key, value })).rejects.toThrow(message);
    expect(await settings.getAll({ userId: 'u' })).toEqual({ 'a.minutes': 3, 'a.name': 'x' });
  });

  it('pass over a stored value that a new declaration no longer allows', async () => {
    await using settings = await openSettings(open);
    await settings.set('deployment', '', { key: 'a.name', value: 'short' });
    settings.registry.contribute('newer', { settings: [] });
    await settings.setDemo({ 'a.name': 'much too long' });
    expect(await settings.get('a.name')).toBe('short');
    await settings.set('deployment', '', { key: 'a.name' });
    expect(await settings.get('a.name')).toBe('x');
  });
});

it('are set by whom the scope belongs to, and without an account only the public ones are read', async () => {
  await using app = await testApp();
  const set = async (person: Awaited<ReturnType<typeof app.signIn>>, scope: string, key: string, value: unknown) => {
    const body = JSON.stringify({ scope, key, value });
    return (await person.fetch('/api/trpc/settings.set', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
  };
  const viewer = await app.signIn('viewer', { agency: 'Harbor House' });
  const steward = await app.signIn('steward', { agency: 'Harbor House' });
  const lone = await app.signIn('steward');
  const admin = await app.signIn('admin');
  expect(await set(viewer, 'user', 'find.defaultMinutes', 45)).toBe(200);
  expect(await set(viewer, 'agency', 'find.defaultMinutes', 45)).toBe(403);
  expect(await set(viewer, 'deployment', 'find.defaultMinutes', 45)).toBe(403);
  expect(await set(steward, 'agency', 'find.defaultMinutes', 20)).toBe(200);
  expect(await set(lone, 'agency', 'find.defaultMinutes', 20)).toBe(422);
  expect(await set(steward, 'deployment', 'deployment.name', 'Mine')).toBe(403);
  expect(await set(admin, 'deployment', 'deployment.name', 'Harbor County')).toBe(200);
  const values = (await (await fetch(`${app.url}/api/trpc/settings.get`)).json()).result.data;
  expect(values).toMatchObject({ 'deployment.name': 'Harbor County', 'find.defaultMinutes': 30 });
  expect(Object.keys(values)).not.toContain('session.idleMinutes');
});

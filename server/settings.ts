// Settings: what plugins declare, and the values that people gave. The narrowest value wins:
// user, agency, deployment, then what the demo asks for while it is loaded, then what a plugin suggests, then the default.

import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { SettingContribution, SettingDefault } from '#shared/plugin-api/points.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { Database } from './db/schema.ts';

export type SettingScope = SettingContribution['scope'];

/** For whom settings are read; absent parts have no say. */
export interface SettingReader {
  userId?: string | undefined;
  agencyId?: string | undefined;
}

export interface Settings {
  list(): readonly SettingContribution[];
  /** The value that holds for this reader. Throws where no plugin declares the key. */
  get<T = unknown>(key: string, reader?: SettingReader): Promise<T>;
  /** Every declared setting's value for this reader. */
  getAll(reader?: SettingReader): Promise<Record<string, unknown>>;
  /** Stores a value, or with undefined takes it back. Throws a Problem where key, scope or value do not fit. */
  set(scope: SettingScope, scopeId: string, change: { key: string; value?: unknown }): Promise<void>;
  /** What the demo asks for, while it is loaded; null: it is gone. */
  setDemo(values: Readonly<Record<string, unknown>> | null): Promise<void>;
}

/** What the core needs to let anybody in, where no plugin declares it: the strict choice. */
export const WITHOUT_PLUGINS: Readonly<Record<string, unknown>> = {
  'access.findWithoutAccount': false,
  'deployment.name': 'Waypost',
  'gaps.heldBackUpTo': 10,
  'session.idleMinutes': 15,
  'session.absoluteHours': 12,
};

const WIDTH: Record<SettingScope, number> = { deployment: 0, agency: 1, user: 2 };
const PRECEDENCE = ['demo', 'deployment', 'agency', 'user'] as const;
const WHOLE = '';

export function createSettings(db: Kysely<Database>, registry: ContributionRegistry): Settings {
  const point = registry.getPoint<SettingContribution>('settings');
  const suggested = registry.getPoint<SettingDefault>('settingDefaults');
  const list = () => point.all().map((contribution) => contribution.value);

  function getDefinition(key: string): SettingContribution {
    const found = list().find((setting) => setting.key === key);
    if (!found) throw new Problem('not_found', `There is no setting "${key}".`, suggestKeys(key, list()));
    return found;
  }

  /** A plugin may suggest what people choose for themselves; what holds for the whole server it may not. */
  function findDefault(setting: SettingContribution): unknown {
    if (setting.scope !== 'user') return setting.default;
    for (const { value } of suggested.all()) {
      const parsed = value.key === setting.key ? parseValue(setting, value.value) : undefined;
      if (parsed?.success) return parsed.data;
    }
    return setting.default;
  }

  async function readRows(reader: SettingReader) {
    const ids = [WHOLE, reader.agencyId, reader.userId].filter((id) => id !== undefined);
    const rows = await db.selectFrom('setting').selectAll().where('scope_id', 'in', ids).execute();
    const idOf = { demo: WHOLE, deployment: WHOLE, agency: reader.agencyId, user: reader.userId };
    return rows.filter((row) => row.scope_id === idOf[row.scope]);
  }

  function resolve(setting: SettingContribution, rows: Awaited<ReturnType<typeof readRows>>): unknown {
    for (const scope of PRECEDENCE.toReversed()) {
      const row = rows.find((candidate) => candidate.scope === scope && candidate.key === setting.key);
      if (!row) continue;
      // A value that a newer declaration no longer allows is passed over, not handed out.
      const parsed = parseValue(setting, JSON.parse(row.value));
      if (parsed.success) return parsed.data;
    }
    return findDefault(setting);
  }

  return {
    list,
    async get<T>(key: string, reader: SettingReader = {}) {
      if (Object.hasOwn(WITHOUT_PLUGINS, key) && !list().some((setting) => setting.key === key)) return WITHOUT_PLUGINS[key] as T;
      const setting = getDefinition(key);
      return resolve(setting, await readRows(reader)) as T;
    },
    async getAll(reader = {}) {
      const rows = await readRows(reader);
      return Object.fromEntries(list().map((setting) => [setting.key, resolve(setting, rows)]));
    },
    async set(scope, scopeId, { key, value }) {
      const setting = getDefinition(key);
      if (WIDTH[scope] > WIDTH[setting.scope]) {
        throw new Problem('unprocessable', `"${key}" holds for the whole ${setting.scope}; it cannot be set for one ${scope}.`);
      }
      if (value === undefined) {
        await db.deleteFrom('setting').where('scope', '=', scope).where('scope_id', '=', scopeId).where('key', '=', key).execute();
        return;
      }
      const parsed = parseValue(setting, value);
      if (!parsed.success) throw new Problem('unprocessable', `"${key}" cannot have this value: ${parsed.error.issues[0]?.message}.`);
      await db
        .insertInto('setting')
        .values({ scope, scope_id: scopeId, key, value: JSON.stringify(parsed.data) })
        .onConflict((oc) => oc.columns(['scope', 'scope_id', 'key']).doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
        .execute();
    },
    async setDemo(values) {
      const rows = Object.entries(values ?? {}).map(([key, value]) => ({
        scope: 'demo' as const,
        scope_id: WHOLE,
        key,
        value: JSON.stringify(value),
      }));
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('setting').where('scope', '=', 'demo').execute();
        if (rows.length > 0) await trx.insertInto('setting').values(rows).execute();
      });
    },
  };
}

const schemas = new WeakMap<SettingContribution, z.ZodType>();

function parseValue(setting: SettingContribution, value: unknown) {
  let schema = schemas.get(setting);
  if (!schema) schemas.set(setting, (schema = z.fromJSONSchema(setting.schema)));
  return schema.safeParse(value);
}

function suggestKeys(key: string, settings: readonly SettingContribution[]): string[] {
  const last = key.split('.').at(-1)?.toLowerCase() ?? '';
  return settings
    .map((setting) => setting.key)
    .filter((known) => known.toLowerCase().includes(last))
    .slice(0, 5);
}

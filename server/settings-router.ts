// Settings for the browser: values for whoever asks, and changing one in a scope that is theirs.

import { z } from 'zod';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from './deps.ts';
import type { Actor } from './identity/actor.ts';
import type { SettingReader, SettingScope, Settings } from './settings.ts';
import { procedure, router } from './trpc.ts';

const SetInput = z.strictObject({
  scope: z.enum(['deployment', 'agency', 'user']),
  key: z.string().max(200),
  /** Absent: takes the value back. */
  value: z.json().optional(),
});

export const settingsRouter = ({ settings }: ServerDeps) =>
  router({
    /** Values by key; without an account the public ones only. */
    get: procedure('public').query(async ({ ctx }) => {
      const values = await readValues(settings, ctx.actor);
      if (ctx.actor.user) return values;
      const open = new Set(
        settings
          .list()
          .filter((setting) => setting.public)
          .map((setting) => setting.key),
      );
      return Object.fromEntries(Object.entries(values).filter(([key]) => open.has(key)));
    }),

    set: procedure('signed_in')
      .input(SetInput)
      .mutation(async ({ ctx, input }) => {
        await settings.set(input.scope, getScopeId(ctx.actor, input.scope), input);
        return readValues(settings, ctx.actor);
      }),
  });

/** Stands for a secret that is set. */
const SET = '••••••••';

/** What is secret never leaves the server: only whether it is set. */
async function readValues(settings: Settings, actor: Actor): Promise<Record<string, unknown>> {
  const values = await settings.getAll(toSettingReader(actor));
  for (const { key, secret, default: unset } of settings.list()) if (secret && values[key] !== unset) values[key] = SET;
  return values;
}

function toSettingReader(actor: Actor): SettingReader {
  return { userId: actor.user?.id, agencyId: actor.agency?.id };
}

function getScopeId(actor: Actor, scope: SettingScope): string {
  if (scope === 'user' && actor.user) return actor.user.id;
  if (scope === 'agency' && actor.permissions.has('settings.agency')) {
    if (!actor.agency) throw new Problem('unprocessable', 'You belong to no agency, so there is none to set this for.');
    return actor.agency.id;
  }
  if (scope === 'deployment' && actor.permissions.has('settings.deployment')) return '';
  throw new Problem('not_allowed');
}

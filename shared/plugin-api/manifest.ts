// A plugin's manifest: the `package.json` of an ordinary npm package, with our part under `waypost`.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { findApiMismatch } from './api-version.ts';
import { PluginPermissions } from './permissions.ts';
import { POINT_NOTES } from './point-notes.ts';
import { CONTRIBUTION_POINTS, type ContributionPointId } from './points.ts';

/** A contribution written in place, or the path of a YAML or JSON file (or `*` in its last part: several) that holds it. */
const inPlaceOrPath = (id: ContributionPointId) =>
  z
    .array(z.union([z.string().regex(/^\.\/(?!.*\.\.)/, 'a path inside the plugin, starting with "./"'), CONTRIBUTION_POINTS[id]]))
    .describe(POINT_NOTES[id].adds);

const points = Object.fromEntries(
  (Object.keys(CONTRIBUTION_POINTS) as ContributionPointId[]).map((id) => [id, inPlaceOrPath(id).optional()]),
) as unknown as Record<ContributionPointId, z.ZodOptional<z.ZodArray<z.ZodType<unknown>>>>;

const ApiRange = z
  .string()
  .superRefine((range, context) => {
    const mismatch = findApiMismatch(range);
    if (mismatch !== undefined) context.addIssue(mismatch);
  })
  .describe('Version of the plugin API that it needs, such as "^1"');

/** A migration for each step up to the version, named by the step that it leads to. */
export const KeptData = z
  .strictObject({
    version: z.number().int().min(1).max(1000).describe('Of the layout of what it keeps; raised with each change of it'),
    migrations: z
      .record(z.string().regex(/^[1-9]\d*$/), z.string())
      .default({})
      .describe('Version → function of `main` that brings data of the version before into this one'),
  })
  .superRefine(({ version, migrations }, context) => {
    for (const step of Object.keys(migrations))
      if (Number(step) < 2 || Number(step) > version) context.addIssue(`there is no step to version ${step} of data of version ${version}`);
  })
  .describe('What it keeps for itself on the server; without this it keeps nothing');
export type KeptData = z.infer<typeof KeptData>;

export const PluginManifest = z.looseObject({
  name: z
    .string()
    .regex(/^(@[a-z0-9-]+\/)?[a-z0-9-]+$/, 'lower-case letters, digits and hyphens, such as hello-agency')
    .describe('Lower-case letters, digits and "-"; an agency may begin with its own "@scope/"'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+/, 'three numbers, such as 1.0.0')
    .describe('Three numbers, such as "1.0.0"; higher with each change'),
  displayName: Localized.optional().describe('Its name as people read it'),
  description: z.string().optional().describe('One sentence: what it is for'),
  engines: z.looseObject({ waypost: ApiRange }).describe('What it needs to run'),
  main: z.string().optional().describe('Module whose default export holds its functions; only where it has code'),
  waypost: z
    .strictObject({
      permissions: PluginPermissions.optional(),
      data: KeptData.optional(),
      startsOff: z
        .boolean()
        .optional()
        .describe('Of a plugin that is shipped: off until an administrator switches it on. Installed ones always are'),
      contributes: z.strictObject(points).describe('What it adds, by contribution point'),
    })
    .describe('What it asks for and adds'),
});
export type PluginManifest = z.infer<typeof PluginManifest>;

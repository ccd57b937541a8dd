// A plugin's manifest: the `package.json` of an ordinary npm package, with our part under `waypost`.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { PluginPermissions } from './permissions.ts';
import { CONTRIBUTION_POINTS, type ContributionPointId } from './points.ts';

/** A contribution written in place, or the path of a YAML or JSON file (or `*` in its last part: several) that holds it. */
const inPlaceOrPath = (id: ContributionPointId) =>
  z.array(z.union([z.string().regex(/^\.\/(?!.*\.\.)/, 'a path inside the plugin, starting with "./"'), CONTRIBUTION_POINTS[id]]));

const points = Object.fromEntries(
  (Object.keys(CONTRIBUTION_POINTS) as ContributionPointId[]).map((id) => [id, inPlaceOrPath(id).optional()]),
) as unknown as Record<ContributionPointId, z.ZodOptional<z.ZodArray<z.ZodType<unknown>>>>;

export const PluginManifest = z.looseObject({
  name: z.string().regex(/^(@[a-z0-9-]+\/)?[a-z0-9-]+$/),
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  displayName: Localized.optional(),
  description: z.string().optional(),
  engines: z.looseObject({ waypost: z.string() }),
  main: z.string().optional(),
  waypost: z.strictObject({ permissions: PluginPermissions.optional(), contributes: z.strictObject(points) }),
});
export type PluginManifest = z.infer<typeof PluginManifest>;

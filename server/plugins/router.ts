// What plugins contribute, as far as the browser needs it.

import { z } from 'zod';
import type { ContributionOf, ContributionPointId } from '#shared/plugin-api/points.ts';
import type { Contribution, ContributionRegistry } from '#shared/platform/registry.ts';
import type { ServerDeps } from '../deps.ts';
import { procedure, router } from '../trpc.ts';
import { disablePlugin, enablePlugin, removePlugin, revertPlugin } from './administer.ts';
import { installInspected, listPlugins } from './manage.ts';
import { readMapLayer } from './map-layers.ts';
import { readView } from './views.ts';

/** Needed to draw the sign-in screen; the others are for those who may read the directory. */
const BEFORE_SIGNING_IN = ['themes', 'settings'] as const satisfies ContributionPointId[];
const AFTER = [
  'resourceTypes',
  'taxonomies',
  'synonyms',
  'facts',
  'intakeQuestions',
  'assessments',
  'planTemplates',
  'eligibilityRules',
  'ruleTables',
  'dataChecks',
  'basemaps',
  'mapLayers',
  'commands',
  'views',
  'handoutTemplates',
  'importMappings',
] as const satisfies ContributionPointId[];

type BrowserPoint = (typeof BEFORE_SIGNING_IN)[number] | (typeof AFTER)[number];

/** What is large is not here, and is asked for when it is shown. */
export type BrowserContributions = { [P in Exclude<BrowserPoint, 'mapLayers' | 'views'>]: Contribution<ContributionOf<P>>[] } & {
  mapLayers: Contribution<Omit<ContributionOf<'mapLayers'>, 'data'>>[];
  views: Contribution<Omit<ContributionOf<'views'>, 'nodes' | 'run'>>[];
  /** Those of the one language that was asked for, the base language first ("es", then "es-MX"). */
  translations: Contribution<ContributionOf<'translations'>>[];
  languages: { language: string; label: string; direction: 'ltr' | 'rtl' }[];
};

const Language = z.string().max(35);
const Input = z.strictObject({ language: Language });
const Named = z.strictObject({ plugin: z.string().max(200), id: z.string().max(200) });

export const pluginsRouter = (deps: ServerDeps) =>
  router({
    contributions: procedure('public')
      .input(Input)
      .query(({ ctx, input }) => {
        const open = ctx.actor.permissions.has('directory.read');
        return listContributions(deps.registry, { language: input.language, withDirectory: open });
      }),

    /** What a view shows now, as nodes that the host draws. */
    view: procedure('directory.read')
      .input(Named.extend({ language: Language }))
      .query(({ input }) => readView(deps, input)),

    /** The GeoJSON of a map layer. */
    mapLayer: procedure('directory.read')
      .input(Named)
      .query(({ input }) => readMapLayer(deps, input)),

    /** All plugins: what they add, ask for and were granted, and how they fare. */
    installed: procedure('plugins.manage').query(() => listPlugins(deps)),

    /** Installs what was sent to `POST /api/plugins/package`. `grant` agrees to all that it asks for. */
    install: procedure('plugins.manage')
      .input(z.strictObject({ package: z.string(), grant: z.boolean(), enable: z.boolean() }))
      .mutation(({ ctx, input }) => installInspected(deps, input.package, { actor: ctx.actor, grant: input.grant, enable: input.enable })),

    enable: procedure('plugins.manage')
      .input(z.strictObject({ name: z.string(), grant: z.boolean() }))
      .mutation(({ ctx, input }) => enablePlugin(deps.pluginShelf, input.name, { actor: ctx.actor, grant: input.grant })),

    disable: procedure('plugins.manage')
      .input(z.strictObject({ name: z.string() }))
      .mutation(({ ctx, input }) => disablePlugin(deps.pluginShelf, input.name, ctx.actor)),

    /** To the version before the last update, and to what it kept then. */
    back: procedure('plugins.manage')
      .input(z.strictObject({ name: z.string(), grant: z.boolean() }))
      .mutation(({ ctx, input }) => revertPlugin(deps.pluginShelf, input.name, { actor: ctx.actor, grant: input.grant })),

    remove: procedure('plugins.manage')
      .input(z.strictObject({ name: z.string() }))
      .mutation(({ ctx, input }) => removePlugin(deps.pluginShelf, input.name, ctx.actor)),
  });

function listContributions(registry: ContributionRegistry, options: { language: string; withDirectory: boolean }): BrowserContributions {
  const read = <P extends ContributionPointId>(id: P) => [...registry.getPoint<ContributionOf<P>>(id).all()];
  const points = Object.fromEntries([
    ...BEFORE_SIGNING_IN.map((id) => [id, read(id)]),
    ...AFTER.map((id) => [id, options.withDirectory ? read(id) : []]),
  ]) as { [P in BrowserPoint]: Contribution<ContributionOf<P>>[] };

  const translations = read('translations');
  const base = options.language.split('-')[0];
  const languages = new Map(
    translations.map(({ value }) => [value.language, { language: value.language, label: value.label, direction: value.direction }]),
  );
  return {
    ...points,
    mapLayers: points.mapLayers.map(({ plugin, value: { id, label, layers } }) => ({ plugin, value: { id, label, layers } })),
    views: points.views.map(({ plugin, value: { id, title, icon, where, when } }) => ({ plugin, value: { id, title, icon, where, when } })),
    translations: [
      ...translations.filter(({ value }) => value.language === base),
      ...translations.filter(({ value }) => value.language === options.language && value.language !== base),
    ],
    languages: [...languages.values()],
  };
}

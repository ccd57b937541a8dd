// What plugins contribute, as far as the browser needs it.

import { z } from 'zod';
import type { ContributionOf, ContributionPointId } from '#shared/plugin-api/points.ts';
import type { Contribution, ContributionRegistry } from '#shared/platform/registry.ts';
import type { ServerDeps } from '../deps.ts';
import { listAgencies } from '../identity/accounts.ts';
import { procedure, router } from '../trpc.ts';
import { disablePlugin, enablePlugin, removePlugin, revertPlugin, setPluginAgencies } from './administer.ts';
import { assertHere, listElsewhere, PER_AGENCY } from './for-agency.ts';
import { inspectInstalled, installInspected } from './inspect.ts';
import { listPlugins } from './manage.ts';
import { askFrame } from './frames.ts';
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
  'noteTemplates',
  'letterTemplates',
  'eligibilityRules',
  'ruleTables',
  'dataChecks',
  'basemaps',
  'mapLayers',
  'markerStyles',
  'commands',
  'menus',
  'keybindings',
  'views',
  'frames',
  'emptyStates',
  'walkthroughs',
  'handoutTemplates',
  'importMappings',
] as const satisfies ContributionPointId[];

type BrowserPoint = (typeof BEFORE_SIGNING_IN)[number] | (typeof AFTER)[number];

/** What is large is not here, and is asked for when it is shown. */
export type BrowserContributions = { [P in Exclude<BrowserPoint, 'mapLayers' | 'views' | 'frames'>]: Contribution<ContributionOf<P>>[] } & {
  mapLayers: Contribution<Omit<ContributionOf<'mapLayers'>, 'data'>>[];
  views: Contribution<Omit<ContributionOf<'views'>, 'nodes' | 'run'>>[];
  frames: Contribution<Omit<ContributionOf<'frames'>, 'file' | 'run'>>[];
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
        const elsewhere = listElsewhere(deps.plugins, ctx.actor.agency?.id ?? null);
        return listContributions(deps.registry, { language: input.language, withDirectory: open, elsewhere });
      }),

    /** What a view shows now, as nodes that the host draws. */
    view: procedure('directory.read')
      .input(Named.extend({ language: Language }))
      .query(({ ctx, input }) => (assertHere(deps, ctx.actor, input.plugin), readView(deps, input))),

    /** What a plugin says to its own page. */
    askFrame: procedure('directory.read')
      .input(Named.extend({ message: z.json() }))
      .mutation(({ ctx, input }) => (assertHere(deps, ctx.actor, input.plugin), askFrame(deps, input))),

    /** The GeoJSON of a map layer. */
    mapLayer: procedure('directory.read')
      .input(Named)
      .query(({ ctx, input }) => (assertHere(deps, ctx.actor, input.plugin), readMapLayer(deps, input))),

    /** All plugins: what they add, ask for and were granted, and how they fare. */
    installed: procedure('plugins.manage').query(() => listPlugins(deps)),

    /** Installs what was sent to `POST /api/plugins/package`. `grant` agrees to all that it asks for. */
    install: procedure('plugins.manage')
      .input(z.strictObject({ package: z.string(), grant: z.boolean(), enable: z.boolean() }))
      .mutation(({ ctx, input }) => installInspected(deps, input.package, { actor: ctx.actor, grant: input.grant, enable: input.enable })),

    /** What switching one on would mean: what it adds and asks for, what stands against it, who gains and who loses. */
    inspect: procedure('plugins.manage')
      .input(z.strictObject({ name: z.string().max(200) }))
      .query(({ input }) => inspectInstalled(deps, input.name)),

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

    /** The agencies of this server, for the choice of those for which a plugin holds. */
    agencies: procedure('plugins.manage').query(() => listAgencies(deps.db)),

    setAgencies: procedure('plugins.manage')
      .input(z.strictObject({ name: z.string(), agencies: z.array(z.string().max(100)).max(1000).nullable() }))
      .mutation(({ ctx, input }) => setPluginAgencies(deps.pluginShelf, input.name, { actor: ctx.actor, agencies: input.agencies })),

    remove: procedure('plugins.manage')
      .input(z.strictObject({ name: z.string() }))
      .mutation(({ ctx, input }) => removePlugin(deps.pluginShelf, input.name, ctx.actor)),
  });

interface Listing {
  language: string;
  withDirectory: boolean;
  /** Plugins that hold for others only. */
  elsewhere: ReadonlySet<string>;
}

function listContributions(registry: ContributionRegistry, options: Listing): BrowserContributions {
  const read = <P extends ContributionPointId>(id: P) => {
    const all = registry.getPoint<ContributionOf<P>>(id).all();
    return PER_AGENCY.has(id) ? all.filter(({ plugin }) => !options.elsewhere.has(plugin)) : [...all];
  };
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
    frames: points.frames.map(({ plugin, value: { id, title, icon, where, when } }) => ({
      plugin,
      value: { id, title, icon, where, when },
    })),
    views: points.views.map(({ plugin, value: { id, title, icon, where, when } }) => ({ plugin, value: { id, title, icon, where, when } })),
    translations: [
      ...translations.filter(({ value }) => value.language === base),
      ...translations.filter(({ value }) => value.language === options.language && value.language !== base),
    ],
    languages: [...languages.values()],
  };
}

// A plugin may hold for some agencies of a server only: what it adds for people to see and decide with is left out for all others.
// What concerns the server as a whole (formats, themes, languages, settings, sources of places) holds for everybody.

import type { ContributionPointId } from '#shared/plugin-api/points.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Actor } from '../identity/actor.ts';
import type { LoadedPlugins } from './load.ts';

/** Points of which one agency may have more than another. */
export const PER_AGENCY: ReadonlySet<string> = new Set<ContributionPointId>([
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
]);

/** An agency's id; null: somebody of none; undefined: whoever cares for the whole server, such as the command line. */
export type ForAgency = string | null | undefined;

/** Names of the plugins that hold for others only. */
export function listElsewhere({ list }: Pick<LoadedPlugins, 'list'>, agency: ForAgency): ReadonlySet<string> {
  if (agency === undefined) return new Set();
  const restricted = list.filter(({ installed }) => installed?.agencies && (agency === null || !installed.agencies.includes(agency)));
  return new Set(restricted.map(({ name }) => name));
}

/** Throws a Problem as if the plugin were not there, for those for whom it does not hold. */
export function assertHere({ plugins }: { plugins: Pick<LoadedPlugins, 'list'> }, { agency }: Actor, plugin: string): void {
  if (listElsewhere(plugins, agency?.id ?? null).has(plugin)) throw new Problem('not_found', `There is no plugin "${plugin}".`);
}

// Gaps in the API: people by cell, what the browser works gaps out from, and scenarios. Queries take no fact of any one person.

import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { cellCenter } from '#shared/geo/cells.ts';
import { packPairs } from '#shared/gaps/packed-pairs.ts';
import { pairsBySite } from '#shared/gaps/pairs.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getGeocoder } from '#server/directory/queries.ts';
import { assertAllowed, getActorName } from '#server/identity/actor.ts';
import type { RouteContext } from '#server/route-context.ts';
import { procedure, router } from '#server/trpc.ts';
import { listCandidates } from './candidates.ts';
import { KeptWorlds } from './kept-worlds.ts';
import { LoadedPopulations, toPoints } from './loaded-populations.ts';
import { columnInWords } from './population/columns.ts';
import { getPopulation, listPopulations, nameGroups, removePopulation } from './population/store.ts';
import { getScenario, listScenarios, removeScenario, saveScenario } from './scenarios.ts';
import {
  AddPopulationRequest,
  CandidatesRequest,
  NameGroupsRequest,
  NamePlacesRequest,
  ReachRequest,
  ScenarioInput,
  UnmetNote,
  UnmetRequest,
  WorldRequest,
} from './screen-input.ts';
import { countUnmet, noteUnmetRequest } from './unmet.ts';
import { addUploaded, lookAtUpload, populationUploads } from './uploads.ts';
import { waysBetween } from './ways.ts';

const UploadInput = z.strictObject({ upload: z.string() });
const PopulationInput = z.strictObject({ population: z.string().max(100) });
const ScenarioId = z.string().max(100);

export const gapsRouter = (deps: ServerDeps) => {
  const { db } = deps;
  const populations = new LoadedPopulations(deps);
  const worlds = new KeptWorlds(deps, populations);
  const uploads = populationUploads(deps);
  const now = (): string => new Date(deps.clock()).toISOString();
  return router({
    populations: procedure('gaps.use').query(async () => {
      const stored = await listPopulations(db);
      return stored.map(({ actor: _, groups, at, ...told }) => ({
        ...told,
        groups: groups.map((group) => ({ ...group, name: group.name ?? columnInWords(group.id) })),
        importedAt: at,
        own: false,
      }));
    }),

    /** All that a map of gaps is worked out from. */
    world: procedure('gaps.use')
      .input(WorldRequest)
      .query(({ ctx, input, signal }) => worlds.get({ ...input, agency: ctx.actor.agency?.id ?? null }, signal)),

    /** Ways between points and cells: rows are the points, columns the cells, costs the minutes from the cell to the point. */
    reach: procedure('gaps.use')
      .input(ReachRequest)
      .query(async ({ input: { population: id, mode, minutes, from }, signal }) => {
        const { points } = await populations.get(id);
        const ways = await waysBetween(deps, { from: points, to: toPoints(from), mode, minutes, signal });
        const { cells, sites, firstPair, cell, cost } = pairsBySite(ways.pairs);
        return {
          pairs: packPairs({ cells: sites, sites: cells, firstPair, site: cell, cost }),
          estimated: Array.from(ways.estimatedTo, (count) => count > 0),
        };
      }),

    /** What stands in the middle of each cell, so that a row of figures has a name; null: nobody knows. */
    namePlaces: procedure('gaps.use')
      .input(NamePlacesRequest)
      .query(({ input: { cells } }) => {
        const geocoder = getGeocoder(deps);
        return Promise.all(cells.map(async (cell) => (await geocoder.reverse(cellCenter(cell)))?.label ?? null));
      }),

    candidates: procedure('gaps.use')
      .input(CandidatesRequest)
      .query(({ ctx, input }) => listCandidates(deps, populations, { ...input, agency: ctx.actor.agency?.id ?? null })),

    /** Begins an upload; its files then go to `POST /api/gaps/upload/<upload>?name=<file>`, one a request. */
    begin: procedure('gaps.edit').mutation(async ({ ctx }) => ({ upload: await uploads.begin(getActorName(ctx.actor)) })),

    look: procedure('gaps.edit')
      .input(UploadInput)
      .query(({ ctx, input }) => lookAtUpload(uploads.get(input.upload, getActorName(ctx.actor)).folder)),

    addPopulation: procedure('gaps.edit')
      .input(AddPopulationRequest)
      .mutation(async ({ ctx, input }) => {
        const actor = getActorName(ctx.actor);
        const { folder } = uploads.get(input.upload, actor);
        const { id } = await addUploaded(deps, { folder, actor }, input);
        await uploads.discard(input.upload, actor);
        return { id };
      }),

    nameGroups: procedure('gaps.edit')
      .input(NameGroupsRequest)
      .mutation(({ input: { population, names } }) => nameGroups(db, population, names)),

    removePopulation: procedure('gaps.edit')
      .input(PopulationInput)
      .mutation(async ({ input }) => {
        const { id } = await getPopulation(db, input.population);
        await removePopulation(db, id);
      }),

    /** Unmet needs of our own people and requests: of quarters that are over, and never of few. */
    unmet: procedure('gaps.use')
      .input(UnmetRequest)
      .query(({ input }) => countUnmet(deps, input)),

    /** Counts a search that found nothing usable, once whoever asked agreed to it. Nothing of the person is part of it. */
    noteUnmet: procedure('people.intake')
      .input(UnmetNote)
      .mutation(({ ctx, input: { agreed: _, ...note } }) => noteUnmetRequest(deps, ctx.actor, note)),

    scenarios: procedure('gaps.use').query(({ ctx }) => listScenarios(db, ctx.actor)),

    scenario: procedure('gaps.use')
      .input(z.strictObject({ id: ScenarioId }))
      .query(({ ctx, input }) => getScenario(db, ctx.actor, input.id)),

    saveScenario: procedure('gaps.use')
      .input(ScenarioInput)
      .mutation(({ ctx, input }) => saveScenario(db, input, { actor: ctx.actor, at: now() })),

    removeScenario: procedure('gaps.use')
      .input(z.strictObject({ id: ScenarioId, revision: z.number().int().min(1) }))
      .mutation(({ ctx, input }) => removeScenario(db, ctx.actor, input)),
  });
};

/** `POST /api/gaps/upload/<upload>?name=<file>`: the body is the file. */
export function registerGapRoutes(server: FastifyInstance, { deps, getActor }: RouteContext): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  server.post<{ Params: { upload: string }; Querystring: { name?: string } }>('/api/gaps/upload/:upload', async (request) => {
    const actor = await getActor(request);
    assertAllowed(actor, 'gaps.edit');
    const { name } = request.query;
    if (!name) throw new Problem('bad_request', 'The name of the file is missing.');
    const owner = getActorName(actor);
    const size = await populationUploads(deps).write({ id: request.params.upload, owner }, name, request.body as Readable);
    return { name, size };
  });
}

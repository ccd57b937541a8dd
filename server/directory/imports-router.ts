// Imports from the browser: files come over HTTP (registerImportRoutes), the rest is asked here.

import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { ConflictDecisions } from '#shared/directory/conflict-decisions.ts';
import { ImportMapping } from '#shared/directory/mapping.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { assertAllowed, getActorName, type Actor } from '../identity/actor.ts';
import type { RouteContext } from '../route-context.ts';
import { procedure, router } from '../trpc.ts';
import { ImportJobs } from './import-jobs.ts';
import { findSavedMapping, completeMapping } from './import-mappings.ts';
import type { ImportRequest } from './import-run.ts';
import { DecisionInput, decideStaged, getStage, readStaged, StagedFilter, StagedPage } from './import-staged.ts';
import { suggestImport } from './import-suggest.ts';
import { Uploads, type Upload } from './import-uploads.ts';
import { locateForWorker, startImport } from './import.ts';

const ISSUES_AT_ONCE = 500;

const UploadInput = z.strictObject({ upload: z.string(), format: z.string().default('auto') });
const RunInput = UploadInput.extend({ mapping: ImportMapping.optional(), source: z.string().min(1).max(200).optional() });
/** `fresh`: as if no mapping had been kept. */
const SuggestInput = RunInput.extend({ fresh: z.boolean().default(false) });
const ApplyInput = RunInput.extend({ stage: z.string(), closeGone: z.boolean().default(false) });
const JobInput = z.strictObject({ job: z.string() });

/** Uploads and running imports belong to the server that was started, not to a call. */
const shared = new WeakMap<ServerDeps, { uploads: Uploads; jobs: ImportJobs }>();

export function getShared(deps: ServerDeps) {
  let found = shared.get(deps);
  if (!found) {
    shared.set(deps, (found = { uploads: new Uploads(deps.dataFolder), jobs: new ImportJobs(deps.background) }));
  }
  return found;
}

export const importsRouter = (deps: ServerDeps) => {
  const { uploads, jobs } = getShared(deps);
  type Way = Pick<ImportRequest, 'dryRun'> & Partial<ImportRequest>;
  const startJob = (actor: Actor, upload: Upload, input: z.infer<typeof RunInput>, way: Way): string => {
    const owner = getActorName(actor);
    const request: ImportRequest = {
      paths: [upload.folder],
      format: input.format,
      mapping: input.mapping,
      source: input.source ?? input.mapping?.source ?? 'upload',
      actor: owner,
      ...way,
    };
    // What a try would do is kept under the number of its job.
    return jobs.start(owner, (hooks, id) =>
      startImport({ ...locateForWorker(deps), request: way.dryRun ? { ...request, stage: id } : request }, hooks),
    );
  };
  return router({
    /** Begins an upload; its files then go to `POST /api/imports/upload/<upload>?name=<path>`, one a request. */
    begin: procedure('directory.import').mutation(async ({ ctx }) => ({ upload: await uploads.begin(getActorName(ctx.actor)) })),

    discard: procedure('directory.import')
      .input(z.strictObject({ upload: z.string() }))
      .mutation(({ ctx, input }) => uploads.discard(input.upload, getActorName(ctx.actor))),

    /** The suggested mapping, the columns, and the first rows with what they would become; with `mapping`, by that one. */
    suggest: procedure('directory.import')
      .input(SuggestInput)
      .query(async ({ ctx, input }) => {
        const { folder } = uploads.get(input.upload, getActorName(ctx.actor));
        const found = await suggestImport(deps, folder, input);
        const source = input.source ?? found.mapping.source ?? found.tables[0]?.table ?? '';
        const tables = found.tables.map(({ table }) => table);
        const saved = input.mapping || input.fresh ? undefined : await findSavedMapping(deps.db, source, tables);
        if (!saved) return { ...found, saved: false };
        return { ...(await suggestImport(deps, folder, { ...input, mapping: completeMapping(saved, found.mapping) })), saved: true };
      }),

    /**
     * Tries the import and keeps nothing in the directory. Follow it with `progress`, look at it with `report`, and row
     * by row with `staged` under the number of the job.
     */
    preview: procedure('directory.import')
      .input(RunInput)
      .mutation(({ ctx, input }) => ({
        job: startJob(ctx.actor, uploads.get(input.upload, getActorName(ctx.actor)), input, { dryRun: true }),
      })),

    /** What a preview would do with each row, field by field. */
    staged: procedure('directory.import')
      .input(z.strictObject({ id: z.string(), filter: StagedFilter.default({}), page: StagedPage.prefault({}) }))
      .query(({ ctx, input }) => readStaged(deps.db, { ...input, actor: getActorName(ctx.actor) })),

    /** Decides about values that were edited here: for one, for all of a field, or for the whole import. */
    decide: procedure('directory.import')
      .input(DecisionInput.extend({ id: z.string() }))
      .mutation(({ ctx, input: { id, ...decision } }) => decideStaged(deps.db, { id, actor: getActorName(ctx.actor) }, decision)),

    /** Does exactly what a preview showed, with what was decided; or says that it would be something else by now. */
    applyStage: procedure('directory.import')
      .input(ApplyInput)
      .mutation(async ({ ctx, input }) => {
        const owner = getActorName(ctx.actor);
        const upload = uploads.get(input.upload, owner);
        const { digest, shared_digest: shared, position, source, decisions } = await getStage(deps.db, input.stage, owner);
        const shown = { digest, shared, position };
        const decided = ConflictDecisions.parse(JSON.parse(decisions));
        const way: Way = { dryRun: false, source, shown, decisions: decided, closeGone: input.closeGone };
        return { job: startJob(ctx.actor, upload, input, way) };
      }),

    /** Keeps what it does. Not called `apply`: every function has that already. */
    run: procedure('directory.import')
      .input(RunInput)
      .mutation(({ ctx, input }) => ({
        job: startJob(ctx.actor, uploads.get(input.upload, getActorName(ctx.actor)), input, { dryRun: false }),
      })),

    progress: procedure('directory.import')
      .input(JobInput)
      .subscription(({ ctx, input, signal }) => jobs.follow(input.job, getActorName(ctx.actor), signal)),

    cancel: procedure('directory.import')
      .input(JobInput)
      .mutation(({ ctx, input }) => jobs.stop(input.job, getActorName(ctx.actor))),

    /** Counts, and a page of the issues. */
    report: procedure('directory.import')
      .input(
        JobInput.extend({
          code: z.string().optional(),
          offset: z.number().int().min(0).default(0),
          limit: z.number().int().min(1).max(ISSUES_AT_ONCE).default(100),
        }),
      )
      .query(({ ctx, input }) => {
        const { issues, ...summary } = jobs.getReport(input.job, getActorName(ctx.actor));
        const wanted = input.code === undefined ? issues : issues.filter((issue) => issue.code === input.code);
        return { ...summary, total: wanted.length, issues: wanted.slice(input.offset, input.offset + input.limit) };
      }),

    /** The sources of the directory, with their last import. */
    sources: procedure('directory.import').query(async () => {
      const sources = await deps.db.selectFrom('source').select(['id', 'name', 'format', 'created_at']).orderBy('name').execute();
      const counts = await deps.db
        .selectFrom('source_row')
        .select((eb) => ['source_id', eb.fn.countAll<number>().as('rows'), eb.fn.max('act_id').as('act')])
        .groupBy('source_id')
        .execute();
      return sources.map(({ id, name, format, created_at }) => ({
        name,
        format,
        createdAt: created_at,
        rows: counts.find((count) => count.source_id === id)?.rows ?? 0,
      }));
    }),

    /** The last imports, the newest first. */
    history: procedure('directory.import').query(async () => {
      const acts = await deps.db
        .selectFrom('act')
        .select(['id', 'actor', 'at', 'detail'])
        .where('kind', '=', 'import')
        .orderBy('id', 'desc')
        .limit(50)
        .execute();
      return acts.map(({ id, actor, at, detail }) => ({
        id,
        actor,
        at,
        source: (JSON.parse(detail ?? '{}') as { source?: string }).source ?? '',
      }));
    }),
  });
};

/** `POST /api/imports/upload/<upload>?name=<path>`: the body is the file. */
export function registerImportRoutes(server: FastifyInstance, { deps, getActor }: RouteContext): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  server.post<{ Params: { upload: string }; Querystring: { name?: string } }>('/api/imports/upload/:upload', async (request) => {
    const actor = await getActor(request);
    assertAllowed(actor, 'directory.import');
    const { name } = request.query;
    if (!name) throw new Problem('bad_request', 'The name of the file is missing.');
    const size = await getShared(deps).uploads.write(
      { id: request.params.upload, owner: getActorName(actor) },
      name,
      request.body as Readable,
    );
    return { name, size };
  });
}

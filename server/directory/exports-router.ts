// Exports from the browser: what can be written, the file made, and the file fetched (registerExportRoutes).

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ExporterContribution } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '../deps.ts';
import { assertAllowed } from '../identity/actor.ts';
import type { RouteContext } from '../route-context.ts';
import { procedure, router } from '../trpc.ts';
import { ExportPackages } from './export-packages.ts';

/** They belong to the server that was started, not to a call. */
const shared = new WeakMap<ServerDeps, ExportPackages>();

function getPackages(deps: ServerDeps): ExportPackages {
  let found = shared.get(deps);
  if (!found) shared.set(deps, (found = new ExportPackages(deps)));
  return found;
}

export const exportsRouter = (deps: ServerDeps) => {
  const packages = getPackages(deps);
  return router({
    /** Formats that plugins contribute, and sources that can be exported alone. */
    options: procedure('directory.export').query(async () => ({
      formats: deps.registry
        .getPoint<ExporterContribution>('exporters')
        .all()
        .map(({ value: { id, label, extension } }) => ({ id, label, extension })),
      sources: (await deps.db.selectFrom('source').select('name').orderBy('name').execute()).map(({ name }) => name),
    })),

    /** Makes the file; `GET /api/exports/<id>` then gives it, once, within an hour. */
    make: procedure('directory.export')
      .input(z.strictObject({ format: z.string(), source: z.string().optional() }))
      .mutation(({ ctx, input }) => packages.make(ctx.actor, input)),
  });
};

/** `GET /api/exports/<id>`: the file, to be kept by the browser under its name. */
export function registerExportRoutes(server: FastifyInstance, { deps, getActor }: RouteContext): void {
  const packages = getPackages(deps);
  server.addHook('onClose', () => packages.dispose());
  server.get<{ Params: { id: string } }>('/api/exports/:id', async (request, reply) => {
    const actor = await getActor(request);
    assertAllowed(actor, 'directory.export');
    const { id } = request.params;
    const { name, bytes, content } = packages.get(id, actor);
    if (request.method === 'GET') reply.raw.once('finish', () => packages.noteFetched(id));
    return reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('content-length', bytes)
      .header('cache-control', 'no-store')
      .type('application/octet-stream')
      .send(content());
  });
}

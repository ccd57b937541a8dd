// Addresses beside the API: tiles, uploads, pages. Each feature brings its own; what stands here is served.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { registerReferralRoutes } from './casework/referral-routes.ts';
import type { ServerDeps } from './deps.ts';
import { registerExportRoutes } from './directory/exports-router.ts';
import { registerImportRoutes } from './directory/imports-router.ts';
import { registerDirectoryRoutes } from './directory/routes.ts';
import { registerGapRoutes } from './gaps/router.ts';
import type { Actor } from './identity/actor.ts';
import { registerFrameRoutes } from './plugins/frames.ts';
import { registerPluginRoutes } from './plugins/manage.ts';

export interface RouteContext {
  deps: ServerDeps;
  /** Who is asking. A route checks it with `assertAllowed(await getActor(request), policy)`. */
  getActor(request: FastifyRequest): Promise<Actor>;
}

/** What a feature exports to serve addresses of its own. */
type RegisterRoutes = (server: FastifyInstance, context: RouteContext) => void | Promise<void>;

const FEATURES: readonly RegisterRoutes[] = [
  registerDirectoryRoutes,
  registerImportRoutes,
  registerExportRoutes,
  registerReferralRoutes,
  registerPluginRoutes,
  registerGapRoutes,
  registerFrameRoutes,
];

export async function registerFeatureRoutes(server: FastifyInstance, context: RouteContext): Promise<void> {
  for (const registerRoutes of FEATURES) {
    // A scope of its own: body parsers and hooks of one feature are not another's.
    await server.register(async (scope) => registerRoutes(scope, context));
  }
}

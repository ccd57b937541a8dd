// Addresses beside the API: tiles, uploads, pages. Each feature brings its own; what stands here is served.

import type { FastifyInstance } from 'fastify';
import { registerReferralRoutes } from './casework/referral-routes.ts';
import { registerExportRoutes } from './directory/exports-router.ts';
import { registerImportRoutes } from './directory/imports-router.ts';
import { registerDirectoryRoutes } from './directory/routes.ts';
import { registerGapRoutes } from './gaps/router.ts';
import { registerFrameRoutes } from './plugins/frames.ts';
import { registerPluginRoutes } from './plugins/inspect.ts';
import type { RouteContext } from './route-context.ts';

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

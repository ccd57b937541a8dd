// What a feature is handed that serves addresses of its own beside the API.

import type { FastifyRequest } from 'fastify';
import type { ServerDeps } from './deps.ts';
import type { Actor } from './identity/actor.ts';

export interface RouteContext {
  deps: ServerDeps;
  /** Who is asking. A route checks it with `assertAllowed(await getActor(request), policy)`. */
  getActor(request: FastifyRequest): Promise<Actor>;
}

// The HTTP server: guards, sign-in, the API, what features serve beside it, and the built client.
// It logs which route answered how and how fast, never an address, a query, a body or an answer.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import fastifyCompress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { Problem, type ProblemCode } from '#shared/platform/problems.ts';
import type { ServerDeps } from './deps.ts';
import { closeInPeace } from './http-close.ts';
import { guardRequests } from './http-guard.ts';
import { guardHandoutPages } from './handout/headers.ts';
import { getSecret } from './db/secrets.ts';
import { findStorageProblem } from './db/storage-problem.ts';
import { createAuth } from './identity/auth.ts';
import { registerIdentityRoutes } from './identity/routes.ts';
import { createSessions } from './identity/sessions.ts';
import { describeError } from './log.ts';
import { createRateLimiter, type RateRule } from './rate-limit.ts';
import { createAppRouter, type AppRouter } from './router.ts';
import type { RouteContext } from './route-context.ts';
import { registerFeatureRoutes } from './routes.ts';
import { toProblem, toProblemShape } from './trpc.ts';

const CLIENT_FOLDER = fileURLToPath(new URL('../dist/client', import.meta.url));

const DEFAULT_LIMITS = {
  /** A whole office may stand behind one address, and a map asks for many tiles. */
  address: { burst: 3000, perSecond: 100 },
  session: { burst: 1500, perSecond: 30 },
  signInByAddress: { burst: 30, perSecond: 1 / 10 },
  signInByAccount: { burst: 10, perSecond: 1 / 60 },
} as const satisfies Record<string, RateRule>;

const BODY_LIMIT = 1024 * 1024;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export interface HttpOptions {
  /** The address it listens on; anything but loopback answers to any name unless `origin` is set. */
  host: string;
  /** Where browsers reach it, where that is not `http://<host>:<port>`: behind a proxy that ends TLS. */
  origin?: string | undefined;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  trustProxy?: string | undefined;
  limits?: Partial<Record<keyof typeof DEFAULT_LIMITS, RateRule>>;
  clientFolder?: string;
}

export async function createHttpServer(deps: ServerDeps, options: HttpOptions): Promise<FastifyInstance> {
  const { log, clock, background } = deps;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const origin = options.origin ?? 'http://localhost';
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 2000 },
    forceCloseConnections: 'idle',
  });
  closeInPeace(server);

  server.setErrorHandler<FastifyError>((error, _request, reply) => {
    const problem = toHttpProblem(error);
    if (FAULTS.has(problem.code) && !background.signal.aborted) log.error(describeError(error), 'request failed');
    return reply.code(problem.status).send({ problem: toProblemShape(problem) });
  });
  // A closing server drops its connections and waits for what was asked by them.
  server.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function (request, reply) {
      const answer: unknown = handler.call(this, request, reply);
      if (answer instanceof Promise) background.note(answer);
      return answer;
    };
  });
  server.addHook('onResponse', async (request, reply) => {
    log.debug(
      { method: request.method, route: getLoggedRoute(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    );
  });

  await guardRequests(server, {
    hosts: getAcceptedHosts(options),
    secure: origin.startsWith('https:'),
    perAddress: createRateLimiter(limits.address, clock),
  });

  const secret = await getSecret(deps.db, 'session');
  const auth = createAuth(deps.database, { origin, secret });
  const sessions = createSessions({ database: deps.database, secret, settings: deps.settings, clock });
  const perSession = createRateLimiter(limits.session, clock);
  const getActor = async (request: FastifyRequest) => {
    const actor = await sessions.getActor(request.headers.cookie);
    if (actor.sessionId) perSession.take(actor.sessionId, countCalls(request));
    return actor;
  };

  await server.register(registerIdentityRoutes, {
    auth,
    deps,
    signInByAddress: createRateLimiter(limits.signInByAddress, clock),
    signInByAccount: createRateLimiter(limits.signInByAccount, clock),
  });
  await registerApi(server, deps, getActor);
  await registerFeatureRoutes(server, { deps, getActor });
  await registerClient(server, options.clientFolder ?? CLIENT_FOLDER);
  return server;
}

/** After an even number of backslashes: PostgreSQL takes no NUL in a text. */
const NUL_IN_JSON = /(?<!\\)(?:\\\\)*\\u0000/;

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

async function registerApi(server: FastifyInstance, deps: ServerDeps, getActor: RouteContext['getActor']) {
  const appRouter = createAppRouter(deps);
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } } | undefined>;
  await server.register(async (scope) => {
    scope.addHook('preValidation', async (request) => {
      if (typeof request.body === 'string' && NUL_IN_JSON.test(request.body))
        throw new Problem('bad_request', 'The request holds a character that no text here may hold (NUL). Leave it out.');
      if (request.method !== 'GET' || !('input' in (request.query as object))) return;
      const names = getCalledNames(request);
      if (names.every((name) => procedures[name]?._def.type === 'subscription')) return;
      throw new Problem('bad_request', 'Queries with input are sent by POST, so that nothing of them stands in an address.');
    });
    // JSON only: a stream of events must reach its reader as it comes. Level 4: four fifths of the gain at a third of the time.
    await scope.register(fastifyCompress, {
      encodings: ['br', 'gzip'],
      customTypes: /^application\/json/,
      brotliOptions: BROTLI,
      zlibOptions: { level: 4 },
    });
    await scope.register(fastifyTRPCPlugin, {
      prefix: '/api/trpc',
      trpcOptions: {
        router: appRouter,
        allowMethodOverride: true,
        createContext: async ({ req }) => ({ actor: await getActor(req), address: req.ip }),
        onError: ({ error, path }) => {
          if (FAULTS.has(toProblem(error).code) && !deps.background.signal.aborted)
            deps.log.error({ procedure: path, ...describeError(error.cause ?? error) }, 'procedure failed');
        },
      },
    } satisfies FastifyTRPCPluginOptions<AppRouter>);
  });
}

async function registerClient(server: FastifyInstance, folder: string): Promise<void> {
  guardHandoutPages(server);
  const built = existsSync(join(folder, 'index.html'));
  if (built) {
    await server.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) =>
        void reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    });
  }
  // Every address of the application is the one page; what is wrong with it, the page says itself.
  server.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) throw new Problem('not_found');
    if (!built)
      return reply.code(503).type('text/plain').send('The client is not built. Run "npm run build", then start the server again.\n');
    return reply.sendFile('index.html');
  });
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || /^\/(api|tiles|assets)\//.test(url)) return false;
  return /^\/(\?|$)/.test(url) || headers.accept?.includes('text/html') === true;
}

/** What whoever runs the server should know of. */
const FAULTS: ReadonlySet<ProblemCode> = new Set(['internal', 'no_storage']);

const PROBLEM_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  403: 'not_found',
  404: 'not_found',
  413: 'too_large',
  429: 'too_many_requests',
};

/** Fastify's own refusals (bodies it cannot read, paths it does not serve) by their status; all else is unforeseen. */
function toHttpProblem(error: FastifyError | Problem): Problem {
  const refused = error instanceof Problem ? error : findStorageProblem(error);
  if (refused) return refused;
  const status = (error as FastifyError).statusCode ?? 500;
  return new Problem(PROBLEM_OF_STATUS[status] ?? (status >= 400 && status < 500 ? 'bad_request' : 'internal'));
}

function getAcceptedHosts({ host, origin }: HttpOptions): ReadonlySet<string> | null {
  if (origin) return new Set([new URL(origin).hostname, ...LOOPBACK]);
  return [...LOOPBACK, '::1'].includes(host) ? new Set(LOOPBACK) : null;
}

function getCalledNames(request: FastifyRequest): string[] {
  return ((request.params as { path?: string }).path ?? '').split(',');
}

function countCalls(request: FastifyRequest): number {
  return getCalledNames(request).length;
}

/** The route's pattern; for calls of the API their names. Never the address itself: it may hold what was asked. */
function getLoggedRoute(request: FastifyRequest): string {
  const route = request.routeOptions.url ?? '(none)';
  return route === '/api/trpc/:path' ? `/api/trpc/${getCalledNames(request).slice(0, 20).join(',')}` : route;
}

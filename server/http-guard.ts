// What every request passes before anything reads it: is it meant for this server, does it come from our own pages,
// and are there not too many of them. And the headers that every answer carries.

import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#shared/platform/problems.ts';
import type { RateLimiter } from './rate-limit.ts';

export interface GuardOptions {
  /** Names by which this server may be called; null: any (it listens on a network, and no origin is set). */
  hosts: ReadonlySet<string> | null;
  secure: boolean;
  perAddress: RateLimiter;
}

const PERMISSIONS_POLICY = 'geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()';

export async function guardRequests(server: FastifyInstance, { hosts, secure, perAddress }: GuardOptions): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Only styles: the map and the layout set widths and places in style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure && { maxAge: 31_536_000, includeSubDomains: false },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
  });

  server.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', PERMISSIONS_POLICY);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    assertHost(request, hosts);
    assertOwnOrigin(request);
    perAddress.take(request.ip);
  });
}

/** Refuses names that are not this server's: a foreign name that was pointed at this address would pass for our own origin. */
function assertHost(request: FastifyRequest, hosts: ReadonlySet<string> | null): void {
  if (hosts === null || hosts.has(request.hostname.toLowerCase())) return;
  throw new Problem('bad_request', `This server is not called "${request.hostname}". Set WAYPOST_ORIGIN to the address that browsers use.`);
}

/** Refuses what another site's page sends here with the cookies of whoever looks at it. */
function assertOwnOrigin(request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (reads && !request.url.startsWith('/api/')) return;
  // Programs that are no browser send neither header, and carry nobody's cookies. A browser that sends both tells by the
  // first where the request comes from, and may withhold its name in the second.
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const withheld = origin === 'null' && site === 'same-origin';
  const foreign = foreignSite || (origin !== undefined && !withheld && !isSameHost(origin, request.host));
  if (foreign) throw new Problem('not_allowed', 'This request comes from another site.');
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

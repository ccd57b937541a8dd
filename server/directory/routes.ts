// Tiles by GET: of resources and of basemaps. Their addresses hold a version and tile numbers, never a fact or a search.

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assertAllowed } from '#server/identity/actor.ts';
import type { RouteContext } from '#server/route-context.ts';
import { getBasemaps } from './basemaps.ts';
import { parseTile, type TileAddress } from '#shared/geo/tile-math.ts';
import { RESOURCE_MAX_ZOOM, resourceTile } from './tiles.ts';

const BASEMAP_MAX_ZOOM = 22;
const TILES_KEPT = 1000;
/** Smaller ones gain nothing by it. */
const GZIP_FROM = 1024;
const YEAR_S = 365 * 86_400;
const HOUR_S = 3600;
const toGzip = promisify(gzip);

interface StoredTile {
  plain: Uint8Array;
  gzipped: Uint8Array | null;
  etag: string;
}

interface TileRoute {
  Params: { version: string; id: string; z: string; x: string; y: string };
}

export async function registerDirectoryRoutes(server: FastifyInstance, { deps, getActor }: RouteContext): Promise<void> {
  const basemaps = getBasemaps(deps);
  server.addHook('onClose', () => basemaps.dispose());
  const kept = new Map<string, Promise<StoredTile | null>>();

  async function assertReader(request: FastifyRequest): Promise<void> {
    assertAllowed(await getActor(request), 'directory.read');
  }

  /** The least recently asked for gives way. */
  function keep(key: string, make: () => Promise<Uint8Array | null>): Promise<StoredTile | null> {
    const known = kept.get(key);
    if (known) kept.delete(key);
    const tile = known ?? make().then(store);
    kept.set(key, tile);
    tile.catch(() => kept.delete(key));
    const oldest = kept.keys().next();
    if (kept.size > TILES_KEPT && !oldest.done) kept.delete(oldest.value);
    return tile;
  }

  server.get<TileRoute>('/tiles/resources/:version/:z/:x/:y.mvt', async (request, reply) => {
    await assertReader(request);
    const address = parseTile(request.params, RESOURCE_MAX_ZOOM);
    if (!address) return reply.code(404).send();
    await deps.directory.ready;
    const index = deps.directory.current();
    const tile = await keep(`resources ${index.version} ${nameOf(address)}`, async () => resourceTile(index, address));
    // An old version's address is answered with what holds now, but not for keeps.
    return send(request, reply, { tile, maxAge: request.params.version === index.version ? YEAR_S : 0 });
  });

  server.get<TileRoute>('/tiles/basemap/:id/:z/:x/:y.mvt', async (request, reply) => {
    await assertReader(request);
    const address = parseTile(request.params, BASEMAP_MAX_ZOOM);
    const { id } = request.params;
    const basemap = address && (await basemaps.find(id));
    if (!basemap) return reply.code(404).send();
    try {
      const tile = await keep(`basemap ${id} ${basemap.revision} ${nameOf(address)}`, () => basemap.tile(address));
      return await send(request, reply, { tile, maxAge: HOUR_S });
    } catch (error) {
      deps.log.warn({ basemap: id, error: error instanceof Error ? error.message : String(error) }, 'basemap tile');
      return reply.code(502).send();
    }
  });
}

function nameOf({ z, x, y }: TileAddress): string {
  return `${z}/${x}/${y}`;
}

async function store(body: Uint8Array | null): Promise<StoredTile | null> {
  if (body === null) return null;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { plain: body, gzipped: body.length < GZIP_FROM ? null : await toGzip(body), etag };
}

/** `private`: what may be read hangs on who is signed in. */
async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { tile, maxAge }: { tile: StoredTile | null; maxAge: number },
): Promise<FastifyReply> {
  reply
    .header('cache-control', maxAge === 0 ? 'private, no-cache' : `private, max-age=${maxAge}`)
    .header('vary', 'accept-encoding, cookie');
  if (tile === null) return reply.code(204).send();
  reply.header('etag', tile.etag);
  if (request.headers['if-none-match'] === tile.etag) return reply.code(304).send();
  reply.type('application/x-protobuf');
  if (tile.gzipped !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
    return reply.header('content-encoding', 'gzip').send(Buffer.from(tile.gzipped));
  return reply.send(Buffer.from(tile.plain));
}

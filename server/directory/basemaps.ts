// The ground under the pins: basemaps that plugins draw, the operator's own PMTiles file, and, only where a setting asks
// for it, tiles from the internet. Those are fetched by this server: a browser asks no one else, and sends nothing along.

import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { PMTiles, TileType, type RangeResponse } from 'pmtiles';
import type { Bounds } from '#shared/geo/bounds.ts';
import { localize } from '#shared/platform/localized.ts';
import type { BasemapContribution } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '#server/deps.ts';
import { GIVEN_MAP, listMaps } from '#server/streets/queries.ts';
import type { BasemapDrawing, BasemapNames, BasemapReply, BasemapRequest } from './basemap-worker.ts';
import type { TileAddress } from '#shared/geo/tile-math.ts';

export interface BasemapInfo {
  id: string;
  label: string;
  bounds: Bounds;
  attribution: string;
  minZoom: number;
  maxZoom: number;
  /** Larger lies on top. */
  priority: number;
  /** Part of the address of its tiles: another one where other tiles came under the same id. */
  revision: string;
  kind: 'contributed' | 'file' | 'internet';
}

interface Basemap {
  info: Omit<BasemapInfo, 'revision'>;
  /** Differs where other tiles may come: another file, another address. */
  revision: string;
  /** Bytes of a vector tile; null where there is nothing. */
  tile(address: TileAddress): Promise<Uint8Array | null>;
}

export interface Basemaps {
  list(language: string): Promise<BasemapInfo[]>;
  find(id: string): Promise<Pick<Basemap, 'revision' | 'tile'> | undefined>;
  /** Named streets and places of a plugin's basemap. */
  names(plugin: string, basemap: BasemapContribution): Promise<BasemapNames>;
  dispose(): Promise<void>;
}

type Deps = Pick<ServerDeps, 'streets' | 'registry' | 'plugins' | 'settings' | 'dataFolder' | 'log'>;

const FILE_PRIORITY = 15;
const INTERNET_PRIORITY = 12;
const INTERNET_TIMEOUT_MS = 10_000;
const LARGEST_TILE = 4 * 1024 * 1024;
/** How long a list is good for: to look again is a glance at a folder. */
const LIST_MS = 1_000;
const ofApp = new WeakMap<Deps, Basemaps>();

/** The basemaps of this process, made on first use. */
export function getBasemaps(deps: Deps): Basemaps {
  let basemaps = ofApp.get(deps);
  if (!basemaps) ofApp.set(deps, (basemaps = createBasemaps(deps)));
  return basemaps;
}

function createBasemaps(deps: Deps): Basemaps {
  const thread = createDrawingThread();
  const files = new Map<string, { revision: string; basemap: Promise<OpenFile | null> }>();
  let listed: { at: number; version: number; basemaps: Promise<Basemap[]> } | undefined;

  async function setting<T>(key: string, otherwise: T): Promise<T> {
    return deps.settings.get<T>(key).catch(() => otherwise);
  }

  function drawingOf(plugin: string, { run, maxZoom }: BasemapContribution): BasemapDrawing | undefined {
    const owner = deps.plugins.list.find((one) => one.name === plugin);
    return owner && { main: join(owner.folder, owner.manifest.main ?? 'index.ts'), run, maxZoom };
  }

  function contributed(): Basemap[] {
    const contributions = deps.registry.getPoint<BasemapContribution>('basemaps').all();
    return contributions.flatMap(({ plugin, value }) => {
      const drawing = drawingOf(plugin, value);
      if (!drawing) return [];
      const { id, bounds, attribution, minZoom, maxZoom, priority } = value;
      const info: Basemap['info'] = {
        id,
        label: localize(value.label, 'en'),
        bounds,
        attribution,
        minZoom,
        maxZoom,
        priority,
        kind: 'contributed',
      };
      return [{ info, revision: '', tile: (tile) => thread.ask<Uint8Array | null>(drawing, { tile }) }];
    });
  }

  /** The operator's own file, and those that were drawn of extracts. Each is opened anew when it was replaced. */
  async function ownFiles(): Promise<Basemap[]> {
    const own = resolve(deps.dataFolder, (await setting('basemap.pmtiles', '')) || GIVEN_MAP);
    const drawn = await listMaps(deps.dataFolder);
    const wanted = new Map([['file', own], ...drawn.map(({ name, file }) => [`map-${name}`, file] as const)]);
    for (const id of files.keys()) if (!wanted.has(id)) closeFile(id);
    const opened = await Promise.all(
      [...wanted].map(async ([id, path]) => {
        const found = await stat(path).catch(() => null);
        const revision = found ? `${path} ${found.size} ${found.mtimeMs}` : '';
        if (files.get(id)?.revision !== revision) {
          closeFile(id);
          files.set(id, { revision, basemap: found ? openFile({ id, path, revision }, deps) : Promise.resolve(null) });
        }
        return files.get(id)!.basemap;
      }),
    );
    return opened.filter((basemap) => basemap !== null);
  }

  function closeFile(id: string): void {
    void files.get(id)?.basemap.then((basemap) => basemap?.close());
    files.delete(id);
  }

  async function internet(): Promise<Basemap[]> {
    const url = (await setting('basemap.internet', false)) ? await setting('basemap.internetUrl', '') : '';
    if (url === '') return [];
    const info: Basemap['info'] = {
      id: 'internet',
      label: 'Streets from the internet',
      bounds: [-180, -85, 180, 85],
      attribution: '© OpenStreetMap contributors',
      minZoom: 0,
      maxZoom: 15,
      priority: INTERNET_PRIORITY,
      kind: 'internet',
    };
    const revision = createHash('sha256').update(url).digest('base64url');
    return [{ info, revision, tile: (tile) => fetchTile(url, tile) }];
  }

  function basemaps(): Promise<Basemap[]> {
    const version = deps.streets.version();
    if (listed?.version !== version || performance.now() - listed.at > LIST_MS) {
      listed = {
        at: performance.now(),
        version,
        basemaps: Promise.all([ownFiles(), internet()]).then(([own, remote]) => [...contributed(), ...own, ...remote]),
      };
    }
    return listed.basemaps;
  }

  return {
    async list(language) {
      const labels = new Map(
        deps.registry
          .getPoint<BasemapContribution>('basemaps')
          .all()
          .map(({ value }) => [value.id, localize(value.label, language)]),
      );
      const infos = (await basemaps()).map(({ info, revision }) => ({
        ...info,
        label: labels.get(info.id) ?? info.label,
        revision: revision && createHash('sha256').update(revision).digest('base64url').slice(0, 8),
      }));
      return infos.sort((a, b) => b.priority - a.priority);
    },
    async find(id) {
      const found = (await basemaps()).find(({ info }) => info.id === id);
      if (!found) return undefined;
      const { info, revision } = found;
      return { revision, tile: async (at) => (at.z < info.minZoom || at.z > info.maxZoom ? null : found.tile(at)) };
    },
    async names(plugin, basemap) {
      const drawing = drawingOf(plugin, basemap);
      if (!drawing) throw new Error(`There is no plugin "${plugin}".`);
      return thread.ask<BasemapNames>(drawing, 'names');
    },
    async dispose() {
      for (const { basemap } of files.values()) await (await basemap)?.close();
      await thread.dispose();
    },
  };
}

/** One thread for all basemaps that plugins draw; started at the first question. */
function createDrawingThread() {
  let worker: Worker | undefined;
  let calls = 0;
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();

  function start(): Worker {
    const started = new Worker(new URL('./basemap-worker.ts', import.meta.url));
    started.unref();
    started.on('message', (reply: BasemapReply) => {
      const call = waiting.get(reply.call);
      waiting.delete(reply.call);
      if ('error' in reply) call?.reject(new Error(reply.error));
      else call?.resolve(reply.answer);
    });
    const fail = (error: Error) => {
      worker = undefined;
      for (const call of waiting.values()) call.reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () => fail(new Error('The basemap thread ended.')));
    return started;
  }

  return {
    async ask<T>(drawing: BasemapDrawing, ask: BasemapRequest['ask']): Promise<T> {
      worker ??= start();
      // Someone waits for the answer: until it comes the process does not end.
      if (waiting.size === 0) worker.ref();
      const call = ++calls;
      try {
        return (await new Promise<unknown>((resolve, reject) => {
          waiting.set(call, { resolve, reject });
          worker?.postMessage({ ...drawing, call, ask } satisfies BasemapRequest);
        })) as T;
      } finally {
        if (waiting.size === 0) worker?.unref();
      }
    },
    async dispose(): Promise<void> {
      await worker?.terminate();
    },
  };
}

interface OpenFile extends Basemap {
  close(): Promise<void>;
}

/** Null where the file cannot be read or holds no vector tiles, which is noted in the log. */
async function openFile({ id, path, revision }: { id: string; path: string; revision: string }, { log }: Deps): Promise<OpenFile | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return null;
  const getBytes = async (offset: number, length: number): Promise<RangeResponse> => {
    const data = new ArrayBuffer(length);
    const { bytesRead } = await handle.read(new Uint8Array(data), 0, length, offset);
    return { data: bytesRead < length ? data.slice(0, bytesRead) : data };
  };
  try {
    const archive = new PMTiles({ getBytes, getKey: () => path });
    const header = await archive.getHeader();
    if (header.tileType !== TileType.Mvt) throw new Error('it holds no vector tiles');
    const metadata = (await archive.getMetadata()) as { name?: unknown; attribution?: unknown } | null;
    const text = (value: unknown, otherwise: string) => (typeof value === 'string' && value !== '' ? value : otherwise);
    return {
      info: {
        id,
        label: text(metadata?.name, 'Streets'),
        bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
        attribution: text(metadata?.attribution, '© OpenStreetMap contributors'),
        minZoom: header.minZoom,
        maxZoom: header.maxZoom,
        priority: FILE_PRIORITY,
        kind: 'file',
      },
      revision,
      close: () => handle.close(),
      async tile({ z, x, y }) {
        const found = await archive.getZxy(z, x, y);
        return found ? new Uint8Array(found.data) : null;
      },
    };
  } catch (error) {
    await handle.close();
    log.warn({ file: path, error: error instanceof Error ? error.message : String(error) }, 'basemap file left out');
    return null;
  }
}

/** No cookie, no referrer, no address of a client: only the tile's numbers leave. What goes wrong is said without the address, which may hold a key. */
async function fetchTile(template: string, { z, x, y }: TileAddress): Promise<Uint8Array | null> {
  const url = template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
  const response = await fetch(url, {
    signal: AbortSignal.timeout(INTERNET_TIMEOUT_MS),
    redirect: 'error',
    headers: { accept: 'application/x-protobuf' },
  }).catch((error: unknown) => {
    throw new Error(error instanceof DOMException ? 'The tile server did not answer in time.' : 'The tile server cannot be reached.');
  });
  if (response.status === 204 || response.status === 404) return null;
  if (!response.ok) throw new Error(`The tile server answered ${response.status}.`);
  const body = await readBody(response);
  // Some servers hand out what they stored compressed, and do not say so.
  const tile = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body, { maxOutputLength: LARGEST_TILE }) : body;
  return tile.length === 0 ? null : new Uint8Array(tile);
}

async function readBody({ body }: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > LARGEST_TILE) throw new Error('The tile is larger than 4 MB.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

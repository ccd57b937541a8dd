// Pages of plugins: one HTML file each, sent with a policy under which it can run its own scripts and do nothing else. It has an
// origin that nobody shares, no network, no frames of its own and no forms; what it learns comes in messages.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { JsonValue } from '#shared/plugin-api/functions.ts';
import type { FrameContribution } from '#shared/plugin-api/points.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { assertAllowed } from '../identity/actor.ts';
import type { RouteContext } from '../route-context.ts';
import { assertHere } from './for-agency.ts';

const LARGEST_FILE = 512 * 1024;
const LARGEST_MESSAGE = 64_000;

/** `sandbox` holds for whoever opens the address by itself, too. Strings become no markup: a fresh window of its own has no guard. */
const POLICY = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What no policy speaks of and reaches the network all the same. */
const GUARD = `<!doctype html><script>
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'RTCIceTransport', 'RTCDtlsTransport', 'WebTransport'])
  Object.defineProperty(window, name, { value: undefined, configurable: false, writable: false });
document.currentScript.remove();
</script>`;

const Asked = z.object({ plugin: z.string().max(200), id: z.string().max(200) });

function getFrame({ registry }: ServerDeps, { plugin, id }: { plugin: string; id: string }): FrameContribution {
  const frames = registry.getPoint<FrameContribution>('frames').all();
  const frame = frames.find((one) => one.plugin === plugin && one.value.id === id)?.value;
  if (!frame) throw new Problem('not_found', `There is no page "${id}" of a plugin "${plugin}".`);
  return frame;
}

/** `GET /api/plugins/frame?plugin=<name>&id=<page>`: the page itself. */
export function registerFrameRoutes(server: FastifyInstance, { deps, getActor }: RouteContext): void {
  server.get('/api/plugins/frame', async (request, reply) => {
    const actor = await getActor(request);
    assertAllowed(actor, 'directory.read');
    const asked = Asked.safeParse(request.query);
    if (!asked.success) throw new Problem('bad_request', 'Say which page: ?plugin=…&id=…');
    const { plugin, id } = asked.data;
    assertHere(deps, actor, plugin);
    const { file } = getFrame(deps, { plugin, id });
    const { folder } = deps.plugins.list.find(({ name }) => name === plugin)!;
    const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
    if (text === undefined || text.length > LARGEST_FILE)
      throw new Problem('not_available', `The page "${id}" of the plugin "${plugin}" cannot be read, or is larger than 512 kB.`);
    return reply
      .header('content-security-policy', POLICY)
      .header('x-frame-options', 'SAMEORIGIN')
      .header('x-dns-prefetch-control', 'off')
      .type('text/html; charset=utf-8')
      .send(GUARD + text);
  });
}

/** Throws a Problem that names the plugin where its function is not there, or fails. */
export async function askFrame(
  deps: ServerDeps,
  { plugin, id, message }: { plugin: string; id: string; message: unknown },
): Promise<JsonValue> {
  const { run } = getFrame(deps, { plugin, id });
  if (run === undefined) throw new Problem('not_available', `The page "${id}" of the plugin "${plugin}" has nobody to ask.`);
  if (JSON.stringify(message).length > LARGEST_MESSAGE) throw new Problem('bad_request', 'A message has at most 64,000 characters.');
  const answer = await (await deps.plugins.getFunction(plugin, 'frames', run))(message as JsonValue);
  return z.json().parse(answer ?? null) as JsonValue;
}

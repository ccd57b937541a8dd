// A server of this machine that plays a service of the outside, and a shipped plugin that talks to it: in the cage as if it were
// installed, through the server's own network.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { PluginMain } from '#shared/plugin-api/functions.ts';
import { grantOf, PluginPermissions } from '#shared/plugin-api/permissions.ts';
import { createCagedFunction } from '#server/plugins/caged-functions.ts';
import { createPluginNetwork } from '#server/plugins/network.ts';
import { packFolder } from '#server/plugins/pack.ts';
import { listModules } from '#server/plugins/package-file.ts';
import { NOTHING, testCage } from './caged.ts';

export interface Asked {
  method: string;
  url: URL;
  body: string;
  agent: string | undefined;
}

export interface StandIn extends AsyncDisposable {
  host: string;
  asked: Asked[];
  /** What it says from now on. */
  answer: (response: ServerResponse, asked: Asked) => void;
}

export async function standIn(): Promise<StandIn> {
  const it: Omit<StandIn, typeof Symbol.asyncDispose> = { host: '', asked: [], answer: (response) => response.writeHead(500).end() };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const asked = {
        method: request.method ?? '',
        url: new URL(request.url ?? '', 'http://it'),
        body,
        agent: request.headers['user-agent'],
      };
      it.asked.push(asked);
      it.answer(response, asked);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  it.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(it, { [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())) });
}

/** A function of a shipped plugin in a cage of its own, with these settings and the stand-in as the one host of its house. */
export async function inCage<K extends keyof PluginMain>(
  name: string,
  kind: K,
  run: string,
  options: { settings: Record<string, unknown>; host: string },
) {
  const packed = await packFolder(join(import.meta.dirname, '../../plugins', name));
  if (!packed.ok) throw new Error(packed.issues[0]?.message);
  const { files, hash, manifest } = packed.value;
  const permissions = manifest.waypost.permissions ?? PluginPermissions.parse({});
  const network = createPluginNetwork({
    clock: () => Date.now(),
    localHosts: [options.host],
    readHost: async (key) => URL.parse(String(options.settings[key] ?? ''))?.host,
  });
  const cage = testCage();
  const code = { name: manifest.name, version: manifest.version, hash, main: 'main.js', modules: listModules(files) };
  const fetch = network.fetchFor({ name: manifest.name, granted: grantOf(permissions) }, permissions);
  const plugin = { ...NOTHING, cage, code, fetch, readSetting: async (key: unknown) => options.settings[String(key)] ?? '' };
  return { run: createCagedFunction(plugin, kind, run), cage, [Symbol.dispose]: () => cage.dispose() };
}

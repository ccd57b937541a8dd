// The only way from a plugin to the network: the server fetches for it, from hosts that were asked for and granted, over
// HTTPS, from public addresses, within limits of size, time and rate. Redirects are followed by hand, each checked anew.

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import type { PluginResponse } from '#shared/plugin-api/functions.ts';
import type { NetworkSecret, PluginPermissions } from '#shared/plugin-api/permissions.ts';
import type { Clock } from '../clock.ts';
import { createRateLimiter } from '../rate-limit.ts';
import { findBySystem, findPublicAddresses, pinTo, type FindAddresses } from './addresses.ts';
import type { PluginFetch } from './caged-functions.ts';

export const NETWORK_LIMITS = {
  burst: 20,
  perSecond: 5,
  timeoutMs: 10_000,
  responseBytes: 1024 * 1024,
  redirects: 3,
};

export interface NetworkOptions {
  clock: Clock;
  /** Hosts in the operator's own house, as `host:port`: reached at any address, and without a certificate. */
  localHosts?: readonly string[];
  findAddresses?: FindAddresses;
  /** The host, with its port, that a setting names. */
  readHost?(key: string): Promise<string | undefined>;
  /** The value of a secret setting; undefined: not set. */
  readSecret?(key: string): Promise<string | undefined>;
}

const REFUSED_HEADERS = /^(host|cookie|connection|content-length|transfer-encoding|upgrade|expect|te|trailer|keep-alive|proxy-.*|sec-.*)$/i;
const KEPT_HEADERS = ['content-type', 'etag', 'last-modified', 'retry-after', 'cache-control', 'date', 'link'];

const Request = z.strictObject({
  url: z.string().max(8000),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z
    .record(
      z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
      z
        .string()
        .max(2000)
        .regex(/^[\t\x20-\x7e]*$/),
    )
    .default({}),
  body: z.string().max(262_144).optional(),
});
type Request = z.infer<typeof Request>;

/** Gives each plugin a fetch of its own; the rate is counted by plugin. */
export function createPluginNetwork(options: NetworkOptions) {
  const rate = createRateLimiter(NETWORK_LIMITS, options.clock);
  return {
    fetchFor(plugin: { name: string; granted: { network: readonly string[] } }, permissions: PluginPermissions): PluginFetch {
      return async (asked) => {
        const request = Request.safeParse(asked);
        if (!request.success)
          throw new Error(`This request cannot be made: ${request.error.issues[0]?.path.join('.')}: ${request.error.issues[0]?.message}`);
        rate.take(plugin.name);
        const granted = await listHosts(plugin.granted.network, options);
        return fetchGranted(request.data, { ...options, granted, permissions });
      };
    },
  };
}

/** Those that stand in settings as what they are now. */
async function listHosts(granted: readonly string[], { readHost }: NetworkOptions): Promise<string[]> {
  const hosts = await Promise.all(granted.map((host) => (host.startsWith(OF_SETTING) ? readHost?.(host.slice(OF_SETTING.length)) : host)));
  return hosts.filter((host): host is string => host !== undefined && host !== '');
}
const OF_SETTING = 'setting:';

interface Granted extends NetworkOptions {
  granted: readonly string[];
  permissions: PluginPermissions;
}

async function fetchGranted(request: Request, options: Granted): Promise<PluginResponse> {
  const until = performance.now() + NETWORK_LIMITS.timeoutMs;
  let url = request.url;
  for (let hops = 0; hops <= NETWORK_LIMITS.redirects; hops++) {
    const { response, body } = await fetchOnce({ ...request, url }, options, until);
    const { statusCode: status = 0, headers } = response;
    if (status < 300 || status > 399 || headers.location === undefined) return { status, headers: keepHeaders(headers), body };
    if (request.method !== 'GET') throw new Error(`${new URL(url).host} redirects, which is followed for GET alone.`);
    url = new URL(headers.location, url).href;
  }
  throw new Error(`More than ${NETWORK_LIMITS.redirects} redirects.`);
}

async function fetchOnce(request: Request, options: Granted, until: number): Promise<{ response: IncomingMessage; body: string }> {
  const url = readAddress(request.url, options);
  const isLocal = options.localHosts?.includes(url.host) ?? false;
  const find = options.findAddresses ?? findBySystem;
  const addresses = isLocal ? await find(url.hostname.replace(/^\[|\]$/g, '')) : await findPublicAddresses(url.hostname, find);
  const headers: Record<string, string> = { ...request.headers, 'user-agent': 'Waypost' };
  for (const name of Object.keys(request.headers))
    if (REFUSED_HEADERS.test(name)) throw new Error(`A plugin cannot set the header "${name}".`);
  await addSecret(url, headers, options);
  return send(url, { method: request.method, headers, body: request.body, lookup: pinTo(addresses), until });
}

/** Throws where the address is none, or not one that was granted. */
function readAddress(text: string, { granted, localHosts = [] }: Granted): URL {
  const url = URL.parse(text);
  if (!url) throw new Error(`"${(text.split('?')[0] ?? '').slice(0, 200)}" is no address.`);
  if (url.username !== '' || url.password !== '') throw new Error('An address with a name and password in it is not fetched.');
  const isLocal = localHosts.includes(url.host);
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:'))
    throw new Error(`${url.protocol}//${url.host} is not fetched: only https.`);
  if (!granted.includes(url.host))
    throw new Error(`${url.host} is not among the hosts that were granted (${granted.join(', ') || 'none'}).`);
  return url;
}

async function addSecret(url: URL, headers: Record<string, string>, { permissions, readSecret }: Granted): Promise<void> {
  const permission = permissions.network[url.host];
  const secret: NetworkSecret | undefined = typeof permission === 'object' ? permission.secret : undefined;
  if (!secret) return;
  const value = await readSecret?.(secret.setting);
  if (value === undefined || value === '')
    throw new Error(`The setting "${secret.setting}" is needed for ${url.host} and has not been set.`);
  if (secret.in === 'query') url.searchParams.set(secret.name, value);
  else headers[secret.name.toLowerCase()] = value;
}

interface Sending {
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  lookup: ReturnType<typeof pinTo>;
  until: number;
}

function send(url: URL, { method, headers, body, lookup, until }: Sending): Promise<{ response: IncomingMessage; body: string }> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'http:' ? httpRequest : httpsRequest;
    const timer = setTimeout(
      () => request.destroy(new Error(`${url.host} did not answer within ${NETWORK_LIMITS.timeoutMs / 1000} s.`)),
      until - performance.now(),
    );
    // No connection outlives its request: one that is kept could be used for another plugin's.
    const request = start(url, { method, headers, lookup, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > NETWORK_LIMITS.responseBytes) request.destroy(new Error(`${url.host} answered with more than 1 MB.`));
        else chunks.push(chunk);
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ response, body: Buffer.concat(chunks).toString('utf8') });
      });
      response.on('error', fail);
    });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error.message.includes(url.host) ? error : new Error(`${url.host} could not be reached: ${error.message}`));
    };
    request.on('error', fail);
    request.end(body);
  });
}

function keepHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(KEPT_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));
}

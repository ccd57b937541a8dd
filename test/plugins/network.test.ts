// What a plugin reaches through the server, and what it does not: tried against a server of this machine that plays all parts.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PluginPermissions } from '#shared/plugin-api/permissions.ts';
import { isPublicAddress } from '#server/plugins/addresses.ts';
import { createPluginNetwork, NETWORK_LIMITS, type NetworkOptions } from '#server/plugins/network.ts';

let port = 0;
const asked: { url: string; headers: IncomingMessage['headers'] }[] = [];
const server = createServer((request, response) => {
  asked.push({ url: request.url ?? '', headers: request.headers });
  ANSWERS[new URL(request.url ?? '', 'http://x').pathname]?.(response);
});
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  '/fine': (response) => response.setHeader('set-cookie', 'a=b').setHeader('etag', '"1"').end('{"ok":true}'),
  '/large': (response) => response.end('x'.repeat(NETWORK_LIMITS.responseBytes + 1)),
  '/away': (response) => response.writeHead(302, { location: `http://other.example:${port}/fine` }).end(),
  '/inside': (response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/fine` }).end(),
  '/metadata': (response) => response.writeHead(302, { location: 'https://169.254.169.254/latest/meta-data' }).end(),
  '/round': (response) => response.writeHead(302, { location: '/round' }).end(),
  '/teapot': (response) => response.writeHead(418).end('short and stout'),
};
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const permissions = (...hosts: string[]) =>
  PluginPermissions.parse({ network: Object.fromEntries(hosts.map((host) => [host, 'Needed for the test'])) });

function fetchFor(hosts: string[], options: Partial<NetworkOptions> = {}) {
  const network = createPluginNetwork({ clock: () => 0, findAddresses: async () => [{ address: '127.0.0.1', family: 4 }], ...options });
  return network.fetchFor({ name: 'test', granted: { network: hosts } }, permissions(...hosts));
}

/** As an operator allows it for a service in their own house. */
const fetchLocal = (more: Partial<NetworkOptions> = {}) =>
  fetchFor([`house.example:${port}`], { localHosts: [`house.example:${port}`], ...more });
const at = (path: string): string => `http://house.example:${port}${path}`;

it('reaches what was granted, and gives status, a few headers and text', async () => {
  expect(await fetchLocal()({ url: at('/fine'), headers: { accept: 'application/json' } })).toEqual({
    status: 200,
    headers: { etag: '"1"', date: expect.any(String) as string },
    body: '{"ok":true}',
  });
  expect(await fetchLocal()({ url: at('/teapot') })).toMatchObject({ status: 418, body: 'short and stout' });
});

describe('is refused', () => {
  it.each<[string, unknown, RegExp]>([
    ['a host that was not granted', { url: 'https://other.example/' }, /other\.example is not among the hosts/],
    ['a host below a granted one', { url: 'https://a.granted.example/' }, /a\.granted\.example is not among/],
    ['another port', { url: 'https://granted.example:8443/' }, /granted\.example:8443 is not among/],
    ['plain http', { url: 'http://granted.example/' }, /only https/],
    ['a file', { url: 'file:///etc/passwd' }, /only https/],
    ['data', { url: 'data:text/plain,x' }, /only https/],
    ['a name and password', { url: 'https://me:you@granted.example/' }, /name and password/],
    ['no address', { url: 'granted.example' }, /is no address/],
    ['another method', { url: 'https://granted.example/', method: 'DELETE' }, /method/],
    ['the header Host', { url: 'https://granted.example/', headers: { Host: 'inside' } }, /cannot set the header "Host"/],
    ['a second line in a header', { url: 'https://granted.example/', headers: { accept: 'a\r\nHost: inside' } }, /headers/],
    ['more than an address', { url: 'https://granted.example/', agent: {} }, /cannot be made/],
    ['no request', null, /cannot be made/],
  ])('%s', async (_name, request, words) => {
    await expect(
      fetchFor(['granted.example'], { findAddresses: async () => [{ address: '93.184.216.34', family: 4 }] })(request),
    ).rejects.toThrow(words);
  });

  it.each([
    ...[
      '127.0.0.1',
      '127.8.9.1',
      '0.0.0.0',
      '10.0.0.5',
      '172.16.4.4',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd12:3456::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
      'ff02::1',
      '::127.0.0.1',
    ],
  ])('a name that means %s', async (address) => {
    const family = address.includes(':') ? 6 : 4;
    const fetch = fetchFor(['granted.example'], { findAddresses: async () => [{ address, family }] });
    await expect(fetch({ url: 'https://granted.example/' })).rejects.toThrow('is not on the public internet');
  });

  it.each(['127.0.0.1', '0x7f.1', '2130706433', '017700000001', 'localhost'])('the granted host %s', async (host) => {
    const url = new URL(`https://${host}/`);
    const fetch = fetchFor([url.host], { findAddresses: async () => [{ address: '127.0.0.1', family: 4 }] });
    await expect(fetch({ url: url.href })).rejects.toThrow('is not on the public internet');
  });

  it('a name of which one address of many is inside', async () => {
    const both = [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    await expect(fetchFor(['granted.example'], { findAddresses: async () => both })({ url: 'https://granted.example/' })).rejects.toThrow(
      '10.0.0.1',
    );
  });
});

it('asks for the meaning of a name once, so that it cannot mean something else when it is connected to', async () => {
  let lookups = 0;
  const findAddresses = async () => [{ address: lookups++ === 0 ? '192.0.2.1' : '127.0.0.1', family: 4 }];
  await expect(fetchFor(['granted.example'], { findAddresses })({ url: 'https://granted.example/' })).rejects.toThrow();
  expect(lookups).toBe(1);
});

it.each([
  ['to a host that was not granted', '/away', /other\.example:\d+ is not .*fetched|not among the hosts|only https/],
  ['to this machine', '/inside', /only https|not among/],
  ['to where a cloud keeps its secrets', '/metadata', /169\.254\.169\.254 is not among/],
  ['in circles', '/round', /More than 3 redirects/],
])('does not follow a redirect %s', async (_name, path, words) => {
  await expect(fetchLocal()({ url: at(path) })).rejects.toThrow(words);
});

it('takes only so much, and only so often', async () => {
  await expect(fetchLocal()({ url: at('/large') })).rejects.toThrow('more than 1 MB');
  let now = 0;
  const fetch = fetchLocal({ clock: () => now });
  const ask = () => fetch({ url: at('/teapot') });
  for (let i = 0; i < NETWORK_LIMITS.burst; i++) await ask();
  await expect(ask()).rejects.toThrow('Too many requests');
  now += 1000;
  expect((await ask()).status).toBe(418);
});

it('adds a secret that the plugin never sees, to its own host alone', async () => {
  const host = `house.example:${port}`;
  const secret = { setting: 'test.key', in: 'header', name: 'X-Api-Key' };
  const asks = PluginPermissions.parse({ network: { [host]: { reason: 'Needed for the test', secret } } });
  const network = createPluginNetwork({
    clock: () => 0,
    localHosts: [host],
    findAddresses: async () => [{ address: '127.0.0.1', family: 4 }],
    readSecret: async (key) => (key === 'test.key' ? 'hush' : undefined),
  });
  const answer = await network.fetchFor({ name: 'test', granted: { network: [host] } }, asks)({ url: at('/fine') });
  expect(asked.at(-1)?.headers['x-api-key']).toBe('hush');
  expect(JSON.stringify(answer)).not.toContain('hush');
});

it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])('knows %s as public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

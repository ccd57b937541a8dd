// Which addresses the server may be sent to by a plugin: public ones alone. Names are looked up once, and the connection goes
// to the very address that was checked, so that a name which means something else a moment later leads nowhere.

import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export type FindAddresses = (host: string) => Promise<LookupAddress[]>;

export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/** Anything but an address of the public internet: this machine, its neighbours, and those who only look public. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` sees the IPv4 address within an IPv6 one.
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !(parsed.kind() === 'ipv6' && hidesIpv4(parsed.toNormalizedString()));
}

/** Translators of IPv4, whose last 32 bits lead anywhere. */
function hidesIpv4(address: string): boolean {
  return /^(64:ff9b:|2002:|2001:0:|0:0:0:0:0:0:)/i.test(address);
}

/** @param host a name or an address as a URL has it, in brackets where it is one of IPv6 */
export async function findPublicAddresses(host: string, find: FindAddresses = findBySystem): Promise<LookupAddress[]> {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  const found = family === 0 ? await find(bare) : [{ address: bare, family }];
  if (found.length === 0) throw new AddressRefused(`There is no host ${host}.`);
  const closed = found.find(({ address }) => !isPublicAddress(address));
  if (closed) throw new AddressRefused(`${host} is at ${closed.address}, which is not on the public internet.`);
  return found;
}

export function findBySystem(host: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) =>
      error ? reject(new AddressRefused(`There is no host ${host}.`)) : resolve(addresses),
    );
  });
}

/** For node:http: always these addresses, whatever the name means by now. */
export function pinTo(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, answer) => {
    const [first] = addresses;
    if (!first) return answer(new AddressRefused('There is no address.'), '', 4);
    if (options.all) answer(null, [...addresses]);
    else answer(null, first.address, first.family);
  };
}

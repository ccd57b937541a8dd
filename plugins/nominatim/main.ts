// Addresses from a Nominatim server (its search API, format jsonv2). What it says is read with suspicion: a server may be
// busy, refuse, or answer with something else, and then nothing is found here while everything else goes on.

import { definePlugin, type GeocodeQuery, type Place, type PluginHost } from '../../shared/plugin-api/index.ts';

/** Of shorter texts nothing useful comes, and every letter would be a request. */
const SHORTEST = 3;
const MOST = 20;
/** How long it is not asked again after it was busy and did not say for how long. */
const REST_SECONDS = 10;

let restsUntil = 0;

export default definePlugin({ geocoders: { nominatim: search } });

async function search({ text, language, limit }: GeocodeQuery, host: PluginHost): Promise<Place[]> {
  const [server, countries] = [await readText(host, 'nominatim.server'), await readText(host, 'nominatim.countries')];
  const asked = text.trim();
  if (server === '' || asked.length < SHORTEST || Date.now() < restsUntil) return [];
  const parameters: [string, string][] = [
    ['q', asked],
    ['format', 'jsonv2'],
    ['limit', String(Math.min(limit, MOST))],
    ['accept-language', language],
    ...(countries === '' ? [] : [['countrycodes', countries.replaceAll(' ', '').toLowerCase()] as [string, string]]),
  ];
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(toWellFormed(value))}`).join('&');
  const { status, headers, body } = await host.fetch({ url: `${server.replace(/\/+$/, '')}/search?${query}` });
  if (status === 429 || status === 503) {
    const seconds = Number(headers['retry-after']);
    restsUntil = Date.now() + 1000 * (seconds > 0 ? Math.min(seconds, 600) : REST_SECONDS);
    throw new Error(`Nominatim is busy (${status}).`);
  }
  if (status !== 200) throw new Error(`Nominatim answered with status ${status}.`);
  return readAnswer(body).flatMap(toPlace).slice(0, limit);
}

async function readText(host: PluginHost, key: string): Promise<string> {
  const value = await host.setting(key);
  return typeof value === 'string' ? value.trim() : '';
}

/** Half of a letter of two units cannot be sent. */
const toWellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

function readAnswer(body: string): Record<string, unknown>[] {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw new Error('Nominatim answered with something that is not JSON.');
  }
  if (!Array.isArray(answer)) throw new Error('Nominatim answered with something that is no list of places.');
  return answer.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null);
}

/** Positions come as text. A place without one, or without a name, is left out. */
function toPlace(found: Record<string, unknown>): Place[] {
  const [lat, lon] = [Number(found['lat'] ?? NaN), Number(found['lon'] ?? NaN)];
  const name = String(found['display_name'] ?? '');
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180) || name === '') return [];
  const [first = '', second = '', ...rest] = name.split(',').map((part) => part.trim());
  // "118, Tanner Street, Old Town …": the number belongs to its street.
  const numbered = /^\d+\w?$/.test(first) && second !== '';
  return [
    {
      id: `nominatim:${String(found['osm_type'] ?? '')}:${String(found['osm_id'] ?? name)}`.slice(0, 200),
      label: (numbered ? `${first} ${second}` : first).slice(0, 200),
      detail: (numbered ? rest : [second, ...rest].filter((part) => part !== '')).slice(0, 4).join(', ').slice(0, 300),
      kind: kindOf(String(found['addresstype'] ?? found['type'] ?? '')),
      ...{ lon, lat },
    },
  ];
}

function kindOf(type: string): Place['kind'] {
  if (/^(house|house_number|building|place|residential|yes)$/.test(type)) return 'address';
  if (/^(road|street|highway|pedestrian)$/.test(type)) return 'street';
  if (type === 'postcode') return 'postal_code';
  return /^(city|town|village|hamlet|suburb|neighbourhood|quarter|county|state|country|municipality|district|borough)$/.test(type)
    ? 'area'
    : 'place';
}

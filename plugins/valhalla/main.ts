// Ways as a Valhalla server knows them (its matrix, /sources_to_targets). A place that it has no street for stays an estimate;
// a server that refuses or answers with something else leaves all of them so.

import { definePlugin, type PluginHost, type Ways, type WaysQuery } from '../../shared/plugin-api/index.ts';

/** Places in one request: what Valhalla takes as it is shipped. */
const AT_ONCE = 50;
const COSTING = { walk: 'pedestrian', drive: 'auto' } as const;
/** "No suitable edges near location", and like it: the places are the trouble, not the server. */
const NO_WAY = new Set([170, 171, 442]);

export default definePlugin({ ways: { valhalla: listWays } });

async function listWays({ from, to, mode }: WaysQuery, host: PluginHost): Promise<Ways> {
  const value = await host.setting('valhalla.server');
  const server = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
  if (server === '') return to.map(() => null);
  const ways: Ways = [];
  for (let at = 0; at < to.length; at += AT_ONCE)
    ways.push(...(await askMatrix(`${server}/sources_to_targets`, { from, to: to.slice(at, at + AT_ONCE), mode }, host)));
  return ways;
}

async function askMatrix(url: string, { from, to, mode }: WaysQuery, host: PluginHost): Promise<Ways> {
  const asked = { sources: [from], targets: to, costing: COSTING[mode], units: 'kilometers' };
  const { status, body } = await host.fetch({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  });
  const answer = readAnswer(body, status);
  if (status !== 200) {
    if (NO_WAY.has(Number(answer['error_code']))) return to.map(() => null);
    throw new Error(`Valhalla refused (${status}): ${String(answer['error'] ?? 'no reason given').slice(0, 200)}`);
  }
  const rows: unknown = answer['sources_to_targets'];
  const cells: unknown = Array.isArray(rows) ? rows[0] : undefined;
  if (!Array.isArray(cells)) throw new Error('Valhalla answered without a matrix.');
  const metersOfUnit = answer['units'] === 'miles' ? 1609.344 : 1000;
  const ways: Ways = to.map(() => null);
  for (const [i, cell] of (cells as Record<string, unknown>[]).entries()) {
    const index = Number(cell?.['to_index'] ?? i);
    const [seconds, distance] = [cell?.['time'], cell?.['distance']];
    // Without a way both are null.
    if (typeof seconds !== 'number' || typeof distance !== 'number' || !(seconds >= 0) || !(distance >= 0)) continue;
    if (index in ways) ways[index] = { seconds, meters: distance * metersOfUnit };
  }
  return ways;
}

function readAnswer(body: string, status: number): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new Error(`Valhalla answered with something that is not JSON (status ${status}).`);
}

// People who search at the same time, in a process of their own: each asks, reads for a while, and asks again.
// `node _find-clients.ts URL CLIENTS SECONDS` prints the milliseconds of every answer as one JSON list.

import { setTimeout as wait } from 'node:timers/promises';
import { seeded } from '../directory/resources.ts';

const [url, clients, seconds] = process.argv.slice(2);
/** What someone reads an answer for, at least and on top of it at most, ms. */
const READING = { least: 1000, more: 2000 };
const NEEDS = ['food', 'shelter', 'safety', 'health', 'work'];

const until = performance.now() + Number(seconds) * 1000;
const times: number[] = [];

async function search(client: number): Promise<void> {
  const random = seeded(client + 1);
  await wait(random() * READING.more);
  while (performance.now() < until) {
    const request = {
      near: { lon: -128.04 + (random() - 0.5) * 0.04, lat: 44 + (random() - 0.5) * 0.04 },
      travel: { mode: 'walk', minutes: 30 },
      needs: [{ term: NEEDS[Math.floor(random() * NEEDS.length)] }],
      facts: { 'person.age': 18 + Math.floor(random() * 60), 'household.size': 1 + Math.floor(random() * 5) },
      limit: 50,
    };
    const start = performance.now();
    const response = await fetch(`${url}/api/trpc/find.match`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url!, 'x-http-method-override': 'GET' },
      body: JSON.stringify(request),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${answer}`);
    times.push(performance.now() - start);
    await wait(READING.least + random() * READING.more);
  }
}

await Promise.all(Array.from({ length: Number(clients) }, (_, client) => search(client)));
process.stdout.write(JSON.stringify(times));

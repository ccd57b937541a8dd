// The end of the server: what has begun is answered, and nobody who only keeps a connection holds it up.

import { once } from 'node:events';
import { createConnection, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { closeInPeace } from '#server/http-close.ts';

it('a request that has begun is answered, open pages and idle connections are let go', async () => {
  const server = Fastify({ forceCloseConnections: 'idle' });
  closeInPeace(server);
  const asked = Promise.withResolvers<void>();
  const saved = Promise.withResolvers<string>();
  server.post('/save', () => {
    asked.resolve();
    return saved.promise;
  });
  server.get('/changes', (_request, reply) => {
    const changes = new PassThrough();
    changes.write('data: here\n\n');
    return reply.type('text/event-stream').send(changes);
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const page = (await fetch(`${url}/changes`, { headers: { accept: 'text/event-stream' } })).body!.getReader();
  expect(new TextDecoder().decode((await page.read()).value)).toBe('data: here\n\n');
  const unused = createConnection(port, '127.0.0.1');
  const kept = createConnection(port, '127.0.0.1').setEncoding('utf8');
  kept.write('GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await Promise.all([once(unused, 'connect'), once(kept, 'data')]);
  const ends = Promise.all([once(unused, 'close'), once(kept, 'close')]);
  const answer = fetch(`${url}/save`, { method: 'POST' }).then((response) => response.text());
  await asked.promise;

  const closed = server.close();
  await expect(page.read()).rejects.toThrow();
  await ends;
  saved.resolve('saved');
  expect(await answer).toBe('saved');
  await closed;
});

// How the HTTP server ends: what somebody is just saving is answered first. An open page, which listens for changes
// without end, and a browser that merely keeps a connection do not hold it up.

import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds that a request which has begun may still take. */
const GRACE = 5000;
const SWEEP = 20;

/** For a server made with `forceCloseConnections: 'idle'`: `close()` ends within the grace, whatever its clients do. */
export function closeInPeace(server: FastifyInstance): void {
  const http = server.server;
  /** Connections that no answer ends: opened ahead by a browser and never used, or listening for events. */
  const endless = new Set<Socket>();
  http.on('connection', (socket) => {
    endless.add(socket);
    socket.once('close', () => endless.delete(socket));
  });
  server.addHook('onRequest', (request, _reply, done) => {
    const { socket } = request.raw;
    if (request.headers.accept === 'text/event-stream') endless.add(socket);
    else endless.delete(socket);
    done();
  });
  server.addHook('preClose', (done) => {
    // The others are idle once their last answer is out.
    const sweep = setInterval(() => http.closeIdleConnections(), SWEEP);
    const end = setTimeout(() => http.closeAllConnections(), GRACE);
    http.once('close', () => {
      clearInterval(sweep);
      clearTimeout(end);
    });
    for (const socket of endless) socket.destroy();
    done();
  });
}

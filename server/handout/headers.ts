// A linked handout is for whoever was given the link: not for caches, search engines or the next page's referrer.

import type { FastifyInstance } from 'fastify';

export function guardHandoutPages(server: FastifyInstance): void {
  server.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/h/')) return;
    void reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex, nofollow').header('referrer-policy', 'no-referrer');
  });
}

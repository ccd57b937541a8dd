// Signing in and out (better-auth's endpoints, the few that are open), and the page on which the first
// administrator makes an account with the link from the console.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import type { RateLimiter } from '../rate-limit.ts';
import { toProblemShape } from '../trpc.ts';
import { createFirstAdministrator } from './accounts.ts';
import { AUTH_PATHS, type Auth } from './auth.ts';
import { drawSetupPage } from './setup-page.ts';

const AUTH_PREFIX = '/api/auth';

export interface IdentityRoutesOptions {
  auth: Auth;
  deps: ServerDeps;
  signInByAddress: RateLimiter;
  signInByAccount: RateLimiter;
}

const SetupForm = z.object({ token: z.string(), name: z.string().trim().min(1), email: z.email(), password: z.string() });

export async function registerIdentityRoutes(server: FastifyInstance, options: IdentityRoutesOptions): Promise<void> {
  const { auth, deps } = options;
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  server.route({
    method: ['GET', 'POST'],
    url: `${AUTH_PREFIX}/*`,
    handler: async (request, reply) => {
      const path = `/${(request.params as { '*': string })['*']}`;
      if (!AUTH_PATHS.has(path)) throw new Problem('not_found');
      if (path === '/sign-in/email') throttleSignIn(request, options);
      return sendResponse(reply, await auth.handler(toWebRequest(request, path)));
    },
  });

  server.get('/setup', async (request, reply) => {
    const { token = '' } = request.query as { token?: string };
    return sendPage(reply, 200, drawSetupPage({ token, language: request.headers['accept-language'] }));
  });

  server.post('/setup', async (request, reply) => {
    options.signInByAddress.take(request.ip);
    const filled = request.body as Partial<Record<'token' | 'name' | 'email' | 'password', string>>;
    try {
      const form = SetupForm.safeParse(filled);
      if (!form.success) throw new Problem('unprocessable', 'Give a name, an e-mail address and a password.');
      await createFirstAdministrator(deps.database, form.data, deps.clock());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const page = { token: '', ...filled, error: error.message, language: request.headers['accept-language'] };
      return sendPage(reply, error.status, drawSetupPage(page));
    }
    const { email = '', password = '' } = filled;
    const signedIn = await auth.api.signInEmail({ body: { email, password }, asResponse: true });
    reply.header('set-cookie', signedIn.headers.getSetCookie());
    return reply.redirect('/', 303);
  });
}

/** Guessing is slowed by where it comes from, and by whose account it is at. */
function throttleSignIn(request: FastifyRequest, { signInByAddress, signInByAccount }: IdentityRoutesOptions): void {
  signInByAddress.take(request.ip);
  const { email } = (request.body ?? {}) as { email?: unknown };
  if (typeof email === 'string') signInByAccount.take(email.trim().toLowerCase().slice(0, 254));
}

function toWebRequest(request: FastifyRequest, path: string): Request {
  const headers = new Headers();
  for (const name of ['cookie', 'content-type', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value) headers.set(name, value);
  }
  const hasBody = request.method === 'POST' && request.body !== undefined && request.body !== null;
  return new Request(`http://localhost${AUTH_PREFIX}${path}`, {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
  });
}

async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) return reply.code(response.status).send({ problem: toProblemShape(sayRefusal(response.status, body)) });
  // The cookie carries the session; no script needs its token.
  const { token: _token, ...rest } = (body ?? {}) as Record<string, unknown>;
  return reply.code(response.status).send(Array.isArray(body) ? body : rest);
}

const REFUSALS: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'The e-mail address or the password is wrong.',
  INVALID_PASSWORD: 'The password is wrong.',
  PASSWORD_TOO_SHORT: 'The new password is too short: it needs 8 characters.',
  PASSWORD_TOO_LONG: 'The new password is too long: it may have 128 characters.',
};

function sayRefusal(status: number, body: unknown): Problem {
  const { code } = (body ?? {}) as { code?: string };
  const say = code === undefined ? undefined : REFUSALS[code];
  if (status === 401) return new Problem('not_signed_in', say);
  return status < 500 ? new Problem('bad_request', say) : new Problem('internal');
}

function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  // Without a referrer the form would be sent without an origin, too.
  reply.header('cache-control', 'no-store').header('referrer-policy', 'same-origin');
  return reply.code(status).type('text/html; charset=utf-8').send(html);
}

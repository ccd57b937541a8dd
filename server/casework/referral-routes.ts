// The addresses of a partner's link. The code comes in a form's body and never in an address; nothing here may be kept by a cache.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Outcome } from '#shared/casework/referral.ts';
import { Problem } from '#shared/platform/problems.ts';
import { createRateLimiter } from '../rate-limit.ts';
import type { RouteContext } from '../route-context.ts';
import { answerLink, openLink } from './referral-inbox.ts';
import { choosePartnerLanguage, drawCodePage, drawPartnerMessage, drawReferralPage, PAGE_SCRIPT } from './referral-page.ts';
import { PARTNER_EVENTS, PARTNER_REASONS } from './partner-answers.ts';

const Token = z.string().regex(/^[A-Za-z0-9_-]{20,64}$/);
const none = z.literal('').transform(() => undefined);
const Answer = z.object({
  token: Token,
  event: z.enum(PARTNER_EVENTS),
  reason: z.union([none, z.enum(PARTNER_REASONS)]).optional(),
  outcome: z.union([none, Outcome]).optional(),
  note: z.string().trim().max(2000).optional(),
});

/** A token cannot be guessed; this keeps anyone from filling the log by trying. */
const TRIES = { burst: 30, perSecond: 1 / 10 };

export function registerReferralRoutes(server: FastifyInstance, { deps }: RouteContext): void {
  const tries = createRateLimiter(TRIES, deps.clock);
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  const languageOf = (request: FastifyRequest) => choosePartnerLanguage(request.headers['accept-language']);

  server.get('/referral', async (request, reply) => send(reply, 200, drawCodePage(languageOf(request))));
  server.get('/referral.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store').send(PAGE_SCRIPT),
  );

  server.post('/referral', async (request, reply) => {
    tries.take(request.ip);
    const language = languageOf(request);
    const token = Token.safeParse((request.body as { token?: unknown } | null)?.token);
    return answer(reply, language, async () => {
      if (!token.success) throw new Problem('expired');
      const referral = await openLink(deps, token.data);
      return drawReferralPage(referral, { token: token.data, language, registry: deps.registry });
    });
  });

  server.post('/referral/answer', async (request, reply) => {
    tries.take(request.ip);
    const language = languageOf(request);
    const form = Answer.safeParse(request.body);
    return answer(reply, language, async () => {
      if (!form.success) throw new Problem('bad_request', 'Choose an answer, and where you cannot take them, a reason.');
      const { token, note, ...move } = form.data;
      const { from } = await answerLink(deps, token, { ...move, ...(note && { note }) });
      return drawPartnerMessage(language, { thanks: from });
    });
  });
}

async function answer(
  reply: FastifyReply,
  language: ReturnType<typeof choosePartnerLanguage>,
  draw: () => Promise<string>,
): Promise<FastifyReply> {
  try {
    return send(reply, 200, await draw());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return send(reply, error.status, drawPartnerMessage(language, error.code === 'expired' ? 'gone' : { fault: error.message }));
  }
}

function send(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex, nofollow')
    .send(page);
}

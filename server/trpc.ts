// The one initTRPC. A procedure can only be made with a policy; refusals leave as a closed list of problems,
// and neither a stack nor the text of an unforeseen error leaves at all.

import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { Problem, type ProblemCode } from '#shared/platform/problems.ts';
import { assertAllowed, type Actor } from './identity/actor.ts';
import { findStorageProblem } from './db/storage-problem.ts';
import type { Policy } from './identity/policies.ts';

/** What a procedure knows of its call. Everything else a router is handed as ServerDeps. */
interface RequestContext {
  actor: Actor;
  /** Address of the caller, for throttling; never stored with what was asked. */
  address: string;
}

interface ProcedureMeta {
  policy: Policy;
}

/** A refusal as the client sees it, in `error.data.problem`. */
export interface ProblemShape {
  code: ProblemCode;
  status: number;
  say: string;
  suggestions: string[];
}

const TRPC_CODES = {
  bad_request: 'BAD_REQUEST',
  not_signed_in: 'UNAUTHORIZED',
  not_allowed: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  too_large: 'PAYLOAD_TOO_LARGE',
  unprocessable: 'UNPROCESSABLE_CONTENT',
  too_many_requests: 'TOO_MANY_REQUESTS',
  expired: 'NOT_FOUND',
  not_available: 'NOT_IMPLEMENTED',
  no_storage: 'INTERNAL_SERVER_ERROR',
  internal: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ProblemCode, TRPCError['code']>;

const PROBLEM_OF_TRPC_CODE: Partial<Record<TRPCError['code'], ProblemCode>> = {
  ...Object.fromEntries(Object.entries(TRPC_CODES).map(([problem, code]) => [code, problem])),
  NOT_FOUND: 'not_found',
  PARSE_ERROR: 'bad_request',
  METHOD_NOT_SUPPORTED: 'bad_request',
  UNSUPPORTED_MEDIA_TYPE: 'bad_request',
};

/** The problem behind any error: what was refused in words, and only "something went wrong" for everything unforeseen. */
export function toProblem(error: unknown): Problem {
  const refused = error instanceof Problem ? error : findStorageProblem(error);
  if (refused) return refused;
  if (!(error instanceof TRPCError)) return new Problem('internal');
  if (error.cause instanceof Problem) return error.cause;
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError) return new Problem('bad_request', sayIssues(error.cause));
  return new Problem(PROBLEM_OF_TRPC_CODE[error.code] ?? 'internal');
}

function sayIssues(error: z.ZodError): string {
  const said = error.issues
    .slice(0, 5)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message));
  return `The request cannot be read. ${said.join('; ')}.`;
}

export function toProblemShape(problem: Problem): ProblemShape {
  return { code: problem.code, status: problem.status, say: problem.message, suggestions: problem.suggestions };
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 20_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
    errorFormatter({ error, shape }) {
      const problem = toProblem(error);
      return {
        message: problem.message,
        code: shape.code,
        data: { code: TRPC_CODES[problem.code], httpStatus: problem.status, problem: toProblemShape(problem) },
      };
    },
  });

const guarded = t.procedure
  .use(async ({ next }) => {
    const result = await next();
    const cause = result.ok ? undefined : result.error.cause;
    if (cause instanceof Problem) throw new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
    return result;
  })
  .use(({ ctx, meta, next }) => {
    assertAllowed(ctx.actor, meta?.policy);
    return next();
  });

/**
 * Starts a procedure under a policy: `procedure('directory.read').input(…).query(…)`.
 * There is no other way to make one, so that none can be open by oversight.
 */
export function procedure(policy: Policy) {
  return guarded.meta({ policy });
}

export const { router, createCallerFactory } = t;

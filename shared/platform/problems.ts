// The closed list of refused uses. Whoever meets one is told in words; nothing else leaves the server.

export const PROBLEMS = {
  bad_request: { status: 400, say: 'The request cannot be read.' },
  not_signed_in: { status: 401, say: 'Sign in first.' },
  not_allowed: { status: 403, say: 'Your role does not allow this.' },
  not_found: { status: 404, say: 'There is no such record, or it is not yours to see.' },
  conflict: { status: 409, say: 'Someone else changed this in the meantime.' },
  too_large: { status: 413, say: 'This is larger than the server accepts.' },
  unprocessable: { status: 422, say: 'The data was understood, but cannot be used.' },
  too_many_requests: { status: 429, say: 'Too many requests. Wait a moment and try again.' },
  expired: { status: 410, say: 'This link has expired.' },
  not_available: { status: 501, say: 'This is not available on this server.' },
  no_storage: { status: 507, say: 'The server cannot write: its disk is full or read-only. Nothing was changed.' },
  internal: { status: 500, say: 'Something went wrong on the server. It has been noted.' },
} as const satisfies Record<string, { status: number; say: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A use that is refused. `message` is shown to the person; `suggestions` are things to try instead. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly suggestions: string[];

  constructor(code: ProblemCode, message?: string, suggestions: string[] = []) {
    super(message ?? PROBLEMS[code].say);
    this.name = 'Problem';
    this.code = code;
    this.suggestions = suggestions;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

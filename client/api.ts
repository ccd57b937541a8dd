// The browser's side of the API, typed by the server's router. Every call is a POST, so that no fact or place is ever in
// an address; refusals come back as the server's own sentence.

import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { Disposable } from '#shared/platform/disposable.ts';
import { Emitter } from '#shared/platform/event.ts';
import type { AppRouter } from '#server/router.ts';

export type { AppRouter };
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
export type Session = Outputs['session']['me'];
export type Contributions = Outputs['plugins']['contributions'];

const URL = '/api/trpc';
const sessionEnded = new Emitter<void>();

/** A session may end while a page is open: the first call that is refused for it tells, whatever asked. */
const noticeSessionEnd: TRPCLink<AppRouter> = () => (given) =>
  observable((observer) =>
    given.next(given.op).subscribe({
      next: (value) => observer.next(value),
      error(error) {
        if (problemCodeOf(error) === 'not_signed_in') sessionEnded.fire();
        observer.error(error);
      },
      complete: () => observer.complete(),
    }),
  );

export const api = createTRPCClient<AppRouter>({
  links: [
    noticeSessionEnd,
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url: URL }),
      false: httpBatchLink({ url: URL, methodOverride: 'POST', maxItems: 20 }),
    }),
  ],
});

/** What went wrong, in words for the person: the server's sentence, or that it could not be reached. */
export function sayFailure(error: unknown): string {
  if (error instanceof TRPCClientError) {
    const problem = (error.data as { problem?: { say?: string } } | null | undefined)?.problem;
    return problem?.say ?? error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Which of the server's problems it is; undefined: another fault, or nobody answered. */
export function problemCodeOf(error: unknown): string | undefined {
  return error instanceof TRPCClientError ? (error.data as { problem?: { code?: string } } | null | undefined)?.problem?.code : undefined;
}

/** True where the server could not be reached at all. */
export function isOffline(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data == null;
}

// Who is signed in, and what plugins contribute, are fetched once and shared; a new session or language fetches again.

let session: Promise<Session> | undefined;
const contributions = new Map<string, Promise<Contributions>>();
const sessionChanged = new Emitter<Session>();
const contributionsChanged = new Emitter<void>();

/** Fires when rules were published or taken back, here or elsewhere, when plugins were switched, and when streets and maps came or went. */
export const onDidChangeContributions = contributionsChanged.event;

/** Fires when the server no longer knows who this is. */
export const onDidEndSession = sessionEnded.event;

/** Fires after sign-in and sign-out. */
export const onDidChangeSession = sessionChanged.event;

export function getSession(): Promise<Session> {
  session ??= api.session.me.query().catch((error: unknown) => {
    session = undefined;
    throw error;
  });
  return session;
}

/** After rules were published, here or elsewhere, or plugins were switched: what is read next is read anew. */
export function forgetContributions(): void {
  contributions.clear();
  contributionsChanged.fire();
}

export async function refreshSession(): Promise<Session> {
  session = undefined;
  contributions.clear();
  const fresh = await getSession();
  sessionChanged.fire(fresh);
  if (following) followDirectory();
  return fresh;
}

// A browser keeps six connections to a server for all its tabs: each page holds one open for news of the directory, and
// shares it.

let following: { unsubscribe(): void } | undefined;
const directoryChanged = new Emitter<void>();
const connectionChanged = new Emitter<boolean>();

/** Fires with each new version of the directory, whoever changed it. */
export function onDidChangeDirectory(listener: () => void): Disposable {
  if (!following) followDirectory();
  return directoryChanged.event(listener);
}

/** Fires when the server is heard of again (true), and when it is not (false). */
export function onDidChangeConnection(listener: (connected: boolean) => void): Disposable {
  if (!following) followDirectory();
  return connectionChanged.event(listener);
}

/** Versions as they were last heard of. */
let heard: { version: string; rules: number; streets: number } | undefined;

function followDirectory(): void {
  following?.unsubscribe();
  heard = undefined;
  following = api.directory.onChange.subscribe(undefined, {
    onData: (now) => {
      const before = heard;
      heard = now;
      // Rules alone leave the directory as it was; what was missed while the connection was down is heard of by the number.
      const sameStreets = before?.streets === now.streets;
      if (before && !(before.rules === now.rules && sameStreets)) forgetContributions();
      if (before?.version !== now.version || before.rules === now.rules || !sameStreets) directoryChanged.fire();
    },
    onConnectionStateChange: ({ state }) => {
      if (state !== 'idle') connectionChanged.fire(state === 'pending');
    },
    onError: () => undefined,
  });
}

/** What plugins contribute, with the texts of one language. */
export function getContributions(language: string): Promise<Contributions> {
  let found = contributions.get(language);
  if (!found) {
    found = api.plugins.contributions.query({ language }).catch((error: unknown) => {
      contributions.delete(language);
      throw error;
    });
    contributions.set(language, found);
  }
  return found;
}

// Who is signed in, as this page knows it, and the way in and out.

import { refreshSession, type Session } from '../api.ts';
import { reloadForGood } from '../ui/half-written.ts';

export type SignInOutcome = 'done' | 'wrong' | 'too_many' | 'unreachable';

class Account {
  session = $state.raw<Session | null>(null);
  dialogOpen = $state(false);
}

/** One for the page: there is one session cookie too. */
export const account = new Account();

async function post(path: string, body: unknown): Promise<Response> {
  return fetch(`/api/auth${path}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  let answer: Response;
  try {
    answer = await post('/sign-in/email', { email, password });
  } catch {
    return 'unreachable';
  }
  if (answer.status === 429) return 'too_many';
  if (answer.status >= 500) return 'unreachable';
  if (!answer.ok) return 'wrong';
  await refreshSession();
  return 'done';
}

export async function signOut(): Promise<void> {
  await post('/sign-out', {});
  // A fresh page: nothing of what the person saw stays in memory.
  reloadForGood();
}

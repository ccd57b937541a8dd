// Hands the search down to the parts of the screen.

import { getContext, setContext } from 'svelte';
import type { FindSession } from './session.svelte.ts';

const KEY = Symbol('find');

export function provideFind(session: FindSession): void {
  setContext(KEY, session);
}

export function useFind(): FindSession {
  const session = getContext<FindSession | undefined>(KEY);
  if (!session) throw new Error('This part of the Find screen stands outside of it.');
  return session;
}

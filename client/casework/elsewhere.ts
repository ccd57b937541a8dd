// What happens in another window, or at a colleague's desk: the server is asked for a mark of whom the lists show, which tells
// nothing of anybody, and where it is another one they are read again.

import { api, getSession, onDidChangeSession } from '#client/api.ts';
import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import { onDidChangePeople, tellElsewhere } from './server.ts';

const EVERY_MS = 20_000;

/** Asks as long as somebody looks at the page, and at once when they come back to it. */
export function followElsewhere(): Disposable {
  const store = new DisposableStore();
  let mark: string | null = null;
  let asked = 0;
  async function look({ tell }: { tell: boolean }): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    const mine = ++asked;
    try {
      const { agency, permissions } = await getSession();
      const now = agency !== null && permissions.includes('people.intake') ? await api.caseload.mark.query() : null;
      if (mine !== asked) return;
      const before = mark;
      mark = now;
      if (tell && before !== null && now !== before) tellElsewhere();
    } catch {
      // Asked again the next time.
    }
  }
  const ask = () => void look({ tell: true });
  void look({ tell: false });
  // Who writes here reads again anyway.
  store.add(onDidChangePeople((person) => person !== null && void look({ tell: false })));
  store.add(onDidChangeSession(() => void look({ tell: false })));
  const timer = setInterval(ask, EVERY_MS);
  document.addEventListener('visibilitychange', ask);
  window.addEventListener('focus', ask);
  store.add({
    dispose() {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
      window.removeEventListener('focus', ask);
    },
  });
  return store;
}

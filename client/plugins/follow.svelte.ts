// Registers what plugins contribute, in the reader's language, and anew when the language or who is signed in changes.

import { getContributions, onDidChangeContributions, onDidChangeSession, type Contributions } from '#client/api.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';

/** @param pick what is registered: where that is the same as before, nothing of it is touched */
export function followContributions<T>(
  workbench: WorkbenchApi,
  pick: (contributions: Contributions) => T,
  register: (contributions: T, language: string) => Disposable,
): Disposable {
  const store = new DisposableStore();
  let registered: Disposable | undefined;
  let what = '';
  let latest = 0;

  async function load(language: string): Promise<void> {
    const mine = ++latest;
    // Where they cannot be had, what is there stays; whoever starts the page says that the server is away.
    const contributions = await getContributions(language).catch(() => undefined);
    if (!contributions || mine !== latest) return;
    const picked = pick(contributions);
    const now = JSON.stringify([language, picked]);
    if (now === what) return;
    what = now;
    registered?.dispose();
    registered = register(picked, language);
  }

  store.add(onDidChangeSession(() => void load(workbench.language)));
  store.add(onDidChangeContributions(() => void load(workbench.language)));
  store.add(
    toDisposable(
      $effect.root(() => {
        $effect(() => {
          void load(workbench.language);
        });
      }),
    ),
  );
  store.add(
    toDisposable(() => {
      latest += 1;
      registered?.dispose();
    }),
  );
  return store;
}

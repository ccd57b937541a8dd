// Keeps the context keys of the Find screen, and its catalogue in the reader's language.

import { getContributions, onDidChangeContributions, onDidChangeSession } from '#client/api.ts';
import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import { Catalog } from './catalog.ts';
import type { FindSession } from './session.svelte.ts';

export function followContext(find: FindSession): Disposable {
  const { workbench } = find;
  const store = new DisposableStore();
  let loads = 0;
  const load = (language: string) => {
    const mine = ++loads;
    return getContributions(language).then(
      (contributions) => mine === loads && find.setCatalog(new Catalog(contributions, language)),
      () => undefined,
    );
  };
  store.add(onDidChangeSession(() => void load(workbench.language)));
  // What is shown was decided by the rules as they were.
  store.add(onDidChangeContributions(() => void load(workbench.language).then(() => find.retry())));
  store.add(
    toDisposable(
      $effect.root(() => {
        $effect(() => {
          void load(workbench.language);
        });
        $effect(() => {
          workbench.setContext('find.hasPlace', find.draft.place !== null);
          workbench.setContext('find.hasQuestion', find.question !== null);
          workbench.setContext('find.hasResults', find.rows.length > 0);
          workbench.setContext('find.hasSelection', find.selected !== null);
          workbench.setContext('find.shortlisted', find.shortlist.length);
          // Raised with each answer, so that what asks `find.matchOf` asks again.
          workbench.setContext('find.answer', find.answered);
        });
      }),
    ),
  );
  return store;
}

// Keeps the context keys of the Find screen, and its catalogue in the reader's language.

import { getContributions, onDidChangeSession } from '#client/api.ts';
import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import { Catalog } from './catalog.ts';
import type { FindSession } from './session.svelte.ts';

export function followContext(find: FindSession): Disposable {
  const { workbench } = find;
  const store = new DisposableStore();
  const load = (language: string) =>
    getContributions(language).then(
      (contributions) => workbench.language === language && find.setCatalog(new Catalog(contributions, language)),
      () => undefined,
    );
  store.add(onDidChangeSession(() => void load(workbench.language)));
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

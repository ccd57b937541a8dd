// The list of features. What stands here is what the browser can call.

import type { ServerDeps } from './deps.ts';
import { caseloadRouter } from './casework/caseload-router.ts';
import { referralRouter } from './casework/referral-router.ts';
import { peopleRouter } from './casework/router.ts';
import { directoryRouter, placesRouter } from './directory/router.ts';
import { editRouter, historyRouter } from './directory/history-router.ts';
import { hiddenRouter } from './directory/hidden-router.ts';
import { exportsRouter } from './directory/exports-router.ts';
import { handoutRouter } from './handout/router.ts';
import { importsRouter } from './directory/imports-router.ts';
import { problemsRouter } from './directory/problems-router.ts';
import { suggestionsRouter } from './directory/suggest-router.ts';
import { gapsRouter } from './gaps/router.ts';
import { findRouter } from './matching/router.ts';
import { madeRouter } from './plugins/made/router.ts';
import { pluginsRouter } from './plugins/router.ts';
import { rulesRouter } from './rules/router.ts';
import { sessionRouter } from './identity/router.ts';
import { travelRouter } from './streets/router.ts';
import { settingsRouter } from './settings-router.ts';
import { router } from './trpc.ts';

export function createAppRouter(deps: ServerDeps) {
  return router({
    session: sessionRouter(deps),
    plugins: pluginsRouter(deps),
    made: madeRouter(deps),
    settings: settingsRouter(deps),
    directory: directoryRouter(deps),
    places: placesRouter(deps),
    hidden: hiddenRouter(deps),
    imports: importsRouter(deps),
    exports: exportsRouter(deps),
    history: historyRouter(deps),
    edit: editRouter(deps),
    problems: problemsRouter(deps),
    suggestions: suggestionsRouter(deps),
    find: findRouter(deps),
    travel: travelRouter(deps),
    handout: handoutRouter(deps),
    rules: rulesRouter(deps),
    gaps: gapsRouter(deps),
    people: peopleRouter(deps),
    referrals: referralRouter(deps),
    caseload: caseloadRouter(deps),
  });
}

/** The only thing of the server that the client knows: its type. */
export type AppRouter = ReturnType<typeof createAppRouter>;

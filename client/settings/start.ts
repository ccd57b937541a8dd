// What the page learns from the server at its start and after each sign-in: who is there, what plugins contribute,
// what was chosen. The shell is drawn before any of it is here.

import { localize } from '#shared/platform/localized.ts';
import {
  getContributions,
  getSession,
  isOffline,
  onDidChangeContributions,
  onDidChangeSession,
  onDidEndSession,
  sayFailure,
  api,
  type Contributions,
  type Session,
} from '../api.ts';
import { toDisposable, DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import type { PreferenceValues } from '../workbench/preferences.svelte.ts';
import type { Workbench } from '../workbench/workbench.svelte.ts';
import { reloadForGood } from '../ui/half-written.ts';
import { account } from './account.svelte.ts';

/** Preferences that an account can keep → the setting that keeps them. */
const KEPT: Readonly<Partial<Record<keyof PreferenceValues, string>>> = {
  theme: 'workbench.theme',
  textSize: 'workbench.textSize',
  language: 'workbench.language',
  keybindings: 'workbench.keybindings',
};

export function connectToServer(workbench: Workbench): Disposable {
  const store = new DisposableStore();
  let receiving = false;

  store.add(workbench.provideBundles((language) => loadBundle(workbench, language)));
  store.add(onDidChangeSession((session) => void receive(session)));
  // A plugin was switched or rewritten: its themes and texts too.
  store.add(
    onDidChangeContributions(
      () =>
        void getContributions(workbench.wishedLanguage).then(
          (contributions) => applyContributions(workbench, contributions),
          () => undefined,
        ),
    ),
  );
  // Over whatever is half written, which then goes on.
  store.add(onDidEndSession(() => (account.dialogOpen ||= Boolean(account.session?.user))));
  store.add(
    toDisposable(
      workbench.preferences.onDidChange((key) => {
        const setting = KEPT[key];
        if (!setting || receiving || !account.session?.user) return;
        void api.settings.set
          .mutate({ scope: 'user', key: setting, value: workbench.preferences.values[key] as never })
          .catch((error: unknown) =>
            workbench.reportFailure(workbench.t('settings.notSaved', { title: setting }), new Error(sayFailure(error))),
          );
      }),
    ),
  );

  async function receive(session: Session): Promise<void> {
    const before = account.session?.user;
    account.session = session;
    // Nothing of what one person saw stays for the next.
    if (before && session.user && before.id !== session.user.id) return reloadForGood();
    applySession(workbench, session);
    const [contributions, values] = await Promise.all([getContributions(workbench.wishedLanguage), api.settings.get.query()]);
    receiving = true;
    applyContributions(workbench, contributions);
    applyValues(workbench, values);
    receiving = false;
    if (!session.user && !session.deployment.findWithoutAccount) account.dialogOpen = true;
  }

  void start();
  return store;

  async function start(): Promise<void> {
    try {
      // Side by side: contributions do not wait for the session.
      const contributions = getContributions(workbench.wishedLanguage);
      contributions.catch(() => undefined);
      await receive(await getSession());
    } catch (error) {
      workbench.setContext('offline', isOffline(error));
      workbench.reportFailure(
        workbench.t('settings.startFailed'),
        new Error(isOffline(error) ? workbench.t('settings.startFailedHint') : sayFailure(error)),
      );
    }
  }
}

function applySession(workbench: Workbench, session: Session): void {
  workbench.deploymentName = session.deployment.name;
  workbench.setContext('signedIn', session.user !== null);
  workbench.setContext('role', session.role);
  for (const permission of session.permissions) workbench.setContext(`can.${permission}`, true);
  workbench.setContext('agency', session.agency !== null);
}

function applyContributions(workbench: Workbench, contributions: Contributions): void {
  for (const language of contributions.languages) workbench.messages.addLanguage(language);
  for (const { value } of contributions.translations) workbench.messages.addBundle(value.language, value.messages);
  if (contributions.themes.length > 0) {
    workbench.appearance.themes = contributions.themes.map(({ value }) => ({
      id: value.id,
      label: localize(value.label, workbench.wishedLanguage),
      base: value.base,
      tokens: value.tokens,
    }));
  }
}

/** What an account or the deployment chose, where this browser has chosen nothing itself. */
function applyValues(workbench: Workbench, values: Readonly<Record<string, unknown>>): void {
  const { preferences } = workbench;
  const theme = values['workbench.theme'];
  const size = values['workbench.textSize'];
  const language = values['workbench.language'];
  const keys = values['workbench.keybindings'];
  if (preferences.values.theme === 'system' && typeof theme === 'string') preferences.set('theme', theme);
  if (preferences.values.textSize === 'default' && (size === 'large' || size === 'larger')) preferences.set('textSize', size);
  if (preferences.values.language === 'auto' && typeof language === 'string') preferences.set('language', language);
  if (Object.keys(preferences.values.keybindings).length === 0 && typeof keys === 'object' && keys !== null) {
    preferences.set('keybindings', keys as PreferenceValues['keybindings']);
  }
}

async function loadBundle(workbench: Workbench, language: string): Promise<void> {
  const contributions = await getContributions(language);
  for (const { value } of contributions.translations) workbench.messages.addBundle(value.language, value.messages);
}

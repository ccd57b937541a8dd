// What waits for whoever is signed in: people offered to them, emergency accesses, closings, and what a supervisor should ask about.
// Counts only, read again after each write and every few minutes, so that the bar shows it without anybody looking for it.

import { api, getSession, onDidChangeSession, type Outputs } from '#client/api.ts';
import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import { onDidChangePeople } from './server.ts';

export type Alerts = Outputs['people']['alerts'];

const EVERY_MS = 3 * 60_000;

const state = $state<{ alerts: Alerts | null }>({ alerts: null });

export function readAlerts(): Alerts | null {
  return state.alerts;
}

/** How many things wait, of all kinds. */
export function countAlerts(): number {
  const { alerts } = state;
  if (!alerts) return 0;
  const supervised = Object.values(alerts.supervise ?? {}).reduce((sum, count) => sum + count, 0);
  return alerts.offers + alerts.glassOnMine.length + supervised;
}

async function refresh(): Promise<void> {
  try {
    const { agency, permissions } = await getSession();
    const works = agency !== null && permissions.includes('people.intake');
    state.alerts = works ? await api.people.alerts.query() : null;
  } catch {
    // Where it cannot be read now, what was known stands until the next time.
  }
}

/** Keeps them current as long as the page is there. */
export function followAlerts(): Disposable {
  const store = new DisposableStore();
  void refresh();
  store.add(onDidChangeSession(() => void refresh()));
  store.add(onDidChangePeople(() => void refresh()));
  const timer = setInterval(() => document.visibilityState === 'visible' && void refresh(), EVERY_MS);
  store.add({ dispose: () => clearInterval(timer) });
  return store;
}

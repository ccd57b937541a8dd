// How long a step would take a practised person, estimated by the keystroke-level model of Card, Moran and Newell (1980): what was
// pressed and pointed at is counted in the page, and each act costs what they measured. No person was timed; learning, reading and
// looking for a word to write are not in it.

import type { Page } from 'playwright-core';

/** Seconds: a key of an average typist, pointing at a target, pressing the button there, a hand from keys to mouse, making up one's mind. */
const COSTS = { keys: 0.28, pointings: 1.1, clicks: 0.2, homings: 0.4, decisions: 1.35 };

export type Acts = Record<keyof typeof COSTS, number>;

declare global {
  interface Window {
    acts?: Acts & { hand: 'keys' | 'mouse' };
  }
}

/** To be called before the page is opened or reloaded. */
export async function countActs(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const acts = (window.acts ??= { keys: 0, pointings: 0, clicks: 0, homings: 0, decisions: 0, hand: 'keys' });
    const use = (hand: 'keys' | 'mouse') => {
      if (acts.hand !== hand) acts.homings += 1;
      acts.hand = hand;
    };
    const point = () => {
      use('mouse');
      acts.pointings += 1;
      acts.clicks += 1;
      acts.decisions += 1;
    };
    const lengths = new WeakMap<EventTarget, number>();
    window.addEventListener('click', (event) => event.detail > 0 && point(), true);
    window.addEventListener('paste', () => {
      use('keys');
      acts.keys += 2;
    }, true); // prettier-ignore
    window.addEventListener(
      'input',
      ({ target }) => {
        if (target instanceof HTMLSelectElement) {
          point();
          point();
        } else if (target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox')) return;
        else if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
          const before = lengths.get(target) ?? 0;
          // Coming to a field is a pointing and a decision, each letter a key.
          if (!lengths.has(target)) point();
          use('keys');
          acts.keys += Math.abs(target.value.length - before) || 1;
          lengths.set(target, target.value.length);
        }
      },
      true,
    );
  });
}

/** What was done since the last call, and its seconds. */
export async function takeActs(page: Page): Promise<Acts & { seconds: number }> {
  const acts = await page.evaluate(() => {
    const now = window.acts ?? { keys: 0, pointings: 0, clicks: 0, homings: 0, decisions: 0, hand: 'keys' as const };
    const taken = { keys: now.keys, pointings: now.pointings, clicks: now.clicks, homings: now.homings, decisions: now.decisions };
    Object.assign(now, { keys: 0, pointings: 0, clicks: 0, homings: 0, decisions: 0 });
    return taken;
  });
  const seconds = Object.entries(COSTS).reduce((sum, [act, cost]) => sum + acts[act as keyof Acts] * cost, 0);
  return { ...acts, seconds: Math.round(seconds) };
}

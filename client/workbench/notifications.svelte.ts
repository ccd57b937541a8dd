// What is told in passing: a stack that leaves by itself, a list of the last ones, and progress of long work.

import { toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import type { Notification, Progress } from './types.ts';

export interface ShownNotification extends Notification {
  id: number;
  /** ms since 1970. */
  at: number;
  /** In the stack; otherwise only in the list. */
  visible: boolean;
  read: boolean;
}

export interface ShownProgress {
  id: number;
  title: string;
  text: string | undefined;
  done: number | undefined;
  total: number | undefined;
  cancel: (() => void) | undefined;
}

const KEPT = 50;
const SHOW_PROGRESS_AFTER = 300;
const USUAL_TIMEOUT = { info: 6_000, success: 6_000, warning: 12_000, error: Infinity } as const;
/** Time to take something back. */
const ACTION_TIMEOUT = 10_000;

export class Notifications {
  items = $state.raw<readonly ShownNotification[]>([]);
  progresses = $state.raw<readonly ShownProgress[]>([]);
  #next = 1;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from timers
  readonly #timers = new Map<number, { timer: ReturnType<typeof setTimeout> | undefined; left: number; since: number }>();
  readonly #announce: (text: string, urgent: boolean) => void;

  constructor(announce: (text: string, urgent: boolean) => void) {
    this.#announce = announce;
  }

  get unread(): number {
    return this.items.filter((item) => !item.read).length;
  }

  notify(notification: Notification): Disposable {
    const id = this.#next++;
    const shown: ShownNotification = { ...notification, id, at: Date.now(), visible: true, read: false };
    this.items = [shown, ...this.items].slice(0, KEPT);
    this.#announce([notification.text, notification.detail].filter(Boolean).join(' '), notification.severity === 'error');
    const usual = notification.actions?.length
      ? Math.max(ACTION_TIMEOUT, USUAL_TIMEOUT[notification.severity])
      : USUAL_TIMEOUT[notification.severity];
    this.#startTimer(id, notification.timeout ?? usual);
    return toDisposable(() => this.hide(id));
  }

  /** Takes it out of the stack; it stays in the list. */
  hide(id: number): void {
    clearTimeout(this.#timers.get(id)?.timer);
    this.#timers.delete(id);
    this.items = this.items.map((item) => (item.id === id ? { ...item, visible: false } : item));
  }

  clear(): void {
    for (const item of this.items) this.hide(item.id);
    this.items = [];
  }

  markRead(): void {
    this.items = this.items.map((item) => ({ ...item, read: true }));
  }

  /** While someone reads (pointer or focus on the stack) nothing leaves. */
  pause(): void {
    for (const timer of this.#timers.values()) {
      clearTimeout(timer.timer);
      timer.left -= Date.now() - timer.since;
      timer.since = Date.now();
      timer.timer = undefined;
    }
  }

  resume(): void {
    for (const [id, timer] of this.#timers) if (timer.timer === undefined) this.#startTimer(id, Math.max(1_500, timer.left));
  }

  progress(title: string, onCancel?: () => void): Progress {
    const id = this.#next++;
    let shown: ShownProgress = { id, title, text: undefined, done: undefined, total: undefined, cancel: onCancel };
    let ended = false;
    let visible = false;
    const timer = setTimeout(() => {
      visible = true;
      this.progresses = [...this.progresses, shown];
      this.#announce(title, false);
    }, SHOW_PROGRESS_AFTER);
    return {
      update: (state) => {
        if (ended) return;
        shown = { ...shown, done: state.done ?? shown.done, total: state.total ?? shown.total, text: state.text ?? shown.text };
        if (visible) this.progresses = this.progresses.map((each) => (each.id === id ? shown : each));
      },
      end: () => {
        ended = true;
        clearTimeout(timer);
        this.progresses = this.progresses.filter((each) => each.id !== id);
      },
    };
  }

  #startTimer(id: number, left: number): void {
    if (left === Infinity) return;
    this.#timers.set(id, { timer: setTimeout(() => this.hide(id), left), left, since: Date.now() });
  }
}

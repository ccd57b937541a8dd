// The directory's version and age, kept current by the server's own word, which is at the same time the sign that it is there.

import { api, getSession, onDidChangeSession, type Outputs } from '../api.ts';
import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';

export class DirectoryWatch implements Disposable {
  status = $state.raw<Outputs['directory']['status'] | null>(null);
  /** ms since 1970; null while the server answers. */
  offlineSince = $state<number | null>(null);
  readonly #store = new DisposableStore();
  readonly #onOffline: (offline: boolean) => void;
  #subscription: Disposable | undefined;

  constructor(onOffline: (offline: boolean) => void) {
    this.#onOffline = onOffline;
    this.#store.add(onDidChangeSession(() => this.#begin()));
    this.#store.add(toDisposable(() => this.#subscription?.dispose()));
    void getSession().then(
      () => this.#begin(),
      () => this.#setOffline(true),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  #begin(): void {
    this.#subscription?.dispose();
    void this.#read();
    const running = api.directory.onChange.subscribe(undefined, {
      onData: () => void this.#read(),
      onConnectionStateChange: ({ state }) => {
        if (state === 'pending') this.#setOffline(false);
        else if (state === 'connecting' && this.status !== null) this.#setOffline(true);
      },
      onError: () => undefined,
    });
    this.#subscription = toDisposable(() => running.unsubscribe());
  }

  async #read(): Promise<void> {
    try {
      this.status = await api.directory.status.query();
      this.#setOffline(false);
    } catch {
      // A refusal is an answer too: only the connection's own state says that nobody answers.
    }
  }

  #setOffline(offline: boolean): void {
    if (offline === (this.offlineSince !== null)) return;
    this.offlineSince = offline ? Date.now() : null;
    this.#onOffline(offline);
  }
}

// The directory's version and age, kept current by the server's own word, which is at the same time the sign that it is there.

import { api, getSession, onDidChangeConnection, onDidChangeDirectory, onDidChangeSession, type Outputs } from '../api.ts';
import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';

export class DirectoryWatch implements Disposable {
  status = $state.raw<Outputs['directory']['status'] | null>(null);
  /** ms since 1970; null while the server answers. */
  offlineSince = $state<number | null>(null);
  readonly #store = new DisposableStore();
  readonly #onOffline: (offline: boolean) => void;

  constructor(onOffline: (offline: boolean) => void) {
    this.#onOffline = onOffline;
    this.#store.add(onDidChangeSession(() => void this.#read()));
    void getSession().then(
      () => this.#begin(),
      () => this.#setOffline(true),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  #begin(): void {
    void this.#read();
    this.#store.add(onDidChangeDirectory(() => void this.#read()));
    this.#store.add(
      onDidChangeConnection((connected) => {
        if (connected) this.#setOffline(false);
        else if (this.status !== null) this.#setOffline(true);
      }),
    );
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

// Views on the server: which there are, which is open, and keeping this one.

import type { GapServer, KeptHead } from './server.ts';
import type { GapsSession } from './session.svelte.ts';
import { linkTo, readView } from './views.ts';

export class KeptViews {
  readonly #gaps: GapsSession;
  readonly #server: GapServer;
  kept = $state.raw<readonly KeptHead[]>([]);
  open = $state.raw<KeptHead | null>(null);

  constructor(gaps: GapsSession) {
    this.#gaps = gaps;
    this.#server = gaps.server;
  }

  async load(): Promise<void> {
    this.kept = await this.#server.views();
  }

  /** @returns what is to be said of it. Rejects where it is not there or cannot be read any more. */
  async show(id: string): Promise<string | null> {
    const { content, ...head } = await this.#server.view(id);
    const view = readView(content);
    const { workbench } = this.#gaps;
    if (!view) return workbench.t('gaps.views.unreadable', { name: head.name });
    this.open = head;
    this.#gaps.restore(view);
    return null;
  }

  /** Under the name of the one that is open it replaces it; another name is another view. */
  async keep(name: string): Promise<string> {
    const { question, plans, workbench } = this.#gaps;
    const same = this.open?.name === name ? this.open : null;
    const content = JSON.parse(JSON.stringify({ question, scenarios: plans.scenarios })) as Record<string, unknown>;
    const head = await this.#server.keepView({ ...(same && { id: same.id }), name, revision: same?.revision ?? 0, content });
    this.open = { name, ...head };
    await this.load();
    return workbench.t('gaps.views.kept', { name });
  }

  /** Of what is kept: what was changed since is not in it. */
  async copyLink(): Promise<string | null> {
    if (!this.open) return null;
    await navigator.clipboard.writeText(linkTo(this.open.id, location.origin));
    return this.#gaps.workbench.t('gaps.views.copied', { name: this.open.name });
  }
}

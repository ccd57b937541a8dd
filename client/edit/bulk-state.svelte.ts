// One change for many services under way: which ones, what is done, and what that would change.

import { api, sayFailure, type Outputs } from '#client/api.ts';
import { findIssue, listEditFields, toEditValue, type EditField, type EditIssueCode } from '#shared/directory/edit.ts';
import { BULK_LISTS, BULK_OBJECTS, isForMany, type BulkList, type BulkRequest } from '#shared/directory/edit-bulk.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';

export type Preview = Outputs['edit']['bulkPreview'];

/** "service.status", or "+language": what the change is for. */
export type BulkTarget = string;

export class BulkState {
  /** Pages that were chosen before; empty: the filter chooses. */
  readonly ids: readonly string[];
  text = $state('');
  type = $state('');
  verifiedBefore = $state('');
  target = $state<BulkTarget>('service.status');
  clears = $state(false);
  typed = $state<string | boolean>('');
  reason = $state('');
  preview = $state.raw<Preview | null>(null);
  failure = $state<string | null>(null);
  working = $state(false);
  tried = $state(false);

  constructor(ids: readonly string[]) {
    this.ids = ids;
  }

  readonly isList = $derived(this.target.startsWith('+'));
  readonly field = $derived.by((): EditField | undefined => {
    if (this.isList) return { name: this.target.slice(1), kind: 'line', required: true };
    const [object, name] = this.target.split('.') as [HsdsObject, string];
    return listEditFields(object).find((field) => field.name === name);
  });

  readonly issue = $derived.by((): EditIssueCode | undefined => {
    if (!this.field || (this.clears && !this.isList)) return undefined;
    const value = typeof this.typed === 'boolean' ? this.typed : toEditValue(this.field, this.typed);
    return value === null ? 'required' : findIssue(this.field, value);
  });

  /** What was looked at is out of date as soon as anything is chosen anew. */
  forget(): void {
    this.preview = null;
    this.failure = null;
  }

  setTarget(target: BulkTarget): void {
    this.target = target;
    this.typed = '';
    this.clears = false;
    this.tried = false;
    this.forget();
  }

  request(): BulkRequest | undefined {
    const { field } = this;
    if (!field || this.issue) return undefined;
    const value = typeof this.typed === 'boolean' ? this.typed : toEditValue(field, this.typed);
    const filter = {
      ...(this.text.trim() ? { text: this.text.trim() } : {}),
      ...(this.type ? { type: this.type } : {}),
      ...(this.verifiedBefore ? { verifiedBefore: this.verifiedBefore } : {}),
    };
    const select = this.ids.length > 0 ? { ids: [...this.ids] } : { filter };
    if (this.isList) return { select, change: { action: 'add', list: this.target.slice(1) as BulkList, value: String(value) } };
    const [object, name] = this.target.split('.') as [(typeof BULK_OBJECTS)[number], string];
    if (this.clears) return { select, change: { action: 'clear', object, field: name } };
    return value === null ? undefined : { select, change: { action: 'set', object, field: name, value } };
  }

  async look(): Promise<void> {
    this.tried = true;
    const request = this.request();
    if (!request || this.working) return;
    await this.#work(async () => (this.preview = await api.edit.bulkPreview.mutate(request)));
  }

  /** Gives the act, where it is done. */
  async apply(): Promise<{ act: number; records: number } | undefined> {
    const request = this.request();
    const { preview } = this;
    if (!request || !preview || this.working) return undefined;
    const reason = this.reason.trim();
    return this.#work(() => api.edit.bulk.mutate({ ...request, digest: preview.digest, ...(reason ? { reason } : {}) }));
  }

  async #work<T>(work: () => Promise<T>): Promise<T | undefined> {
    this.working = true;
    this.failure = null;
    try {
      return await work();
    } catch (error) {
      this.failure = sayFailure(error);
      this.preview = null;
      return undefined;
    } finally {
      this.working = false;
    }
  }
}

/** What can be changed for many, by object. */
export function listBulkTargets(): { object: HsdsObject; fields: EditField[] }[] {
  return BULK_OBJECTS.map((object) => ({ object, fields: listEditFields(object).filter((field) => isForMany(object, field)) }));
}

export const BULK_LIST_TARGETS: readonly BulkTarget[] = Object.keys(BULK_LISTS).map((list) => `+${list}`);

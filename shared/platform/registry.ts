// Contribution points: a point has a schema and hears what came and went; plugins contribute to it.
// A faulty contribution is reported with its plugin's name and left out; it never throws.

import type { z } from 'zod';
import { toDisposable, type Disposable } from './disposable.ts';
import { Emitter } from './event.ts';
import type { Issue } from './result.ts';

export interface Contribution<T> {
  plugin: string;
  value: T;
}

export interface ContributionFault extends Issue {
  plugin: string;
  point: string;
}

export interface ContributionDelta<T> {
  added: readonly Contribution<T>[];
  removed: readonly Contribution<T>[];
}

export interface ContributionPoint<T> {
  readonly id: string;
  readonly schema: z.ZodType<T>;
  /** Every live contribution, in the order in which it came. */
  all(): readonly Contribution<T>[];
  /** Hears each change; on subscription it first hears all that is there. */
  onDidChange(listener: (delta: ContributionDelta<T>) => void): Disposable;
}

class Point<T> implements ContributionPoint<T> {
  readonly id: string;
  readonly schema: z.ZodType<T>;
  readonly items = new Set<Contribution<T>>();
  readonly changed = new Emitter<ContributionDelta<T>>();

  constructor(id: string, schema: z.ZodType<T>) {
    this.id = id;
    this.schema = schema;
  }

  all(): readonly Contribution<T>[] {
    return [...this.items];
  }

  onDidChange(listener: (delta: ContributionDelta<T>) => void): Disposable {
    if (this.items.size > 0) listener({ added: this.all(), removed: [] });
    return this.changed.event(listener);
  }
}

export class ContributionRegistry {
  #points = new Map<string, Point<unknown>>();
  #faults = new Set<ContributionFault>();

  registerPoint<T>(id: string, schema: z.ZodType<T>): ContributionPoint<T> & Disposable {
    if (this.#points.has(id)) throw new Error(`The contribution point "${id}" is registered twice.`);
    const point = new Point(id, schema);
    this.#points.set(id, point as unknown as Point<unknown>);
    return Object.assign(point, { dispose: () => void this.#points.delete(id) });
  }

  getPoint<T>(id: string): ContributionPoint<T> {
    const point = this.#points.get(id);
    if (!point) throw new Error(`There is no contribution point "${id}".`);
    return point as unknown as ContributionPoint<T>;
  }

  pointIds(): string[] {
    return [...this.#points.keys()];
  }

  get faults(): readonly ContributionFault[] {
    return [...this.#faults];
  }

  /**
   * Adds all that one plugin contributes. Disposing takes all of it back, faults too.
   * @param contributes point id → list of values, as the manifest has them (paths already resolved)
   */
  contribute(plugin: string, contributes: Readonly<Record<string, readonly unknown[]>>): Disposable {
    const undo: (() => void)[] = [];
    for (const [id, values] of Object.entries(contributes)) {
      const point = this.#points.get(id);
      if (!point) {
        undo.push(
          this.#fault({
            plugin,
            point: id,
            code: 'unknown_point',
            severity: 'error',
            message: `${plugin}: there is no contribution point "${id}". Points: ${this.pointIds().join(', ')}.`,
          }),
        );
        continue;
      }
      const added: Contribution<unknown>[] = [];
      values.forEach((value, i) => {
        const parsed = point.schema.safeParse(value);
        if (parsed.success) added.push({ plugin, value: parsed.data });
        else {
          for (const issue of parsed.error.issues) {
            const path = [id, i, ...issue.path].join('.');
            undo.push(
              this.#fault({
                plugin,
                point: id,
                code: 'invalid_contribution',
                severity: 'error',
                path,
                message: `${plugin}: ${path}: ${issue.message}`,
              }),
            );
          }
        }
      });
      if (added.length === 0) continue;
      for (const item of added) point.items.add(item);
      point.changed.fire({ added, removed: [] });
      undo.push(() => {
        for (const item of added) point.items.delete(item);
        point.changed.fire({ added: [], removed: added });
      });
    }
    return toDisposable(() => undo.reverse().forEach((step) => step()));
  }

  #fault(fault: ContributionFault): () => void {
    this.#faults.add(fault);
    return () => this.#faults.delete(fault);
  }
}

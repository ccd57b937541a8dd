// What can be done with the parts of a rule, by menu, by keyboard and by dragging alike: each is one edit of the text, is said
// to screen readers, and leaves the focus on the part that it moved.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { findMove, listOf, newCondition, nodeAt, pathAfterMove, toKey } from './nodes.ts';
import * as edits from '#shared/eligibility/rule-document.ts';
import type { RuleState } from './state.svelte.ts';

export type Way = 'up' | 'down' | 'in' | 'out';
export type NewPart = 'condition' | 'group' | 'members' | 'staff';

export class PartActions {
  readonly #rule: RuleState;
  readonly #workbench: WorkbenchApi;
  readonly #focus: (path: edits.NodePath, what: 'grip' | 'first') => void;

  /** @param focus puts the focus on a part once it is drawn: on its handle, or on its first field */
  constructor(rule: RuleState, workbench: WorkbenchApi, focus: (path: edits.NodePath, what: 'grip' | 'first') => void) {
    this.#rule = rule;
    this.#workbench = workbench;
    this.#focus = focus;
  }

  canMove(path: edits.NodePath, way: Way): boolean {
    return findMove(this.#rule.written, path, way) !== undefined;
  }

  move(path: edits.NodePath, way: Way): void {
    const to = findMove(this.#rule.written, path, way);
    if (to) this.moveTo(path, to.list, to.index);
    else this.#say('rules.said.stays');
  }

  moveTo(path: edits.NodePath, list: edits.NodePath, index: number): void {
    const after = edits.moveNode(this.#rule.text, path, list, index);
    if (after === this.#rule.text) return;
    this.#rule.setText(after);
    const place = pathAfterMove(path, list, index);
    this.#choose(place);
    const siblings = nodeAt(this.#rule.written, place.slice(0, -1));
    this.#say('rules.said.moved', { place: Number(place.at(-1)) + 1, count: Array.isArray(siblings) ? siblings.length : 1 });
  }

  add(list: edits.NodePath, what: NewPart, definition: FactDefinition | undefined): void {
    const parts = nodeAt(this.#rule.written, list);
    const index = Array.isArray(parts) ? parts.length : 0;
    const condition = definition ? newCondition(definition, false) : { staff_decides: '' };
    const made: Record<NewPart, object> = {
      condition,
      group: { any: [condition] },
      members: { some: 'household.members', where: { fact: 'age', less_than: 18 } },
      staff: { staff_decides: this.#workbench.t('rules.staff.new') },
    };
    this.#rule.setText(edits.insertNode(this.#rule.text, list, index, made[what]));
    this.#choose([...list, index], 'first');
    this.#say('rules.said.added');
  }

  remove(path: edits.NodePath): void {
    const list = listOf(path);
    if (!list) return;
    this.#rule.setText(edits.removeNode(this.#rule.text, path));
    const place = path.at(-1) as number;
    const left = (nodeAt(this.#rule.written, list) as unknown[]).length;
    this.#choose(left === 0 ? list.slice(0, -1) : [...list, Math.min(place, left - 1)]);
    this.#say('rules.said.removed');
  }

  duplicate(path: edits.NodePath): void {
    const list = listOf(path);
    if (!list) return;
    const { id: _, ...copy } = nodeAt(this.#rule.written, path) as Record<string, unknown>;
    const place = (path.at(-1) as number) + 1;
    this.#rule.setText(edits.insertNode(this.#rule.text, list, place, copy));
    this.#choose([...list, place]);
    this.#say('rules.said.added');
  }

  wrap(path: edits.NodePath, kind: edits.GroupKind): void {
    this.#rule.setText(edits.wrapNode(this.#rule.text, path, kind));
    this.#choose(path);
    this.#say('rules.said.wrapped');
  }

  unwrap(path: edits.NodePath): void {
    const before = this.#rule.text;
    this.#rule.setText(edits.unwrapNode(before, path));
    this.#say(this.#rule.text === before ? 'rules.said.stays' : 'rules.said.unwrapped');
    this.#choose(path);
  }

  undo(): void {
    if (!this.#rule.canUndo) return this.#say('rules.said.nothing');
    this.#rule.undo();
    this.#say('rules.said.undone');
  }

  redo(): void {
    if (!this.#rule.canRedo) return this.#say('rules.said.nothing');
    this.#rule.redo();
    this.#say('rules.said.redone');
  }

  #choose(path: edits.NodePath, what: 'grip' | 'first' = 'grip'): void {
    this.#rule.selected = toKey(path);
    this.#focus(path, what);
  }

  #say(message: string, values: Record<string, unknown> = {}): void {
    this.#workbench.announce(this.#workbench.t(message, values));
  }
}

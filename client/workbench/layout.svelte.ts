// What stands where: the open view and its width, the groups of editors and their tabs, the height of the phone's sheet.
// Survives a reload, except for editors whose kind does not say that it may be kept.

import { readStored, writeStored } from './preferences.svelte.ts';

export interface OpenEditor {
  /** `kind:key`, unique in the whole area. */
  id: string;
  kind: string;
  key: string;
  params: unknown;
}

export interface EditorGroup {
  editors: readonly OpenEditor[];
  /** The id of the editor that is shown; null in an empty group. */
  active: string | null;
}

/** Heights of the phone's sheet, in parts of the room. */
export const SHEET_STOPS = [0.42, 0.57, 0.92] as const;
export const SIDE_WIDTH = { least: 240, usual: 412 };
const EMPTY: EditorGroup = { editors: [], active: null };
const KEY = 'waypost.layout';

interface StoredLayout {
  view: string | null;
  sideOpen: boolean;
  sideWidths: Readonly<Record<string, number>>;
  groups: readonly EditorGroup[];
  focused: number;
  /** Part of the width that the first group has. */
  split: number;
  sheet: number;
}

const DEFAULTS: StoredLayout = {
  view: null,
  sideOpen: true,
  sideWidths: {},
  groups: [EMPTY],
  focused: 0,
  split: 0.5,
  sheet: SHEET_STOPS[1],
};

export interface LayoutOptions {
  /** Whether editors of a kind may be written into the browser's storage. */
  isKept: (kind: string) => boolean;
  isPinned: (kind: string) => boolean;
}

export class Layout {
  readonly #options: LayoutOptions;
  #state = $state.raw<StoredLayout>(readStored(KEY, DEFAULTS));
  /** The side bar gave way to a second group and comes back with its end. */
  #yielded = false;

  constructor(options: LayoutOptions) {
    this.#options = options;
    if (!Array.isArray(this.#state.groups) || this.#state.groups.length === 0)
      this.#state = { ...this.#state, groups: [EMPTY], focused: 0 };
  }

  get view(): string | null {
    return this.#state.view;
  }

  get sideOpen(): boolean {
    return this.#state.sideOpen;
  }

  get groups(): readonly EditorGroup[] {
    return this.#state.groups;
  }

  get focused(): number {
    return Math.min(this.#state.focused, this.#state.groups.length - 1);
  }

  get split(): number {
    return this.#state.split;
  }

  get sheet(): number {
    return this.#state.sheet;
  }

  /** The editor that was shown or touched last. */
  get active(): OpenEditor | undefined {
    const group = this.groups[this.focused];
    return group?.editors.find((editor) => editor.id === group.active);
  }

  widthOf(view: string, usual: number): number {
    return this.#state.sideWidths[view] ?? usual;
  }

  showView(view: string): void {
    this.#yielded = false;
    this.#change({ view, sideOpen: true });
  }

  toggleSide(open = !this.sideOpen): void {
    this.#yielded = false;
    this.#change({ sideOpen: open });
  }

  setWidth(view: string, width: number): void {
    this.#change({ sideWidths: { ...this.#state.sideWidths, [view]: Math.round(width) } });
  }

  setSplit(split: number): void {
    this.#change({ split: Math.min(0.8, Math.max(0.2, split)) });
  }

  setSheet(sheet: number): void {
    this.#change({ sheet });
  }

  focusGroup(index: number): void {
    if (index !== this.focused) this.#change({ focused: index });
  }

  find(id: string): { editor: OpenEditor; group: number } | undefined {
    for (const [group, { editors }] of this.groups.entries()) {
      const editor = editors.find((each) => each.id === id);
      if (editor) return { editor, group };
    }
    return undefined;
  }

  /**
   * Opens an editor, or shows the one that is open.
   * @param options.beside in the second group, which is made where there is none
   * @param options.yieldSide the side bar gives way to a new second group
   */
  open(editor: OpenEditor, options: { beside?: boolean; background?: boolean; yieldSide?: boolean }): void {
    const there = this.find(editor.id);
    const pinned = this.#options.isPinned(editor.kind);
    const target = pinned ? 0 : options.beside ? 1 : (there?.group ?? this.focused);
    let groups = this.groups;
    if (there && there.group !== target && !pinned) {
      groups = groups.map((group, index) => (index === there.group ? without(group, editor.id) : group));
    }
    if (target === 1 && groups.length === 1) {
      groups = [...groups, EMPTY];
      if (options.yieldSide && this.sideOpen) {
        this.#yielded = true;
        this.#state = { ...this.#state, sideOpen: false };
      }
    }
    groups = groups.map((group, index) => (index === target ? including(group, editor, pinned, options.background ?? false) : group));
    this.#setGroups(groups, options.background ? this.focused : target);
  }

  activate(id: string): void {
    const there = this.find(id);
    if (!there) return;
    this.#setGroups(
      this.groups.map((group, index) => (index === there.group ? { ...group, active: id } : group)),
      there.group,
    );
  }

  close(id: string): void {
    const there = this.find(id);
    if (!there || this.#options.isPinned(there.editor.kind)) return;
    this.#setGroups(
      this.groups.map((group) => without(group, id)),
      this.focused,
    );
  }

  /** Moves an editor into the other group. */
  move(id: string, yieldSide: boolean): void {
    const there = this.find(id);
    if (!there || this.#options.isPinned(there.editor.kind)) return;
    if (there.group === 0) this.open(there.editor, { beside: true, yieldSide });
    else
      this.#setGroups(
        this.groups.map((group, index) => (index === 0 ? including(group, there.editor, false, false) : without(group, id))),
        0,
      );
  }

  #setGroups(groups: readonly EditorGroup[], focused: number): void {
    const [first = EMPTY, second] = groups;
    const left = second && second.editors.length > 0 ? (first.editors.length > 0 ? [first, second] : [second]) : [first];
    const sideOpen = left.length === 1 && this.#yielded ? true : this.sideOpen;
    if (left.length === 1) this.#yielded = false;
    this.#change({ groups: left, focused: Math.min(focused, left.length - 1), sideOpen });
  }

  #change(change: Partial<StoredLayout>): void {
    this.#state = { ...this.#state, ...change };
    const groups = this.#state.groups.map((group) => {
      const editors = group.editors.filter((editor) => this.#options.isKept(editor.kind));
      return { editors, active: editors.some((editor) => editor.id === group.active) ? group.active : (editors[0]?.id ?? null) };
    });
    // What gave way for now is kept as open.
    const kept = groups.filter((group) => group.editors.length > 0);
    writeStored(KEY, {
      ...this.#state,
      sideOpen: this.#state.sideOpen || (this.#yielded && kept.length < 2),
      groups: kept.length > 0 ? kept : [EMPTY],
    });
  }
}

function including(group: EditorGroup, editor: OpenEditor, first: boolean, background: boolean): EditorGroup {
  const index = group.editors.findIndex((each) => each.id === editor.id);
  const editors = index >= 0 ? group.editors.with(index, { ...editor }) : first ? [editor, ...group.editors] : [...group.editors, editor];
  return { editors, active: background && group.active !== null ? group.active : editor.id };
}

function without(group: EditorGroup, id: string): EditorGroup {
  const index = group.editors.findIndex((editor) => editor.id === id);
  if (index < 0) return group;
  const editors = group.editors.toSpliced(index, 1);
  return { editors, active: group.active === id ? (editors[Math.min(index, editors.length - 1)]?.id ?? null) : group.active };
}

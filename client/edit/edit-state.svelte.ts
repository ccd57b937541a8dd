// One edit under way: what was on screen, what was typed, and what came of saving it. Nothing is written before Save.

import { api, sayFailure, type Outputs } from '#client/api.ts';
import { findIssue, toEditValue, type EditField, type EditIssueCode, type EditValue, type RecordEdit } from '#shared/directory/edit.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { listTypeFields } from '#shared/directory/type-fields.ts';
import type { ResourceType } from '#shared/plugin-api/points.ts';
import { directoryDoor, type EditDoor } from './edit-door.ts';
import { BEGINNINGS, findField, SECTIONS, type Section } from './fields.ts';

type Form = Outputs['edit']['form'];
type Outcome = Outputs['edit']['save'];
export type Conflict = Extract<Outcome, { saved: false }>['conflicts'][number];

/** A record of the form: as it was read, or new. */
export interface DraftRecord {
  object: HsdsObject;
  id: string;
  isNew: boolean;
  withheld: readonly string[];
  /** What was on screen when it was read; nothing for a new one. */
  base: Readonly<Record<string, EditValue>>;
  references: Readonly<Record<string, string>>;
}

/** The fields of HSDS, and those that come with a kind of resource. */
const OBJECTS = new Set(SECTIONS.map(({ object }) => object));

function toDrafts(form: Form): DraftRecord[] {
  return form.records
    .filter(({ object }) => OBJECTS.has(object))
    .map(({ object, id, values, references, withheld }) => ({ object, id, isNew: false, base: values, references, withheld }));
}

export class EditState {
  readonly id: string;
  readonly #door: EditDoor;
  form = $state.raw<Form | null>(null);
  failure = $state<string | null>(null);
  records = $state.raw<readonly DraftRecord[]>([]);
  /** Whether it is shown where its hidden places are. */
  isExact = $state(false);
  /** What was typed, by record and field; switches are true or false. */
  typed = $state<Record<string, string | boolean>>({});
  removed = $state<Record<string, boolean>>({});
  reason = $state('');
  saving = $state(false);
  conflicts = $state.raw<readonly Conflict[]>([]);
  /** What the server found, until it is typed over. */
  #refused = $state.raw<Readonly<Record<string, EditIssueCode>>>({});
  /** Shown only once it was tried, or the field was left. */
  tried = $state(false);
  left = $state<Record<string, boolean>>({});
  #types: readonly ResourceType[] = [];
  #count = 0;

  constructor(id: string, door: EditDoor = directoryDoor) {
    this.id = id;
    this.#door = door;
  }

  async read(types: readonly ResourceType[]): Promise<void> {
    this.#types = types;
    this.failure = null;
    try {
      this.#take(await this.#door.read(this.id));
    } catch (error) {
      this.failure = sayFailure(error);
    }
  }

  /** Where its hidden places are, with what was typed so far. Throws where it may not be told. */
  async reveal(reason: string): Promise<void> {
    const form = await api.hidden.form.mutate({ id: this.id, reason });
    this.records = [...toDrafts(form), ...this.records.filter(({ isNew }) => isNew)];
    this.isExact = true;
  }

  #take(form: Form): void {
    this.form = form;
    this.records = toDrafts(form);
    this.isExact = false;
    this.typed = {};
    this.removed = {};
    this.left = {};
    this.tried = false;
    this.conflicts = [];
    this.#refused = {};
  }

  readonly type = $derived.by(() => {
    const service = this.records.find(({ object }) => object === 'service');
    return service ? String(this.value(service, 'resource_type') ?? '') : '';
  });

  /** Fields that the chosen kind of resource adds, and others that this service has already. */
  readonly typeFields = $derived.by((): EditField[] => {
    const own = listTypeFields(this.#types.find(({ id }) => id === this.type)?.schema);
    const service = this.records.find(({ object }) => object === 'service');
    const others = this.#types.flatMap(({ schema }) => listTypeFields(schema));
    const stated = others.filter(
      ({ name }) => service && (service.base[name] ?? null) !== null && !own.some((field) => field.name === name),
    );
    return [...own, ...stated];
  });

  fieldOf(object: HsdsObject, name: string): EditField | undefined {
    return findField(object, name) ?? this.typeFields.find((field) => field.name === name);
  }

  #key({ object, id }: { object: string; id: string }, name: string): string {
    return `${object} ${id} ${name}`;
  }

  /** What stands in the field now. */
  value(record: DraftRecord, name: string): EditValue {
    const typed = this.typed[this.#key(record, name)];
    if (typed === undefined) return record.base[name] ?? null;
    const field = this.fieldOf(record.object, name);
    return typeof typed === 'boolean' || !field ? typed : toEditValue(field, typed);
  }

  text(record: DraftRecord, name: string): string {
    const typed = this.typed[this.#key(record, name)];
    return typeof typed === 'string' ? typed : String(record.base[name] ?? '');
  }

  setTyped(record: DraftRecord, name: string, value: string | boolean): void {
    const key = this.#key(record, name);
    this.typed[key] = value;
    if (key in this.#refused) this.#refused = Object.fromEntries(Object.entries(this.#refused).filter(([other]) => other !== key));
  }

  leave(record: DraftRecord, name: string): void {
    this.left[this.#key(record, name)] = true;
  }

  isChanged(record: DraftRecord, name: string): boolean {
    // A switch that is off and one that was never set are the same; a "no" and nothing stated are not.
    const isSwitch = this.fieldOf(record.object, name)?.kind === 'switch';
    const plain = (value: EditValue) => ((isSwitch && value === false) || value === '' ? null : isSwitch && value === true ? 1 : value);
    return (
      plain(this.value(record, name)) !== plain(record.base[name] ?? null) &&
      !(isSwitch && record.base[name] === 0 && !this.value(record, name))
    );
  }

  /** What is wrong with a field, where it is time to say so. */
  issue(record: DraftRecord, name: string): EditIssueCode | undefined {
    const key = this.#key(record, name);
    const refused = this.#refused[key];
    if (refused) return refused;
    if (!this.tried && !this.left[key]) return undefined;
    return this.#issueOf(record, name);
  }

  #issueOf(record: DraftRecord, name: string): EditIssueCode | undefined {
    const field = this.fieldOf(record.object, name);
    if (!field || (!record.isNew && !this.isChanged(record, name))) return undefined;
    return findIssue(field, this.value(record, name));
  }

  add({ object, add }: Section): DraftRecord | undefined {
    const owner =
      add &&
      (this.records.find((record) => record.object === add.to && !record.isNew) ??
        this.records.find((record) => record.object === 'service'));
    if (!add || !owner) return undefined;
    const column = owner.object === add.to ? add.column : 'service_id';
    const record: DraftRecord = {
      object,
      id: `new-${++this.#count}`,
      isNew: true,
      base: {},
      references: { [column]: owner.id },
      withheld: [],
    };
    this.records = [...this.records, record];
    for (const [name, value] of Object.entries(BEGINNINGS[object] ?? {})) this.setTyped(record, name, value);
    return record;
  }

  remove(record: DraftRecord): void {
    if (record.isNew) this.records = this.records.filter((other) => other !== record);
    else this.removed[`${record.object} ${record.id}`] = true;
  }

  keep(record: DraftRecord): void {
    this.removed[`${record.object} ${record.id}`] = false;
  }

  isRemoved(record: DraftRecord): boolean {
    return this.removed[`${record.object} ${record.id}`] === true;
  }

  namesOf(record: DraftRecord): string[] {
    const section = SECTIONS.find(({ object }) => object === record.object);
    return [...(section?.fields ?? []), ...(record.object === 'service' ? this.typeFields.map(({ name }) => name) : [])];
  }

  readonly edits = $derived.by((): RecordEdit[] =>
    this.records.flatMap((record): RecordEdit[] => {
      const { object, id, isNew, base, references } = record as DraftRecord & { object: RecordEdit['object'] };
      if (this.isRemoved(record)) return [{ op: 'delete', object, id }];
      const names = this.namesOf(record).filter((name) => this.isChanged(record, name));
      const set = Object.fromEntries(names.map((name) => [name, this.value(record, name)]));
      if (isNew) return [{ op: 'create', object, id, set: { ...set, ...references } }];
      if (names.length === 0) return [];
      return [{ op: 'update', object, id, base: Object.fromEntries(names.map((name) => [name, base[name] ?? null])), set }];
    }),
  );

  /** Hiding a place, or showing it again, is for a reason. */
  readonly needsReason = $derived(this.edits.some((edit) => edit.op === 'update' && edit.object === 'location' && 'hidden' in edit.set));

  /** A place on the page is hidden, and where it is is not shown. */
  readonly hidesPlace = $derived(
    !this.isExact && this.records.some(({ object, base }) => object === 'location' && Boolean(base['hidden'])),
  );

  readonly problems = $derived(
    this.records
      .filter((record) => !this.isRemoved(record))
      .reduce(
        (sum, record) =>
          sum + this.namesOf(record).filter((name) => this.#key(record, name) in this.#refused || this.#issueOf(record, name)).length,
        0,
      ) + (this.needsReason && this.reason.trim() === '' ? 1 : 0),
  );

  /** True once it is kept. */
  async save(): Promise<boolean> {
    this.tried = true;
    if (this.problems > 0 || this.edits.length === 0 || this.saving) return false;
    this.saving = true;
    this.failure = null;
    try {
      const refused = await this.#door.send(this.id, this.edits, this.reason.trim());
      if (!refused) return true;
      this.conflicts = refused.conflicts;
      this.#refused = Object.fromEntries(refused.issues.map((issue) => [this.#key(issue, issue.field), issue.code]));
      return false;
    } catch (error) {
      this.failure = sayFailure(error);
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** Theirs: the field is as they left it. Mine: what was typed is kept, now that theirs has been seen. */
  settle(conflict: Conflict, whose: 'mine' | 'theirs'): void {
    this.records = this.records.flatMap((record) => {
      if (record.object !== conflict.object || record.id !== conflict.id) return [record];
      if (conflict.field === null) return [];
      return [{ ...record, base: { ...record.base, [conflict.field]: conflict.theirs } }];
    });
    if (whose === 'theirs' && conflict.field !== null) delete this.typed[this.#key(conflict, conflict.field)];
    this.conflicts = this.conflicts.filter((other) => other !== conflict);
  }
}

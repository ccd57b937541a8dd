// What an index tells of one row: ids and names, the position where it may be known, and the numbers of shared values.

import type { Columns } from './index-columns.ts';
import type { ResourceInput } from './resource.ts';
import type { Timetable } from './timetable.ts';

/** Columns of numbers; `verified` in days since 1970. */
export type RowNumbers = Readonly<
  Record<'type' | 'rule' | 'needs' | 'languages' | 'areas' | 'timetable' | 'capacity' | 'verified', Uint16Array | Uint32Array>
>;

/** The rows of an index by their number; a number beyond the rows is the caller's mistake and gives nonsense. */
export class IndexRows {
  protected readonly columns: Columns;

  constructor(columns: Columns) {
    this.columns = columns;
  }

  id(row: number): string {
    return this.columns.strings.text(this.columns.arrays.id[row]!);
  }

  serviceId(row: number): string {
    return this.columns.strings.text(this.columns.arrays.service[row]!);
  }

  serviceName(row: number): string {
    const { strings, arrays } = this.columns;
    return strings.text(strings.next(arrays.service[row]!));
  }

  service(row: number): { id: string; name: string } {
    return this.columns.named(this.columns.arrays.service[row]!)!;
  }

  organization(row: number): { id: string; name: string } | null {
    return this.columns.named(this.columns.arrays.organization[row]!);
  }

  /** Names without their ids: half of the reading where only words matter. */
  organizationName(row: number): string | null {
    return this.#nameAt(this.columns.arrays.organization[row]!);
  }

  locationName(row: number): string | null {
    return this.#nameAt(this.columns.arrays.location[row]!);
  }

  location(row: number): { id: string; name: string } | null {
    return this.columns.named(this.columns.arrays.location[row]!);
  }

  /** Degrees; NaN where there is no position or it is hidden. */
  lon(row: number): number {
    return this.columns.lon(row);
  }

  lat(row: number): number {
    return this.columns.lat(row);
  }

  hasPosition(row: number): boolean {
    return this.columns.hasPosition(row);
  }

  isHidden(row: number): boolean {
    return this.columns.hidden.has(row);
  }

  /** The coarse cell of a hidden resource; null of any other. */
  cell(row: number): string | null {
    return this.columns.hidden.get(row) ?? null;
  }

  address(row: number): string | null {
    return this.columns.text(this.columns.arrays.address[row]!);
  }

  /** Whether any of the row's names, its address or its summary fits, given as bytes of UTF-8 from one place up to before another. */
  someText(row: number, fits: (bytes: Uint8Array, from: number, to: number) => boolean): boolean {
    const { strings, arrays } = this.columns;
    const inName = (place: number): boolean => place !== 0 && strings.fits(strings.next(place), fits);
    const inText = (place: number): boolean => place !== 0 && strings.fits(place, fits);
    return (
      inName(arrays.service[row]!) ||
      inName(arrays.organization[row]!) ||
      inText(arrays.summary[row]!) ||
      inName(arrays.location[row]!) ||
      inText(arrays.address[row]!)
    );
  }

  phone(row: number): string | null {
    return this.columns.text(this.columns.arrays.phone[row]!);
  }

  eligibilityText(row: number): string | null {
    return this.columns.text(this.columns.arrays.eligibility[row]!);
  }

  summary(row: number): string | null {
    return this.columns.text(this.columns.arrays.summary[row]!);
  }

  type(row: number): string | null {
    return this.types[this.typeNumber(row)] || null;
  }

  /** Index into `types`; 0: no type. */
  typeNumber(row: number): number {
    return this.columns.arrays.type[row]!;
  }

  /** Resource types by number; `types[0]` is ''. */
  get types(): readonly string[] {
    return this.columns.types.values;
  }

  rule(row: number): string | null {
    return this.rules[this.ruleNumber(row)] || null;
  }

  /** Index into `rules`; 0: no rule is known. */
  ruleNumber(row: number): number {
    return this.columns.arrays.rule[row]!;
  }

  /** Rule ids by number; `rules[0]` is ''. */
  get rules(): readonly string[] {
    return this.columns.rules.values;
  }

  /** Taxonomy terms that it meets. */
  needsOf(row: number): readonly string[] {
    return this.needSets[this.needSetNumber(row)]!;
  }

  /** Index into `needSets`: what is computed of a set of needs is computed once for all rows that share it. */
  needSetNumber(row: number): number {
    return this.columns.arrays.needs[row]!;
  }

  get needSets(): readonly (readonly string[])[] {
    return this.columns.needs.values;
  }

  languagesOf(row: number): readonly string[] {
    return this.languageSets[this.languageSetNumber(row)]!;
  }

  languageSetNumber(row: number): number {
    return this.columns.arrays.languages[row]!;
  }

  get languageSets(): readonly (readonly string[])[] {
    return this.columns.languages.values;
  }

  bring(row: number): readonly string[] {
    return this.columns.bring.values[this.columns.arrays.bring[row]!]!;
  }

  areas(row: number): readonly string[] {
    return this.columns.areas.values[this.columns.arrays.areas[row]!]!;
  }

  /** What its kind shows and filters by, each a text `name=value`. */
  fields(row: number): readonly string[] {
    return this.fieldSets[this.fieldSetNumber(row)]!;
  }

  /** Index into `fieldSets`. */
  fieldSetNumber(row: number): number {
    return this.columns.arrays.fields[row]!;
  }

  /** Each distinct list of stated fields once. */
  get fieldSets(): readonly (readonly string[])[] {
    return this.columns.fields.values;
  }

  /** Index into `areaSets`. */
  areaSetNumber(row: number): number {
    return this.columns.arrays.areas[row]!;
  }

  timetable(row: number): Timetable | null {
    return this.timetables[this.timetableNumber(row)]!;
  }

  /** Index into `timetables`; 0: hours are not known. */
  timetableNumber(row: number): number {
    return this.columns.arrays.timetable[row]!;
  }

  /** Each distinct timetable once. */
  get timetables(): readonly (Timetable | null)[] {
    return this.columns.timetables.values;
  }

  /** Each distinct capacity once; `capacities[0]` is null. */
  get capacities(): readonly ResourceInput['capacity'][] {
    return this.columns.capacities.values;
  }

  /** Each distinct list of areas once. */
  get areaSets(): readonly (readonly string[])[] {
    return this.columns.areas.values;
  }

  /** By row, for loops over many: numbers of shared values, as the methods here give them one by one. Valid for this version's rows. */
  get numbers(): RowNumbers {
    return this.columns.arrays;
  }

  capacity(row: number): ResourceInput['capacity'] {
    return this.columns.capacities.values[this.columns.arrays.capacity[row]!]!;
  }

  verified(row: number): string | null {
    const day = this.verifiedDay(row);
    return day === 0 ? null : new Date(day * 86_400_000).toISOString().slice(0, 10);
  }

  /** Day of the last verification in days since 1970; 0: never. */
  verifiedDay(row: number): number {
    return this.columns.arrays.verified[row]!;
  }

  #nameAt(place: number): string | null {
    const { strings } = this.columns;
    return place === 0 ? null : strings.text(strings.next(place));
  }

  /** The whole row as a resource. */
  resource(row: number): ResourceInput {
    return this.columns.read(row);
  }
}

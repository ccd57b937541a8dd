// A plugin as it is made in the browser: what stands in its forms, half written or whole. It says everything as it was typed, so
// that nothing is lost; contributions.ts turns it into what a plugin contributes, and says what is still missing.

import { z } from 'zod';
import { CHECKED_PARTS } from '../../directory/checks.ts';
import { Period } from '../../intake/period.ts';
import { PIN_SHAPES } from '../points.ts';
import { ANSWER_TYPES, FIELD_KINDS } from './kinds.ts';

const Line = z.string().max(500);
const Prose = z.string().max(4000);
/** Tells parts of a list apart while they are edited; nothing outside the draft knows it. */
const Key = z.string().regex(/^[a-z0-9]{1,24}$/);
const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/);
/** What it has that no form shows: kept as it came. */
const Rest = z.record(z.string(), z.json()).optional();

/** A text by language; what is not written yet is empty or absent. */
export const Words = z.record(Language, Prose);
export type Words = z.infer<typeof Words>;

const Choice = z.strictObject({ key: Key, value: Line, label: Words });
export type MadeChoice = z.infer<typeof Choice>;

const TypeField = z.strictObject({
  key: Key,
  /** Under which it is kept; empty: made of its label. */
  name: Line,
  label: Words,
  /** What to write there. */
  hint: Words,
  kind: z.enum(FIELD_KINDS),
  required: z.boolean(),
  /** Shown to visitors, not only to who has an account. */
  open: z.boolean(),
  /** Of an open one: stands in a row of a list; the directory is filtered by it. */
  card: z.boolean(),
  filter: z.boolean(),
  choices: z.array(Choice).max(100),
  least: Line,
  most: Line,
  rest: Rest,
});
export type MadeField = z.infer<typeof TypeField>;

const Type = z.strictObject({
  key: Key,
  id: Line,
  label: Words,
  plural: Words,
  shape: z.enum(PIN_SHAPES),
  icon: Line,
  colour: Line,
  needs: z.array(Line).max(100),
  /** By language, divided by commas or lines: what names of such places hold. */
  words: Words,
  fields: z.array(TypeField).max(60),
  rest: Rest,
});
export type MadeType = z.infer<typeof Type>;

/** A button: what is known when it is pressed. */
const Answer = z.strictObject({
  key: Key,
  label: Words,
  /** Of a figure: it is exactly this, this or more, this or less, or from this to that. */
  how: z.enum(['is', 'atLeast', 'atMost', 'between']),
  /** A figure; "true" or "false"; a choice of the question by its key after "#". */
  value: Line,
  to: Line,
  /** Key by which it is chosen; empty: none. */
  press: z.string().max(2),
  rest: Rest,
});
export type MadeAnswer = z.infer<typeof Answer>;

const Question = z.strictObject({
  key: Key,
  id: Line,
  /** Id of the fact that it asks for. */
  fact: Line,
  about: z.enum(['person', 'household']),
  label: Words,
  /** False: it is only ever told, never asked. */
  asked: z.boolean(),
  ask: Words,
  why: Words,
  type: z.enum(ANSWER_TYPES),
  unit: Line,
  sensitivity: z.enum(['low', 'medium', 'high']),
  choices: z.array(Choice).max(100),
  /** Buttons; without them its type decides how it is answered. */
  answers: z.array(Answer).max(20).default([]),
  /** Of amounts on buttons. */
  per: Period.default('month'),
  /** A when clause. */
  when: Line,
  /** What fact and question have beside that. */
  rest: z.strictObject({ fact: z.record(z.string(), z.json()), question: z.record(z.string(), z.json()) }).optional(),
});
export type MadeQuestion = z.infer<typeof Question>;

const TableVersion = z.strictObject({
  key: Key,
  from: Line,
  to: Line,
  source: Line,
  url: Line,
  checked: Line,
  /** Names of its columns. */
  regions: z.array(Line).min(1).max(60),
  /** What stands in each line for 1, 2, 3 …, a cell for each region. */
  rows: z.array(z.array(Line)).max(200),
  /** For each one more than the last line. */
  more: z.array(Line),
});
export type MadeTableVersion = z.infer<typeof TableVersion>;

const Table = z.strictObject({
  key: Key,
  id: Line,
  title: Words,
  /** Fact by which a line is looked up; empty: there is one line. */
  by: Line,
  per: Period,
  versions: z.array(TableVersion).max(60),
  rest: Rest,
});
export type MadeTable = z.infer<typeof Table>;

const Check = z.strictObject({
  key: Key,
  id: Line,
  label: Words,
  message: Words,
  severity: z.enum(['error', 'warning', 'info']),
  /** Kinds of places that it is for, by id; a kind of this draft by its key after "#". */
  types: z.array(Line).max(100),
  missing: z.union([z.enum(CHECKED_PARTS), z.literal('')]),
  /** Instead: nobody has looked at it for so many days. */
  days: Line,
});
export type MadeCheck = z.infer<typeof Check>;

export const MadeDraft = z.strictObject({
  title: Words,
  description: Prose,
  license: Line,
  /** In which its words are written; the first is the one that must be there. */
  languages: z.array(Language).min(1).max(30),
  types: z.array(Type).max(100),
  questions: z.array(Question).max(100),
  tables: z.array(Table).max(50),
  /** Ids of rules, which are written in the rule builder. */
  rules: z.array(Line).max(200),
  checks: z.array(Check).max(100),
  /** By contribution point: what no form shows, kept as it came. */
  kept: z.record(z.string(), z.array(z.json())).optional(),
});
export type MadeDraft = z.infer<typeof MadeDraft>;

export const PLUGIN_NAME = /^[a-z0-9][a-z0-9-]{1,60}$/;

export function createDraft(title: string, language: string): MadeDraft {
  return {
    title: { [language]: title },
    ...{ description: '', license: 'UNLICENSED', languages: [language] },
    ...{ types: [], questions: [], tables: [], rules: [], checks: [] },
  };
}

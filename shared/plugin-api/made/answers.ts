// The buttons of a question: what stands on each, what the fact is then, and the key by which it is chosen.

import type { FactValue } from '../../intake/facts.ts';
import type { IntakeQuestion } from '../../intake/questions.ts';
import { isRecord } from '../../platform/record.ts';
import { parseAmount } from './amounts.ts';
import type { MadeAnswer, MadeChoice, MadeQuestion } from './draft.ts';
import { reportTwins, type Context } from './reading.ts';

type Answers = NonNullable<IntakeQuestion['answers']>;

const FIGURES: ReadonlySet<string> = new Set(['number', 'age', 'money']);

/** Whether questions of this type can have buttons of their own. */
export function canHaveAnswers(type: MadeQuestion['type']): boolean {
  return FIGURES.has(type) || type === 'boolean' || type === 'choice';
}

export function toAnswers(question: MadeQuestion, path: string, context: Context): Answers {
  if (!canHaveAnswers(question.type)) return [];
  const pressed = question.answers.filter(({ press }) => press !== '');
  reportTwins(pressed, ({ press }) => press, ({ key }) => context.report(`${path}.answers.${key}.press`, 'repeated')); // prettier-ignore
  return question.answers.map((answer) => {
    const at = `${path}.answers.${answer.key}`;
    const value = FIGURES.has(question.type) ? toFigures(answer, question, { at, context }) : toWord(answer, question, { at, context });
    const key = [...answer.press.trim()][0];
    return {
      ...(answer.rest as { share?: number } | undefined),
      label: context.say(answer.label, `${at}.label`),
      value,
      ...(key && { key }),
    };
  });
}

interface Reading {
  at: string;
  context: Context;
}

function toFigures({ how, value, to }: MadeAnswer, { type, per }: MadeQuestion, { at, context }: Reading): FactValue {
  const figure = (text: string, field: string): number => {
    const amount = parseAmount(text);
    if (amount === undefined) context.report(`${at}.${field}`, text.trim() === '' ? 'needed' : 'number');
    return amount ?? 0;
  };
  const period = type === 'money' ? { per } : {};
  const first = figure(value, 'value');
  if (how === 'atLeast') return { atLeast: first, ...period };
  if (how === 'atMost') return { atMost: first, ...period };
  if (how === 'is') return type === 'money' ? { value: first, ...period } : first;
  const last = figure(to, 'to');
  if (last < first) context.report(`${at}.to`, 'range');
  return { between: [first, last], ...period };
}

function toWord({ value }: MadeAnswer, { type, choices }: MadeQuestion, { at, context }: Reading): FactValue {
  if (type === 'boolean') return value === 'true';
  const choice = choices.find(({ key }) => value === `#${key}`) ?? choices.find((one) => one.value !== '' && one.value === value);
  if (!choice) context.report(`${at}.value`, 'needed');
  return choice ? context.ids.ofChoice(choice) : value;
}

/** Undefined: some of them say what no form shows. */
export function toMadeAnswers(
  answers: Answers,
  { type, choices }: { type: string; choices: readonly MadeChoice[] },
  words: (text: Answers[number]['label']) => MadeAnswer['label'],
): Pick<MadeQuestion, 'answers' | 'per'> | undefined {
  const read = answers.map(({ label, value, key = '', share }, i) => {
    const said = FIGURES.has(type) ? fromFigures(value) : fromWord(value, choices);
    const common = { key: `a${i + 1}`, label: words(label), press: key, ...(share !== undefined && { rest: { share } }) };
    return said && { per: said.per, answer: { ...common, how: said.how, value: said.value, to: said.to } };
  });
  const periods = new Set(read.flatMap((one) => (one?.per === undefined ? [] : [one.per])));
  if (periods.size > 1 || read.includes(undefined)) return undefined;
  return { answers: read.flatMap((one) => (one ? [one.answer] : [])), per: [...periods][0] ?? 'month' };
}

type Said = Pick<MadeAnswer, 'how' | 'value' | 'to'> & { per?: MadeQuestion['per'] | undefined };

function fromFigures(value: FactValue): Said | undefined {
  if (typeof value === 'number') return { how: 'is', value: String(value), to: '' };
  if (!isRecord(value)) return undefined;
  const { per, ...said } = value as { per?: MadeQuestion['per'] } & Record<string, unknown>;
  if (Object.keys(said).length !== 1) return undefined;
  if (typeof said['value'] === 'number') return { how: 'is', value: String(said['value']), to: '', per };
  for (const how of ['atLeast', 'atMost'] as const)
    if (typeof said[how] === 'number') return { how, value: String(said[how]), to: '', per };
  const [first, last] = Array.isArray(said['between']) ? (said['between'] as number[]) : [];
  return first === undefined || last === undefined ? undefined : { how: 'between', value: String(first), to: String(last), per };
}

function fromWord(value: FactValue, choices: readonly MadeChoice[]): Said | undefined {
  if (typeof value === 'boolean') return { how: 'is', value: String(value), to: '' };
  const choice = choices.find((one) => one.value === value);
  return choice && { how: 'is', value: `#${choice.key}`, to: '' };
}

// Facts: the typed things known of a person or household, and how their values are written as JSON.
// Unknown, not asked and declined are three different things, and none of them means no.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { ComputedExpression } from './computed.ts';
import { FieldClass } from './field-class.ts';
import { JudgedBy } from './judged.ts';
import { Period } from './period.ts';

export { Period } from './period.ts';

const FACT_TYPES = ['boolean', 'number', 'age', 'money', 'date', 'choice', 'choices', 'place', 'members'] as const;

export type FactType = (typeof FACT_TYPES)[number];

/** `person.…` is the person who asks, `household.…` all who live together; other scopes are an agency's own. */
const FactId = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, 'such as "person.age" or "household.income"')
  .refine(isFactName, 'a name that no object has anyway');

/** Whether a rule may name a fact so. A bare name is one of a member. What every object has ("constructor") is no name. */
export function isFactName(name: string): boolean {
  return name.length <= 80 && name.split('.').every((part) => /^[a-z][a-z0-9_]*$/.test(part) && !(part in Object.prototype));
}

const COMPUTED_TYPES: readonly FactType[] = ['money', 'number', 'age'];

/** How often an answer is given, as a part of one. Only the order of questions hangs on it, never a verdict. */
export const Share = z
  .number()
  .min(0)
  .max(1)
  .describe('The part of the people who ask for help that answers so; for the order of questions');

export const FactDefinition = z
  .strictObject({
    id: FactId.describe('Such as person.age or household.income'),
    label: Localized,
    type: z.enum(FACT_TYPES).describe('What its values are'),
    unit: z.string().optional().describe('Such as "years"; money has its currency here'),
    options: z
      .array(z.strictObject({ value: z.string().describe('As rules and facts write it'), label: Localized, share: Share.optional() }))
      .optional()
      .describe('Possible values of a choice'),
    sensitivity: z.enum(['low', 'medium', 'high']).default('low').describe('How much harm it does in the wrong hands'),
    class: FieldClass.optional().describe(
      'Who may see it in a record, and which consent covers it; without it, what may do harm is guarded most',
    ),
    share: Share.optional().describe('Of a yes or no: the part of the people who ask for help that says yes'),
    cost: z.number().min(0).default(1).describe('How intrusive it is to ask: 1 ordinary, 10 very'),
    maximumAgeDays: z.number().int().positive().optional().describe('Older than this it is stale: treated as unknown'),
    derivedFrom: z.string().optional().describe('For an age: the fact that holds the date of birth'),
    protected: z.boolean().optional().describe('A characteristic that law protects: who excludes by it states the legal basis'),
    computed: ComputedExpression.optional(),
    judged: JudgedBy.optional(),
  })
  .refine((fact) => fact.computed === undefined || COMPUTED_TYPES.includes(fact.type), {
    message: `only facts of these types are computed: ${COMPUTED_TYPES.join(', ')}`,
    path: ['computed'],
  })
  .refine(({ type, computed, judged }) => judged === undefined || (type === 'boolean' && computed === undefined), {
    message: 'only a yes or no is judged, and a fact is computed or judged, not both',
    path: ['judged'],
  })
  .describe('A fact that rules and questions can name');
export type FactDefinition = z.infer<typeof FactDefinition>;

const Bare = z.union([z.number(), z.string(), z.boolean()]);
const LonLatValue = z.strictObject({ lon: z.number().describe('Degrees east'), lat: z.number().describe('Degrees north') });
const meta = {
  per: Period.optional().describe('Of money: by which period'),
  asOf: z.iso.date().optional().describe('Day on which it was told'),
};

/**
 * A fact's value as JSON: the same in requests, on the command line and in the tests of rules.
 * `includes` and `excludes` tell a part of a list: what is in it, what is not, the rest unknown.
 */
export type FactValue = z.infer<typeof FactValueBase> | { items: Record<string, FactValue>[]; complete?: boolean | undefined };

const Excluded = z.array(z.string()).describe('These are not in it');

const FactValueBase = z.union([
  Bare,
  z.array(z.string()),
  z.strictObject({ value: z.union([Bare, z.array(z.string())]).describe('Exactly this'), ...meta }),
  z.strictObject({ atLeast: z.number().describe('This or more'), ...meta }),
  z.strictObject({ atMost: z.number().describe('This or less'), ...meta }),
  z.strictObject({ between: z.tuple([z.number(), z.number()]).describe('From the first to the second, both included'), ...meta }),
  z.strictObject({ oneOf: z.array(Bare).min(1).describe('One of these'), ...meta }),
  z.strictObject({ includes: z.array(z.string()).describe('These are in it'), excludes: Excluded.optional(), ...meta }),
  z.strictObject({ excludes: Excluded, ...meta }),
  z.strictObject({ declined: z.literal(true).describe('They prefer not to say: unknown, and never asked again') }),
  LonLatValue,
]);

export const FactValue: z.ZodType<FactValue> = z.lazy(() =>
  z.union([
    FactValueBase,
    z.strictObject({
      items: z.array(z.record(z.string(), FactValue)).describe('Facts of each member, by their bare names'),
      complete: z.boolean().optional().describe('Whether there are no others; default: true'),
    }),
  ]),
);

/** Facts by id. What is absent is unknown. */
export const Facts = z.record(z.string(), FactValue);
export type Facts = z.infer<typeof Facts>;

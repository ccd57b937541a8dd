// Computed facts: arithmetic over other facts, declared as data, for what a rule cannot say as one comparison
// (a net income after deductions). Few words, no names but those of facts and tables, nothing that runs:
//
//   expression := 0 | <number>                                  a plain number; of money only 0 has no period
//               | { value: 569, per: month }                    an amount of money
//               | { fact: <id> }
//               | { table: <id>, percent?, by?: <fact> }        the entry of a dated table
//               | { sum: [expression…] }
//               | { from: expression, minus: [expression…] }
//               | { percent: 20, of: expression }
//               | { of: expression, at_least?, at_most? }       never below, never above
//               | { of: expression, round: { to: 1, per?: month, mode: up } }
//               | { when: test, then: expression, otherwise: expression }
//   test       := { fact: <id>, <comparison>: <bound> }         as in rules

import { z } from 'zod';
import { Period } from './period.ts';

/** How deep an expression may be nested, and how many parts it may have. */
export const COMPUTED_LIMITS = { depth: 10, parts: 60 } as const;

const Amount = z.strictObject({ value: z.number(), per: Period });
const TableEntry = z.strictObject({
  table: z.string().describe('A dated table'),
  percent: z.number().positive().optional().describe('Percent of the entry; 100 where it is left out'),
  by: z.string().optional().describe('Fact that selects the entry; otherwise as the table says'),
});
const Rounding = z.strictObject({ to: z.number().positive(), per: Period.optional(), mode: z.enum(['up', 'down', 'nearest']) });
const Bound = z.union([z.number(), Amount]);
const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** One comparison of a fact; its words are those of rules. */
const ComputedTest = z
  .strictObject({
    fact: z.string(),
    is: Scalar.optional(),
    is_one_of: z.array(Scalar).min(1).optional(),
    includes: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
    at_least: Bound.optional(),
    at_most: Bound.optional(),
    less_than: Bound.optional(),
    more_than: Bound.optional(),
  })
  .refine((test) => Object.values(test).filter((part) => part !== undefined).length === 2, {
    message: 'a test has one comparison: is, is_one_of, includes, at_least, at_most, less_than, more_than',
  });
export type ComputedTest = z.infer<typeof ComputedTest>;

export type Rounding = z.infer<typeof Rounding>;

export type ComputedExpression =
  | number
  | z.infer<typeof Amount>
  | { fact: string }
  | z.infer<typeof TableEntry>
  | { sum: ComputedExpression[] }
  | { from: ComputedExpression; minus: ComputedExpression[] }
  | { percent: number; of: ComputedExpression }
  | { of: ComputedExpression; at_least?: ComputedExpression | undefined; at_most?: ComputedExpression | undefined }
  | { of: ComputedExpression; round: Rounding }
  | { when: ComputedTest; then: ComputedExpression; otherwise: ComputedExpression };

const Expression: z.ZodType<ComputedExpression> = z.lazy(() =>
  z.union([
    z.number(),
    Amount,
    z.strictObject({ fact: z.string() }),
    TableEntry,
    z.strictObject({ sum: z.array(Expression).min(1) }),
    z.strictObject({ from: Expression, minus: z.array(Expression).min(1) }),
    z.strictObject({ percent: z.number().positive(), of: Expression }),
    z.strictObject({ of: Expression, at_least: Expression.optional(), at_most: Expression.optional() }),
    z.strictObject({ of: Expression, round: Rounding }),
    z.strictObject({ when: ComputedTest, then: Expression, otherwise: Expression }),
  ]),
);

/** Measured before it is parsed, so that a hostile depth costs nothing. */
export const ComputedExpression = z
  .unknown()
  .refine(isWithinLimits, {
    message: `a computed fact has at most ${COMPUTED_LIMITS.parts} parts, nested ${COMPUTED_LIMITS.depth} deep`,
    abort: true,
  })
  .pipe(Expression)
  .describe('How the fact is worked out from others; such a fact is never asked');

function isWithinLimits(raw: unknown): boolean {
  let parts = 0;
  const visit = (value: unknown, depth: number): boolean => {
    if (typeof value !== 'object' || value === null) return true;
    if (Array.isArray(value)) return value.every((part) => visit(part, depth));
    return (
      depth <= COMPUTED_LIMITS.depth && ++parts <= COMPUTED_LIMITS.parts && Object.values(value).every((part) => visit(part, depth + 1))
    );
  };
  return visit(raw, 1);
}

/** Facts that an expression names itself, those in tests and those that select the entry of a table included. */
export function factsNamedBy(expression: ComputedExpression, byOfTable: (table: string) => string | undefined = () => undefined): string[] {
  const named = new Set<string>();
  const visit = (part: ComputedExpression): void => {
    if (typeof part === 'number' || 'value' in part) return;
    if ('table' in part) {
      const by = part.by ?? byOfTable(part.table);
      if (by !== undefined) named.add(by);
    } else if ('fact' in part) named.add(part.fact);
    else if ('when' in part) named.add(part.when.fact);
    for (const child of partsOf(part)) visit(child);
  };
  visit(expression);
  return [...named];
}

/** The expressions that one is made of. */
export function partsOf(expression: ComputedExpression): ComputedExpression[] {
  if (typeof expression === 'number' || 'value' in expression || 'fact' in expression || 'table' in expression) return [];
  if ('sum' in expression) return expression.sum;
  if ('from' in expression) return [expression.from, ...expression.minus];
  if ('when' in expression) return [expression.then, expression.otherwise];
  if ('at_least' in expression || 'at_most' in expression)
    return [expression.of, expression.at_least, expression.at_most].filter((part) => part !== undefined);
  return [expression.of];
}

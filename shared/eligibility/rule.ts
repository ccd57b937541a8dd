// The rule format. One tree that people write as YAML or JSON, that the form edits and that is evaluated:
//
//   group     := { all: [node…] } | { any: [node…] } | { none: [node…] } | { at_least_n: n, of: [node…] }
//   test      := { fact: <id>, <comparison>: <bound> }
//   quantified:= { some|every: <members fact>, where: node } | { at_least_n: n, of: <members fact>, where: node }
//   staff     := { staff_decides: <text> }
// Every node may carry `id`, `say` (the sentence by language), `proof`.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { Facts, Period } from '../intake/facts.ts';

export const RULE_LIMITS = { depth: 6, conditions: 60 } as const;

export const TableReference = z
  .strictObject({ percent: z.number().positive(), of: z.string(), by: z.string().optional() })
  .describe('Percent of a dated table, looked up by a fact: { percent: 200, of: us_fpl, by: household.size }');
export type TableReference = z.infer<typeof TableReference>;

const Amount = z.strictObject({ value: z.number(), per: Period });

const Bound = z.union([z.number(), z.string(), Amount, TableReference]);
export type Bound = z.infer<typeof Bound>;

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

export const COMPARISONS = [
  'is',
  'is_one_of',
  'includes',
  'at_least',
  'at_most',
  'less_than',
  'more_than',
  'between',
  'before',
  'after',
  'within',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

const common = {
  id: z
    .string()
    .regex(/^[a-z0-9_-]+$/)
    .optional(),
  say: Localized.optional(),
  proof: z.array(z.string()).optional().describe('Documents that prove it'),
  legal_basis: z
    .string()
    .optional()
    .describe('Law or policy that allows to ask this of a protected characteristic, such as "24 CFR 578.93(b)"'),
};

interface RuleNodeCommon {
  id?: string | undefined;
  say?: Localized | undefined;
  proof?: string[] | undefined;
  legal_basis?: string | undefined;
}
export type TestNode = RuleNodeCommon & { fact: string } & { [C in Comparison]?: unknown };
export type RuleNode =
  | (RuleNodeCommon & { all: RuleNode[] })
  | (RuleNodeCommon & { any: RuleNode[] })
  | (RuleNodeCommon & { none: RuleNode[] })
  | (RuleNodeCommon & { at_least_n: number; of: RuleNode[] | string; where?: RuleNode | undefined })
  | (RuleNodeCommon & { some: string; where: RuleNode })
  | (RuleNodeCommon & { every: string; where: RuleNode })
  | (RuleNodeCommon & { staff_decides: Localized })
  | TestNode;

export const RuleNode: z.ZodType<RuleNode> = z.lazy(() =>
  z.union([
    z.strictObject({ ...common, all: z.array(RuleNode).min(1) }),
    z.strictObject({ ...common, any: z.array(RuleNode).min(1) }),
    z.strictObject({ ...common, none: z.array(RuleNode).min(1) }),
    z.strictObject({
      ...common,
      at_least_n: z.number().int().positive(),
      of: z.union([z.array(RuleNode).min(1), z.string()]),
      where: RuleNode.optional(),
    }),
    z.strictObject({ ...common, some: z.string(), where: RuleNode }),
    z.strictObject({ ...common, every: z.string(), where: RuleNode }),
    z.strictObject({ ...common, staff_decides: Localized }),
    Test,
  ]),
) as z.ZodType<RuleNode>;

const Test = z
  .strictObject({
    ...common,
    fact: z.string(),
    is: Scalar.optional(),
    is_one_of: z.array(Scalar).min(1).optional(),
    includes: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
    at_least: Bound.optional(),
    at_most: Bound.optional(),
    less_than: Bound.optional(),
    more_than: Bound.optional(),
    between: z.tuple([Bound, Bound]).optional(),
    before: z.iso.date().optional(),
    after: z.iso.date().optional(),
    within: z
      .union([z.string(), z.array(z.string()).min(1)])
      .optional()
      .describe('Area ids, or "service_area": the area that the service publishes'),
  })
  .refine((t) => COMPARISONS.filter((c) => t[c] !== undefined).length === 1, {
    message: `exactly one comparison of: ${COMPARISONS.join(', ')}`,
  });

export const VERDICTS = ['eligible', 'likely', 'unknown', 'not_stated', 'ineligible'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const RuleTest = z.strictObject({
  name: z.string(),
  on: z.iso.date().optional(),
  given: Facts,
  region: z.string().optional().describe('Region of dated tables, such as "alaska"; default: the first of each'),
  in_service_area: z
    .boolean()
    .optional()
    .describe('Whether they live in the area that the service publishes; default: yes where household.place is given'),
  expect: z.enum(VERDICTS),
  because: z.array(z.string()).optional().describe('Ids of conditions, or of groups around them, that must be among the reasons'),
  ask: z.array(z.string()).optional().describe('Facts that must be among those still open'),
});

/** What the engine cannot hold: too deep, too large, a "where" inside another. Undefined where there is nothing of it. */
function findStructureFault(root: RuleNode): string | undefined {
  let conditions = 0;
  const visit = (node: RuleNode, depth: number, inMember: boolean): string | undefined => {
    if (depth > RULE_LIMITS.depth) return `more than ${RULE_LIMITS.depth} levels deep`;
    const group =
      'all' in node
        ? node.all
        : 'any' in node
          ? node.any
          : 'none' in node
            ? node.none
            : 'of' in node && Array.isArray(node.of)
              ? node.of
              : undefined;
    if (group) return group.map((child) => visit(child, depth + 1, inMember)).find((fault) => fault !== undefined);
    if (++conditions > RULE_LIMITS.conditions) return `more than ${RULE_LIMITS.conditions} conditions`;
    if (!('where' in node) || node.where === undefined) return undefined;
    return inMember ? 'a "where" inside another "where"' : visit(node.where, depth + 1, true);
  };
  return visit(root, 1, false);
}

export const Rule = z
  .strictObject({
    rule: z.string().regex(/^[a-z0-9][a-z0-9_.-]*(\/[a-z0-9][a-z0-9_.-]*)+$/, 'agency/name, in lower-case letters, digits, "-" and "_"'),
    version: z.number().int().positive(),
    title: Localized.optional(),
    status: z.enum(['drafted', 'confirmed']).default('confirmed'),
    applies: z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() }).optional(),
    source: z.strictObject({ title: z.string(), url: z.string().optional(), checked: z.iso.date().optional() }).optional(),
    who: z.enum(['person', 'household']).default('person'),
    eligible_when: RuleNode,
    tests: z.array(RuleTest).default([]),
  })
  .superRefine((rule, context) => {
    const fault = findStructureFault(rule.eligible_when);
    if (fault) context.addIssue({ code: 'custom', path: ['eligible_when'], message: fault });
  })
  .describe('When a service can be used');
export type Rule = z.infer<typeof Rule>;
export type RuleTest = z.infer<typeof RuleTest>;

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
  .strictObject({
    percent: z.number().positive().describe('How many hundredths of the entry'),
    of: z.string().describe('Id of the table, such as us_fpl'),
    by: z.string().optional().describe('Fact that selects the entry; default: the one that the table names'),
  })
  .describe('Percent of a dated table, looked up by a fact: { percent: 200, of: us_fpl, by: household.size }');
export type TableReference = z.infer<typeof TableReference>;

const Amount = z
  .strictObject({ value: z.number().describe('How much'), per: Period.describe('In which time: day, week, month or year') })
  .describe('An amount of money by its period: { value: 2000, per: month }');

const Bound = z
  .union([z.number(), z.string(), Amount, TableReference])
  .describe('A number, a day as 2026-05-01, an amount of money with its period, or a percentage of a dated table');
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
    .regex(/^[a-z0-9_-]+$/, 'lower-case letters, digits, "_" and "-"')
    .optional()
    .describe('Name by which reasons and tests speak of it'),
  say: Localized.optional().describe('What it asks, said to the person; default: a sentence made from the condition'),
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

const Nodes = z.lazy(() => z.array(RuleNode).min(1));
const MembersFact = z.string();
const Where = z.lazy(() => RuleNode.describe('What must hold of the member: a bare name is a fact of that member (age = its person.age)'));

export const RuleNode: z.ZodType<RuleNode> = z.lazy(() =>
  z.union([
    z.strictObject({ ...common, all: Nodes.describe('Every one of these must hold') }),
    z.strictObject({ ...common, any: Nodes.describe('One of these must hold') }),
    z.strictObject({ ...common, none: Nodes.describe('None of these may hold') }),
    z.strictObject({
      ...common,
      at_least_n: z.number().int().positive().describe('How many must hold: of the conditions, or of the members'),
      of: z.union([Nodes, MembersFact]).describe('Conditions, or the fact that holds members'),
      where: Where.optional(),
    }),
    z.strictObject({ ...common, some: MembersFact.describe('At least one member of this fact, such as household.members'), where: Where }),
    z.strictObject({ ...common, every: MembersFact.describe('All members of this fact, such as household.members'), where: Where }),
    z.strictObject({ ...common, staff_decides: Localized.describe('What staff decide; until then the verdict is "likely" at best') }),
    Test,
  ]),
) as z.ZodType<RuleNode>;

const Test = z
  .strictObject({
    ...common,
    fact: z.string().describe('Id of the fact, such as person.age; inside "where" a bare name is a fact of the member'),
    is: Scalar.optional().describe('Exactly this'),
    is_one_of: z.array(Scalar).min(1).optional().describe('One of these; of a list: any of these is in it'),
    includes: z
      .union([z.string(), z.array(z.string()).min(1)])
      .optional()
      .describe('The list contains this, or all of these'),
    at_least: Bound.optional().describe('This or more'),
    at_most: Bound.optional().describe('This or less'),
    less_than: Bound.optional().describe('Less than this, which is not included'),
    more_than: Bound.optional().describe('More than this, which is not included'),
    between: z.tuple([Bound, Bound]).optional().describe('From the first to the second, both included'),
    before: z.iso.date().optional().describe('Before this day, which is not included'),
    after: z.iso.date().optional().describe('After this day, which is not included'),
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
  name: z.string().describe('What it shows, such as "just above the limit"'),
  on: z.iso.date().optional().describe('Day of the decision; default: today'),
  given: Facts.describe('Facts as JSON, by id; what is absent is unknown'),
  region: z.string().optional().describe('Region of dated tables, such as "alaska"; default: the first of each'),
  in_service_area: z
    .boolean()
    .optional()
    .describe('Whether they live in the area that the service publishes; default: yes where household.place is given'),
  expect: z.enum(VERDICTS).describe('The verdict'),
  because: z.array(z.string()).optional().describe('Ids of conditions, or of groups around them, that must be among the reasons'),
  not_because: z.array(z.string()).optional().describe('Ids of conditions that must not be among the reasons'),
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
    rule: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_.-]*(\/[a-z0-9][a-z0-9_.-]*)+$/, 'agency/name, in lower-case letters, digits, "-" and "_"')
      .describe('Its id: the agency, a slash, its name'),
    version: z.number().int().positive().describe('Counts up with every change; earlier ones stay, so that past decisions can be replayed'),
    title: Localized.optional().describe('Name of the rule, for those who keep it'),
    status: z.enum(['drafted', 'confirmed']).default('confirmed').describe('Whether the agency has confirmed it'),
    applies: z
      .strictObject({
        from: z.iso.date().optional().describe('First day'),
        to: z.iso.date().optional().describe('Last day, included'),
      })
      .optional()
      .describe('When this version is in force; default: always'),
    source: z
      .strictObject({
        title: z.string().describe('What it was taken from'),
        url: z.string().optional().describe('Where that stands'),
        checked: z.iso.date().optional().describe('Day on which it was last compared'),
      })
      .optional()
      .describe('Where the rule comes from'),
    who: z.enum(['person', 'household']).default('person').describe('Whom the service is for'),
    eligible_when: RuleNode.describe('The conditions'),
    tests: z.array(RuleTest).default([]).describe('Cases that must come out as they say; mandatory to publish'),
  })
  .superRefine((rule, context) => {
    const fault = findStructureFault(rule.eligible_when);
    if (fault) context.addIssue({ code: 'custom', path: ['eligible_when'], message: fault });
  })
  .describe('When a service can be used');
export type Rule = z.infer<typeof Rule>;
export type RuleTest = z.infer<typeof RuleTest>;

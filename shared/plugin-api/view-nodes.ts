// What a plugin's view consists of: nodes of data that the host draws. No code and no markup of a plugin runs in the browser.

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';

/** Nodes and items of one view, all together. */
export const VIEW_NODE_LIMIT = 2000;
export const VIEW_DEPTH_LIMIT = 8;

const Command = z.string().describe('Id of a command that is run when it is pressed');
const Arguments = z.array(z.json()).describe('Arguments of the command');

const ViewItemFields = {
  label: Localized,
  detail: Localized.optional(),
  icon: z.string().optional().describe('Name of a glyph of the icon set'),
  command: Command.optional(),
  args: Arguments.optional(),
};

/** A line of a list; with `items` it can be unfolded. */
export interface ViewItem {
  label: Localized;
  detail?: Localized | undefined;
  icon?: string | undefined;
  command?: string | undefined;
  args?: z.core.util.JSONType[] | undefined;
  items?: ViewItem[] | undefined;
}
const ViewItem: z.ZodType<ViewItem> = z.strictObject({
  ...ViewItemFields,
  get items() {
    return z.array(ViewItem).optional();
  },
});

const Names = z.array(z.string().max(200)).max(50);

/** Services of the directory, listed by the product itself: whoever looks sees what they may see, as it is at that moment. */
export const ServicesNode = z
  .strictObject({
    kind: z.literal('services'),
    caption: Localized,
    types: Names.optional().describe('Kinds of resources, any of these'),
    needs: Names.optional().describe('Needs that they meet, any of these or of what stands below them'),
    languages: Names.optional().describe('Languages that are spoken there, any of these'),
    open: z.literal(true).optional().describe('Those alone that are open now'),
    where: z.enum(['map', 'everywhere']).default('everywhere').describe('Only what the map shows, or all; the nearest first'),
    limit: z.number().int().min(1).max(50).default(10),
    none: Localized.optional().describe('What is said where there is none'),
  })
  .describe('Services of the directory; pressing one opens its page');
export type ServicesNode = z.infer<typeof ServicesNode>;

const Leaf = [
  z.strictObject({ kind: z.literal('heading'), text: Localized }),
  z.strictObject({ kind: z.literal('text'), text: Localized, tone: z.enum(['plain', 'quiet', 'warning']).default('plain') }),
  z.strictObject({
    kind: z.literal('button'),
    label: Localized,
    icon: z.string().optional(),
    command: Command,
    args: Arguments.optional(),
  }),
  z.strictObject({ kind: z.literal('list'), items: z.array(ViewItem) }).describe('Lines; a tree where lines hold others'),
  z.strictObject({
    kind: z.literal('table'),
    caption: Localized,
    columns: z.array(Localized).min(1).max(12),
    rows: z.array(z.array(z.union([z.number(), z.null(), Localized]))),
  }),
  z
    .strictObject({
      kind: z.literal('bars'),
      caption: Localized,
      unit: Localized.optional(),
      items: z.array(z.strictObject({ label: Localized, value: z.number().nonnegative() })),
    })
    .describe('A chart of bars, each with its figure'),
  ServicesNode,
] as const;

type LeafNode = z.infer<(typeof Leaf)[number]>;
export interface CardNode {
  kind: 'card';
  title: Localized;
  icon?: string | undefined;
  nodes: ViewNode[];
}
export type ViewNode = LeafNode | CardNode;

const Card = z.strictObject({
  kind: z.literal('card'),
  title: Localized,
  icon: z.string().optional(),
  get nodes(): z.ZodArray<z.ZodType<ViewNode>> {
    return z.array(ViewNode);
  },
});
const ViewNode: z.ZodType<ViewNode> = z.discriminatedUnion('kind', [...Leaf, Card]);

/** The nodes of a view, within limits that a browser draws without effort. */
export const ViewNodes = z.array(ViewNode).superRefine((nodes, context) => {
  const { count, depth } = measure(nodes);
  if (count > VIEW_NODE_LIMIT) context.addIssue(`a view has at most ${VIEW_NODE_LIMIT} nodes and items; these are ${count}`);
  if (depth > VIEW_DEPTH_LIMIT) context.addIssue(`a view is at most ${VIEW_DEPTH_LIMIT} deep; this one is ${depth}`);
});

interface Nested {
  nodes?: readonly object[];
  items?: readonly object[] | undefined;
  rows?: readonly object[];
}

function measure(nodes: readonly object[]): { count: number; depth: number } {
  let [count, depth] = [nodes.length, nodes.length === 0 ? 0 : 1];
  for (const { nodes: inner = [], items = [], rows = [] } of nodes as readonly Nested[]) {
    const within = measure([...inner, ...items]);
    count += within.count + rows.length;
    depth = Math.max(depth, within.depth + 1);
  }
  return { count, depth };
}

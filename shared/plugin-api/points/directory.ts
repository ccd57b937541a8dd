// What stands in the directory: kinds of resources, needs and their words.

import { z } from 'zod';
import { BARRIERS } from '../../casework/plan.ts';
import { listTypeFields, TypeSchema } from '../../directory/type-fields.ts';
import { FieldClass } from '../../intake/field-class.ts';
import { Localized } from '../../platform/localized.ts';
import { Id, Language } from './common.ts';

/** Shapes of pins: the family of a resource type, so that type never depends on colour alone. */
export const PIN_SHAPES = ['circle', 'square', 'hexagon', 'diamond', 'pentagon', 'octagon'] as const;

/** Fields that a row of a list has room for. */
const CARD_FIELDS = 3;

export const ResourceType = z
  .strictObject({
    id: Id,
    label: Localized,
    plural: Localized,
    shape: z.enum(PIN_SHAPES).describe('Shape of its pin, so that kinds differ without colour'),
    icon: z.string().describe('Name of a glyph of the icon set, or SVG path data on a 24 × 24 grid'),
    colour: z.string().describe('A colour role of the tokens, such as "--c-pantry"'),
    needs: z.array(Id).describe('Taxonomy terms that a resource of this type meets by default'),
    words: z.record(z.string(), z.array(z.string())).describe('By language: words in names by which an untyped service is recognised'),
    schema: TypeSchema.optional().describe('JSON Schema of the fields that this type adds, in the order of the form'),
    publicFields: z.array(z.string()).optional().describe('Fields that visitors see; the others are for who has an account'),
    cardFields: z.array(z.string()).max(CARD_FIELDS).optional().describe('Public fields for a row of a list, at most three'),
    filterFields: z
      .array(z.string())
      .optional()
      .describe('Public fields of yes or no, or of a choice, to filter by in Browse where the kind is chosen'),
  })
  .superRefine(({ schema, publicFields = [], cardFields = [], filterFields = [] }, context) => {
    const own = listTypeFields(schema);
    const find = (name: string) => own.find((field) => field.name === `extra.${name}`);
    const lists = { publicFields, cardFields, filterFields };
    for (const [list, names] of Object.entries(lists))
      for (const name of names) {
        const fault = !find(name)
          ? 'is no field of its schema'
          : list !== 'publicFields' && !publicFields.includes(name)
            ? 'is not among its publicFields'
            : list === 'filterFields' && !['yes_no', 'choice'].includes(find(name)!.kind)
              ? 'is neither a yes or no nor a choice'
              : undefined;
        if (fault) context.addIssue({ code: 'custom', path: [list], message: `"${name}" ${fault}` });
      }
  })
  .describe('A kind of resource');
export type ResourceType = z.infer<typeof ResourceType>;

export const TaxonomyTerm = z.strictObject({
  id: Id,
  parent: Id.optional(),
  label: Localized,
  description: Localized.optional(),
  icon: z.string().optional().describe('Name of a glyph of the icon set'),
  eases: z
    .array(z.enum(BARRIERS))
    .optional()
    .describe('What comes between somebody and help, and goes with this: a search for it is offered where that was told'),
  class: FieldClass.optional().describe('What having this need tells of a person; terms below it are of the same class'),
  tile: z.number().int().optional().describe('Order among the tiles of the Find screen; absent: no tile'),
});
export type TaxonomyTerm = z.infer<typeof TaxonomyTerm>;

const Crosswalk = z.strictObject({
  of: z.array(z.string().min(1)).min(1).describe('Names of the other taxonomy, as files write them'),
  terms: z.record(z.string(), Id).describe('Code of its term → the term that means it here'),
});

export const Taxonomy = z.strictObject({
  id: Id,
  label: Localized,
  version: z.string().optional().describe('Of the list, as its keepers write it'),
  terms: z.array(TaxonomyTerm).describe('The needs'),
  crosswalks: z.array(Crosswalk).optional().describe('Terms of other taxonomies that mean the same, by code'),
});
export type Taxonomy = z.infer<typeof Taxonomy>;

export const SynonymSet = z.strictObject({
  language: Language,
  terms: z.record(Id, z.array(z.string())).describe('Taxonomy term → other words for it, in this language'),
});
export type SynonymSet = z.infer<typeof SynonymSet>;

// The contribution points: what a plugin can add, each with its schema. Everything here is data;
// where a point needs code, the datum names a function that the plugin's `main` exports (functions.ts).

import { z } from 'zod';
import { AssessmentForm } from '../casework/assessment.ts';
import { PlanTemplate } from '../casework/plan-template.ts';
import { FactDefinition } from '../intake/facts.ts';
import { BARRIERS } from '../casework/plan.ts';
import { FieldClass } from '../intake/field-class.ts';
import { IntakeQuestion } from '../intake/questions.ts';
import { Rule } from '../eligibility/rule.ts';
import { RuleTable } from '../eligibility/tables.ts';
import { DataCheck } from '../directory/checks.ts';
import { ImportMapping } from '../directory/mapping.ts';
import { listTypeFields, TypeSchema } from '../directory/type-fields.ts';
import { HandoutTemplate } from '../handout/template.ts';
import { Localized } from '../platform/localized.ts';
import { ViewNodes } from './view-nodes.ts';

const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._/-]*$/, 'lower-case letters, digits, ".", "_", "-", "/"')
  .describe('Stable identifier');
const FunctionName = z.string().describe("Name of a function exported by the plugin's main");
const Path = z.string().regex(/^\.\/(?!.*\.\.)/, 'a path inside the plugin, starting with "./"');
const When = z.string().describe('A when clause over context keys, such as "find.hasPlace && !find.running"');
const Language = z.string().describe('BCP 47 tag, such as "es" or "pt-BR"');
const Glyph = z.string().describe('Name of a glyph of the icon set');
const Bounds = z.tuple([z.number(), z.number(), z.number(), z.number()]).describe('[west, south, east, north], degrees');

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
    cardFields: z
      .array(z.string())
      .max(CARD_FIELDS)
      .optional()
      .describe('Public fields for a row of a list; kept with the kind, no list draws them yet'),
    filterFields: z
      .array(z.string())
      .optional()
      .describe('Public fields of yes or no, or of a choice, to filter by; kept with the kind, no filter offers them yet'),
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

export const ImporterContribution = z.strictObject({
  id: Id,
  label: Localized,
  extensions: z.array(z.string()).describe('File name endings, with the dot'),
  run: FunctionName,
});
export type ImporterContribution = z.infer<typeof ImporterContribution>;

export const ExporterContribution = z.strictObject({
  id: Id,
  label: Localized,
  extension: z.string().describe('Ending of the file that is made, with the dot'),
  run: FunctionName,
});
export type ExporterContribution = z.infer<typeof ExporterContribution>;

export const GeocoderContribution = z.strictObject({ id: Id, label: Localized, run: FunctionName });
export type GeocoderContribution = z.infer<typeof GeocoderContribution>;

export const TravelTimesContribution = z.strictObject({
  id: Id,
  label: Localized,
  bounds: Bounds,
  modes: z.array(z.enum(['walk', 'drive'])).describe('Ways of getting about that it knows'),
  run: FunctionName.describe('Function that gives the street graph (see StreetGraphData)'),
});
export type TravelTimesContribution = z.infer<typeof TravelTimesContribution>;

export const WaysContribution = z
  .strictObject({
    id: Id,
    label: Localized,
    modes: z
      .array(z.enum(['walk', 'drive']))
      .min(1)
      .describe('Means of travel that it knows'),
    run: FunctionName.describe('Function that says how long ways are (see WaysFunction)'),
  })
  .describe('A service that is asked for travel times where this server has no streets');
export type WaysContribution = z.infer<typeof WaysContribution>;

export const BasemapContribution = z.strictObject({
  id: Id,
  label: Localized,
  bounds: Bounds,
  attribution: z.string().describe('Whose map it is, shown in its corner'),
  minZoom: z.number().int().default(0).describe('Zoom from which on it has something to show'),
  maxZoom: z.number().int().default(14).describe('Largest zoom that is cut; beyond it that one is drawn larger'),
  priority: z.number().int().default(10).describe('Larger wins where several cover the same place; the outlines have 0'),
  run: FunctionName.describe('Function that gives GeoJSON by layer of the Protomaps basemap schema (see BasemapLayers)'),
});
export type BasemapContribution = z.infer<typeof BasemapContribution>;

export const MapLayerContribution = z.strictObject({
  id: Id,
  label: Localized,
  data: z
    .union([Path, z.record(z.string(), z.unknown())])
    .describe('GeoJSON, or the path of a file with it: read by the server, and sent when the layer is turned on'),
  layers: z
    .array(
      z.strictObject({
        type: z.enum(['fill', 'line', 'circle', 'symbol']).describe('How the shapes are drawn'),
        filter: z.unknown().optional().describe('Which shapes: an expression of the style specification'),
        minzoom: z.number().min(0).max(24).optional().describe('Zoom from which on it is drawn'),
        maxzoom: z.number().min(0).max(24).optional().describe('Zoom up to which it is drawn'),
        layout: z.record(z.string(), z.unknown()).optional().describe('As in the style specification'),
        paint: z.record(z.string(), z.unknown()).optional().describe('As in the style specification'),
      }),
    )
    .describe('Layers of the MapLibre style specification over that data alone; a colour may be a token of the theme, such as "--g-3"'),
});
export type MapLayerContribution = z.infer<typeof MapLayerContribution>;

export const CommandContribution = z.strictObject({
  id: Id,
  title: Localized,
  category: Localized.optional(),
  when: When.optional(),
  keybinding: z.string().optional().describe('Such as "Ctrl+Alt+S"; "Mod" is Cmd on a Mac and Ctrl elsewhere'),
  icon: Glyph.optional(),
  command: z.string().describe('Another command, which is run with `args`'),
  args: z.array(z.json()).optional().describe('Arguments, as JSON'),
});
export type CommandContribution = z.infer<typeof CommandContribution>;

/** A view drawn by the host from data: no code of a plugin runs in the browser. */
export const ViewContribution = z.strictObject({
  id: Id,
  title: Localized,
  icon: Glyph,
  where: z.enum(['activity', 'editor']).default('activity').describe('In the side bar, chosen in the activity bar; or in a tab'),
  when: When.optional(),
  nodes: ViewNodes.optional().describe('What it shows; else `run` gives it'),
  run: FunctionName.optional().describe('Function that gives the nodes each time the view is opened (see ViewFunction)'),
});
export type ViewContribution = z.infer<typeof ViewContribution>;

/** A page of a plugin's own, shut off from everything: it has scripts, and messages with its own plugin. */
export const FrameContribution = z.strictObject({
  id: Id,
  title: Localized,
  icon: Glyph,
  where: z.enum(['activity', 'editor']).default('activity').describe('In the side bar, chosen in the activity bar; or in a tab'),
  when: When.optional(),
  file: Path.describe('One HTML file with its scripts and styles in it'),
  run: FunctionName.optional().describe('Function that answers what the page asks (see FrameFunction)'),
});
export type FrameContribution = z.infer<typeof FrameContribution>;

export const SettingContribution = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][A-Za-z0-9.]*$/)
    .describe('By which it is read and set, such as "calendar.firstDay"'),
  title: Localized,
  description: Localized.optional(),
  scope: z.enum(['deployment', 'agency', 'user']).describe('The narrowest scope in which it can be set'),
  schema: z.record(z.string(), z.unknown()).describe('JSON Schema of the value'),
  default: z.unknown().describe('The value where nobody set one'),
  public: z.boolean().default(false).describe('Readable without an account; everything else is for signed-in users'),
  secret: z.boolean().default(false).describe('Never read by a browser: who may set it learns only whether it is set'),
});
export type SettingContribution = z.infer<typeof SettingContribution>;

/** Another default for a setting that everybody chooses for themselves; what concerns the whole server has no such door. */
export const SettingDefault = z.strictObject({
  key: z.string().describe('Key of a setting of scope "user"'),
  value: z.json().describe('What holds where nobody chose; passed over where the setting does not allow it'),
});
export type SettingDefault = z.infer<typeof SettingDefault>;

export const KeybindingContribution = z.strictObject({
  key: z.string().describe('Such as "Ctrl+Alt+S"; "Mod" is Cmd on a Mac and Ctrl elsewhere'),
  command: z.string().describe('The command that it runs'),
  args: z.array(z.json()).optional().describe('Arguments, as JSON'),
  when: When.optional(),
});
export type KeybindingContribution = z.infer<typeof KeybindingContribution>;

/** What a token may be worked out with: nothing that fetches or leaves its declaration. */
const STYLE_FUNCTIONS = new Set([
  'rgb',
  'rgba',
  'hsl',
  'hsla',
  'oklch',
  'oklab',
  'lab',
  'lch',
  'color-mix',
  'calc',
  'min',
  'max',
  'clamp',
  'var',
]);
const TokenValue = z
  .string()
  .max(200)
  .regex(/^[^;{}<>\\@]*$/, 'a value alone, without ";", "{", "\\" or "@"')
  .refine(
    (value) => [...value.matchAll(/([\w-]*)\s*\(/g)].every(([, name = '']) => name === '' || STYLE_FUNCTIONS.has(name.toLowerCase())),
    {
      message: `only these functions: ${[...STYLE_FUNCTIONS].join(', ')}`,
    },
  );

export const ThemeContribution = z.strictObject({
  id: Id,
  label: Localized,
  base: z.enum(['light', 'dark', 'hc-light', 'hc-dark']).describe('The theme whose colours hold where it names none'),
  tokens: z
    .record(z.string().regex(/^--[a-z0-9-]+$/), TokenValue)
    .default({})
    .describe('Token → value, over those of the base'),
});
export type ThemeContribution = z.infer<typeof ThemeContribution>;

export const TranslationContribution = z.strictObject({
  language: Language,
  label: z.string().describe('The language in its own words'),
  direction: z.enum(['ltr', 'rtl']).default('ltr').describe('Whether it is written from the left or from the right'),
  messages: z.record(z.string(), z.string()).describe('Message id → ICU message'),
});
export type TranslationContribution = z.infer<typeof TranslationContribution>;

/** Made-up data to try the product on: `run` gives an HSDS package (see DemoData). */
export const DemoContribution = z.strictObject({
  id: Id,
  label: Localized,
  run: FunctionName,
  settings: z.record(z.string(), z.unknown()).default({}).describe('Settings that hold while the demo is loaded'),
});
export type DemoContribution = z.infer<typeof DemoContribution>;

/** Made-up clients and their agencies, to try casework on: `run` gives them (see DemoPeople). */
export const DemoPeopleContribution = z.strictObject({ id: Id, label: Localized, run: FunctionName });
export type DemoPeopleContribution = z.infer<typeof DemoPeopleContribution>;

/** Point id → schema of one contribution. The manifest's schema and the registry are made from this table. */
export const CONTRIBUTION_POINTS = {
  resourceTypes: ResourceType,
  taxonomies: Taxonomy,
  synonyms: SynonymSet,
  facts: FactDefinition,
  intakeQuestions: IntakeQuestion,
  assessments: AssessmentForm,
  planTemplates: PlanTemplate,
  eligibilityRules: Rule,
  ruleTables: RuleTable,
  importers: ImporterContribution,
  exporters: ExporterContribution,
  importMappings: ImportMapping,
  dataChecks: DataCheck,
  geocoders: GeocoderContribution,
  travelTimes: TravelTimesContribution,
  ways: WaysContribution,
  mapLayers: MapLayerContribution,
  basemaps: BasemapContribution,
  commands: CommandContribution,
  keybindings: KeybindingContribution,
  views: ViewContribution,
  frames: FrameContribution,
  handoutTemplates: HandoutTemplate,
  settings: SettingContribution,
  settingDefaults: SettingDefault,
  themes: ThemeContribution,
  translations: TranslationContribution,
  demos: DemoContribution,
  demoPeople: DemoPeopleContribution,
} as const;

export type ContributionPointId = keyof typeof CONTRIBUTION_POINTS;
export type ContributionOf<P extends ContributionPointId> = z.infer<(typeof CONTRIBUTION_POINTS)[P]>;

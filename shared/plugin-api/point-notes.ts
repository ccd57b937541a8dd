// What each contribution point is for, in words for whoever writes a plugin: what it adds, whether it takes code, and where
// people meet it. The reference and the manifest's schema are made from this table and the schemas.

import type { ContributionPointId } from './points.ts';

export interface PointNote {
  adds: string;
  /** `function`: the datum names a function of the plugin's `main`, always or where it wants. */
  by: 'data' | 'function' | 'data or function';
  /** Where people meet it. */
  seen: string;
  /** The file that draws or uses it. */
  used: string;
}

export const POINT_NOTES: Readonly<Record<ContributionPointId, PointNote>> = {
  resourceTypes: {
    adds: 'A kind of resource: shape, icon and colour of its pin, the needs that it meets, fields of its own',
    by: 'data',
    seen: 'Pins and legend, Browse by kind, form of a listing',
    used: 'client/find/catalog.ts',
  },
  taxonomies: {
    adds: 'Needs, one below the other',
    by: 'data',
    seen: 'Find: tiles and search for needs; needs of a client',
    used: 'client/find/catalog.ts',
  },
  synonyms: {
    adds: 'Other words for needs, by language',
    by: 'data',
    seen: 'Find: what is typed in the box for needs',
    used: 'client/find/catalog.ts',
  },
  facts: {
    adds: 'A typed fact of a person or household, with unit and sensitivity; told, computed, or judged by a function',
    by: 'data or function',
    seen: 'Rule builder, facts of a client, reasons',
    used: 'client/casework/vocabulary.ts',
  },
  intakeQuestions: {
    adds: 'How a fact is asked, when, and why',
    by: 'data',
    seen: 'Find: the next question; page of a client',
    used: 'client/find/catalog.ts',
  },
  assessments: {
    adds: 'A form of first talks and later looks, by domain',
    by: 'data',
    seen: 'Page of a client: Assessment',
    used: 'client/casework/AssessmentPart.svelte',
  },
  planTemplates: {
    adds: 'A plan to begin with: goals and steps for a situation',
    by: 'data',
    seen: 'Page of a client: Plan',
    used: 'client/casework/PlanEdit.svelte',
  },
  noteTemplates: {
    adds: 'Headings that a note or a contact begins with, for a situation',
    by: 'data',
    seen: 'Quick note',
    used: 'client/casework/QuickNote.svelte',
  },
  letterTemplates: {
    adds: 'A letter for a client to take along, filled in from the record as far as its reader may see it',
    by: 'data',
    seen: 'Page of a client: Letters',
    used: 'client/casework/LetterEditor.svelte',
  },
  eligibilityRules: {
    adds: 'Who can use a service, with tests',
    by: 'data',
    seen: 'Verdicts and reasons in Find; Rules',
    used: 'client/find/matcher.ts',
  },
  ruleTables: {
    adds: 'Dated figures that rules look up, such as poverty levels',
    by: 'data',
    seen: 'Reasons with figures; rule builder',
    used: 'client/find/matcher.ts',
  },
  importers: {
    adds: 'A file format that can be imported',
    by: 'function',
    seen: 'Import: files that are taken; waypost import',
    used: 'server/directory/import-reading.ts',
  },
  exporters: {
    adds: 'A format in which the directory can be taken out',
    by: 'function',
    seen: 'Export: formats; waypost export',
    used: 'server/directory/export.ts',
  },
  importMappings: {
    adds: 'What the columns of a known sheet mean',
    by: 'data',
    seen: 'Import: the mapping that is offered',
    used: 'server/directory/import-plan.ts',
  },
  dataChecks: {
    adds: 'Something that every listing should state',
    by: 'data',
    seen: 'Problems',
    used: 'server/directory/problems.ts',
  },
  fixes: {
    adds: 'What can be done about a problem by one button: an edit of the listing, with its undo',
    by: 'data',
    seen: 'Problems: the button beside a finding; waypost problems fix',
    used: 'server/directory/problem-fixes.ts',
  },
  geocoders: {
    adds: 'A service that finds places by words',
    by: 'function',
    seen: 'Find: where; search for places',
    used: 'server/directory/geocode.ts',
  },
  travelTimes: {
    adds: 'How long ways take in an area',
    by: 'function',
    seen: 'Find: minutes on foot, by car; Gaps',
    used: 'server/app.ts',
  },
  ways: {
    adds: 'A service that says how long ways are, where no streets are on this machine',
    by: 'function',
    seen: 'Find: minutes of the way',
    used: 'server/matching/contributed-ways.ts',
  },
  mapLayers: {
    adds: 'Shapes over the map in a checked style',
    by: 'data',
    seen: 'Map: Layers',
    used: 'client/map/map-data.svelte.ts',
  },
  markerStyles: {
    adds: 'A mark on the pins of an answer: a small disc with a glyph, or a fainter pin, by what is public of the service',
    by: 'data',
    seen: 'Find: pins on the map, and the legend',
    used: 'client/find/catalog.ts',
  },
  basemaps: {
    adds: 'Ground of the map for an area',
    by: 'function',
    seen: 'Map',
    used: 'server/directory/basemaps.ts',
  },
  commands: {
    adds: 'A command: another command with arguments under a name, a key and a condition of its own',
    by: 'data',
    seen: 'Command palette; keys',
    used: 'client/plugins/contribution.ts',
  },
  menus: {
    adds: 'A command in a menu: of a service, of a place on the map, of a client, beside the title of a view',
    by: 'data',
    seen: 'The menus that it names',
    used: 'client/plugins/contribution.ts',
  },
  keybindings: {
    adds: 'A key for a command that is there',
    by: 'data',
    seen: 'Keys; a person’s own keys come first',
    used: 'client/plugins/contribution.ts',
  },
  views: {
    adds: 'A view of headings, text, lists, tables, cards and bars, drawn by the product',
    by: 'data or function',
    seen: 'Side bar or tab',
    used: 'server/plugins/views.ts',
  },
  emptyStates: {
    adds: 'Words and ways on where a list is empty',
    by: 'data',
    seen: 'The lists that it names, where they are empty',
    used: 'client/plugins/contribution.ts',
  },
  walkthroughs: {
    adds: 'First steps: a few things to do, each with a button, ticked as they are done',
    by: 'data',
    seen: 'Get started; a line above Find until it is put away',
    used: 'client/plugins/first-steps/contribution.ts',
  },
  frames: {
    adds: 'A page of its own, shut off from everything: scripts and styles in one HTML file, messages with its own plugin',
    by: 'data or function',
    seen: 'Side bar or tab',
    used: 'server/plugins/frames.ts',
  },
  handoutTemplates: {
    adds: 'What stands on the paper that people take along',
    by: 'data',
    seen: 'Handout; crisis lines',
    used: 'client/handout/state.svelte.ts',
  },
  settings: {
    adds: 'A setting with its schema and default',
    by: 'data',
    seen: 'Settings; page of the plugin',
    used: 'server/settings.ts',
  },
  settingDefaults: {
    adds: 'Another default for a setting that everybody chooses for themselves',
    by: 'data',
    seen: 'Settings, where nobody chose',
    used: 'server/settings.ts',
  },
  themes: {
    adds: 'Colours over those of a base theme',
    by: 'data',
    seen: 'Settings: Theme; everywhere',
    used: 'client/settings/start.ts',
  },
  translations: {
    adds: 'Texts of the product in a language',
    by: 'data',
    seen: 'Settings: Language; everywhere',
    used: 'client/settings/start.ts',
  },
  demos: {
    adds: 'A made-up directory to try the product on',
    by: 'function',
    seen: 'First page of an empty directory; waypost demo',
    used: 'server/directory/demo.ts',
  },
  demoPeople: {
    adds: 'Made-up clients and agencies to try casework on',
    by: 'function',
    seen: 'Clients, where the demo is loaded',
    used: 'server/casework/demo.ts',
  },
};

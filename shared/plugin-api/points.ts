// The contribution points: what a plugin can add, each with its schema. Everything here is data;
// where a point needs code, the datum names a function that the plugin's `main` exports (functions.ts).

import type { z } from 'zod';
import { AssessmentForm } from '../casework/assessment.ts';
import { LetterTemplate } from '../casework/letter-template.ts';
import { NoteTemplate } from '../casework/note-template.ts';
import { PlanTemplate } from '../casework/plan-template.ts';
import { DataCheck } from '../directory/checks.ts';
import { ImportMapping } from '../directory/mapping.ts';
import { QuickFix } from '../directory/quick-fix.ts';
import { Rule } from '../eligibility/rule.ts';
import { RuleTable } from '../eligibility/tables.ts';
import { HandoutTemplate } from '../handout/template.ts';
import { FactDefinition } from '../intake/facts.ts';
import { IntakeQuestion } from '../intake/questions.ts';
import { ResourceType, Taxonomy, SynonymSet } from './points/directory.ts';
import { ImporterContribution, ExporterContribution, DemoContribution, DemoPeopleContribution } from './points/formats.ts';
import {
  GeocoderContribution,
  TravelTimesContribution,
  WaysContribution,
  MapLayerContribution,
  MarkerStyleContribution,
  BasemapContribution,
} from './points/map.ts';
import {
  CommandContribution,
  EmptyStateContribution,
  FrameContribution,
  KeybindingContribution,
  MenuContribution,
  ViewContribution,
  WalkthroughContribution,
} from './points/workbench.ts';
import { SettingContribution, SettingDefault, ThemeContribution, TranslationContribution } from './points/settings.ts';

export * from './points/directory.ts';
export * from './points/formats.ts';
export * from './points/map.ts';
export * from './points/workbench.ts';
export * from './points/settings.ts';

/** Point id → schema of one contribution. The manifest's schema and the registry are made from this table. */
export const CONTRIBUTION_POINTS = {
  resourceTypes: ResourceType,
  taxonomies: Taxonomy,
  synonyms: SynonymSet,
  facts: FactDefinition,
  intakeQuestions: IntakeQuestion,
  assessments: AssessmentForm,
  planTemplates: PlanTemplate,
  noteTemplates: NoteTemplate,
  letterTemplates: LetterTemplate,
  eligibilityRules: Rule,
  ruleTables: RuleTable,
  importers: ImporterContribution,
  exporters: ExporterContribution,
  importMappings: ImportMapping,
  dataChecks: DataCheck,
  fixes: QuickFix,
  geocoders: GeocoderContribution,
  travelTimes: TravelTimesContribution,
  ways: WaysContribution,
  mapLayers: MapLayerContribution,
  markerStyles: MarkerStyleContribution,
  basemaps: BasemapContribution,
  commands: CommandContribution,
  menus: MenuContribution,
  keybindings: KeybindingContribution,
  views: ViewContribution,
  emptyStates: EmptyStateContribution,
  walkthroughs: WalkthroughContribution,
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

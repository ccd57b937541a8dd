// A glyph and a colour for each plugin, by the first thing that it adds: told apart at a glance, and the same for everybody.

/** What a plugin is for is seen best in what stands first here. */
const LOOKS: readonly (readonly [point: string, icon: string, colour: string])[] = [
  ['walkthroughs', 'route', '--c-benefits'],
  ['demos', 'building-2', '--c-daily'],
  ['demoPeople', 'users', '--c-family'],
  ['resourceTypes', 'map-pin', '--c-daily'],
  ['eligibilityRules', 'list-checks', '--c-benefits'],
  ['intakeQuestions', 'message-circle', '--c-family'],
  ['facts', 'message-circle', '--c-family'],
  ['assessments', 'clipboard-list', '--c-legal'],
  ['planTemplates', 'clipboard-list', '--c-legal'],
  ['noteTemplates', 'message-square', '--c-legal'],
  ['letterTemplates', 'file-text', '--c-legal'],
  ['ruleTables', 'table', '--c-benefits'],
  ['taxonomies', 'hand-heart', '--c-recovery'],
  ['synonyms', 'hand-heart', '--c-recovery'],
  ['importers', 'file-up', '--c-work'],
  ['exporters', 'file-down', '--c-work'],
  ['importMappings', 'file-up', '--c-work'],
  ['dataChecks', 'badge-check', '--c-clinic'],
  ['fixes', 'check-check', '--c-clinic'],
  ['geocoders', 'locate', '--c-shelter'],
  ['travelTimes', 'route', '--c-shelter'],
  ['ways', 'route', '--c-shelter'],
  ['basemaps', 'map', '--c-shelter'],
  ['mapLayers', 'layers', '--c-shelter'],
  ['handoutTemplates', 'printer', '--c-meal'],
  ['themes', 'contrast', '--c-legal'],
  ['translations', 'languages', '--c-housing'],
  ['settings', 'settings', '--c-legal'],
];

export function lookOf(adds: Readonly<Record<string, number>>): { icon: string; colour: string } {
  const [, icon = 'puzzle', colour = '--c-legal'] = LOOKS.find(([point]) => (adds[point] ?? 0) > 0) ?? [];
  return { icon, colour };
}

export function iconOf(point: string): string {
  return LOOKS.find(([id]) => id === point)?.[1] ?? 'puzzle';
}

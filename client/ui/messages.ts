// English words of the parts themselves.

export const messages: Record<string, string> = {
  'ui.close': 'Close',
  'ui.clear': 'Clear',
  'ui.cancel': 'Cancel',
  'ui.loading': 'Loading',
  'ui.remove': 'Remove {name}',
  'ui.becomes': 'becomes',
  'ui.verdict.eligible': 'Can use',
  'ui.verdict.likely': 'Probably',
  'ui.verdict.unknown': 'Ask {count, plural, one {# thing} other {# things}}',
  'ui.verdict.unknown.plain': 'Ask first',
  'ui.verdict.not_stated': 'Not stated',
  'ui.verdict.ineligible': 'No',
};

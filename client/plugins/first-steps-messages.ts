// English words of the first steps.

export const messages = {
  'firstSteps.title': 'Get started',
  'firstSteps.lead': 'A few minutes each. Steps are ticked as you do them, in any order.',
  'firstSteps.guides': 'Guides',
  'firstSteps.progress': '{done} of {all} done',
  'firstSteps.finished': 'Done',
  'firstSteps.mark': 'Mark “{step}” as done',
  'firstSteps.strip': 'New here?',
  'firstSteps.putAway': 'Do not show this again',
  'firstSteps.away': 'You find it again in the account menu.',
} as const;

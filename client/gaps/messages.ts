// English words of the Gaps screen that are needed before it is opened.

export const messages = {
  'gaps.category': 'Gaps',
  'gaps.title': 'Gaps',
  'gaps.command.open': 'Where help is missing',
  'gaps.command.place': 'Place a site on the map',
  'gaps.command.placeHere': 'Place a site in the middle of the map',
  'gaps.command.undo': 'Undo the last step of a scenario',
  'gaps.command.redo': 'Redo the last step of a scenario',
  'gaps.command.report': 'Report of the gaps',
  'gaps.report.tab': 'Report of gaps',
};

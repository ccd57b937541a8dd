// English words of the Gaps screen that are needed before it is opened.

export const messages = {
  'gaps.category': 'Gaps',
  'gaps.title': 'Gaps',
  'gaps.command.open': 'Where help is missing',
  'gaps.command.place': 'Place a site on the map',
  'gaps.command.placeHere': 'Place a site in the middle of the map',
  'gaps.command.placeAt': 'Place a site here',
  'gaps.command.probe': 'How far from here',
  'gaps.command.undo': 'Undo the last step of a scenario',
  'gaps.command.redo': 'Redo the last step of a scenario',
  'gaps.command.report': 'Report of the gaps',
  'gaps.command.countUnmet': 'Count this search as an unmet need',
  'gaps.unmet.offer': 'Help is missing here',
  'gaps.unmet.offer.detail': 'Where this is counted, with consent and without a name, it can be seen where more is needed.',
  'gaps.unmet.offer.do': 'Count as an unmet need',
  'gaps.report.tab': 'Report of gaps',
};

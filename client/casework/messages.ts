// English texts of casework that the frame shows before any of its screens is loaded: commands, views, titles of tabs.

export const messages: Record<string, string> = {
  'case.category': 'Clients',
  'case.people': 'Clients',
  'case.command.people': 'My clients by what is due',
  'case.command.new': 'New client',
  'case.command.note': 'Quick note',
  'case.command.keep': 'Keep this search for a client',
  'case.command.open': 'Open a client',
  'case.command.brief': 'One page before a visit',
  'case.command.copy': 'The client’s copy of the plan',
  'case.command.pin': 'Pin the service to the client’s plan',
  'case.command.refer': 'Refer the client to the service',
  'case.command.places': 'Places of this agency',
  'case.command.inbox': 'Referrals to this agency',
  'case.command.supervise': 'Team, approvals, emergency access',
  'case.someone': 'Someone',
  'case.tab.person': '{name}',
  'case.tab.brief': '{name}: before a visit',
  'case.tab.copy': '{name}: their copy of the plan',
  'case.tab.client': 'Client',
};

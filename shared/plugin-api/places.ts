// The named places of the workbench where plugins and features put commands and words, each with what it is about.

/** Menu → where it is, what its commands are given, and which keys its `when` clauses may ask. */
export const MENUS = {
  resource: 'Page of a service; commands are given its id; keys: resource.type, resource.hidden, resource.inSearch',
  place: 'The map, by right click or long press; commands are given { lon, lat }',
  tab: 'The tabs; commands are given nothing',
  'view/title': 'Buttons beside the title of a view in the side bar; the key "view" says which',
  client: 'Page of a client; commands are given the id of the client',
  account: 'Account menu, on a phone “More”; commands are given nothing',
} as const;
export type MenuId = keyof typeof MENUS;

/** Key that a `when` clause may ask anywhere in the workbench → what it says. */
export const CONTEXT_KEYS = {
  signedIn: 'Somebody has signed in',
  role: 'Their role: viewer, intake, case_manager, supervisor, coordinator, steward, admin',
  'can.<permission>': 'They may do this, such as can.people.intake, can.directory.edit, can.gaps.use, can.plugins.make',
  phone: 'The window is narrower than 720 px',
  view: 'Id of the view in the side bar: find, people, directory, rules, gaps, or of a plugin',
  editor: 'Kind of the tab in front: map, resource, handout, settings, and others',
  'find.hasPlace': 'It is known where to search',
  'find.hasResults': 'The search has found something',
  'find.hasQuestion': 'There is a next question',
  'find.hasSelection': 'A service of the answer is chosen',
  'find.shortlisted': 'How many services are on the shortlist',
  'ran:<command>': 'This command was run since the page was opened, such as ran:find.handout',
} as const;

/** Place that may be empty → when it is. */
export const EMPTY_PLACES = {
  'find.results': 'Find: nothing fits within reach',
  'find.shortlist': 'Shortlist: nothing was put there',
  directory: 'Browse: nothing is found; keys: text, filtered, onMap',
  people: 'Clients: nobody to do something for, or nobody of that name; key: text',
  rules: 'Rules: there are none, or none of that name; key: text',
  problems: 'Problems: there are none',
  suggestions: 'Suggestions: none waits',
  referrals: 'Referrals: none has come',
} as const;
export type EmptyPlace = keyof typeof EMPTY_PLACES;

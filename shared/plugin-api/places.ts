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

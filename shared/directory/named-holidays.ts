// Holidays by name, as lists of closed days have them. Which dates they are is known only where the place is.

/** What people write, folded → the names by which a calendar of holidays may have it. */
const NAMES: readonly (readonly [written: string, ...names: string[]])[] = [
  ["new year's day|new years day|new year's|new years|jour de l'an|nouvel an|ano nuevo", "New Year's Day"],
  ["new year's eve|new years eve|saint-sylvestre|nochevieja", "New Year's Eve"],
  ['martin luther king jr. day|martin luther king day|martin luther king jr. birthday|mlk day|mlk jr. day', 'Martin Luther King Jr. Day'],
  ["lincoln's birthday", "Lincoln's Birthday"],
  ["presidents' day|presidents day|president's day|washington's birthday", "Washington's Birthday"],
  ['casimir pulaski day|pulaski day', 'Casimir Pulaski Day'],
  ['good friday|vendredi saint|viernes santo', 'Good Friday'],
  ['easter|easter sunday|paques', 'Easter Sunday'],
  ['easter monday|lundi de paques', 'Easter Monday'],
  ['memorial day', 'Memorial Day'],
  ['victoria day', 'Victoria Day'],
  ['canada day', 'Canada Day'],
  ['juneteenth', 'Juneteenth'],
  ['independence day|fourth of july|4th of july|july 4th|july 4', 'Independence Day'],
  ['labor day|labour day', 'Labour Day'],
  ["columbus day|indigenous peoples' day|indigenous peoples day", 'Columbus Day'],
  ['election day', 'Election Day'],
  ["veterans day|veterans' day|veteran's day", 'Veterans Day'],
  ['thanksgiving|thanksgiving day|dia de accion de gracias|accion de gracias', 'Thanksgiving Day', 'Thanksgiving'],
  ['day after thanksgiving|friday after thanksgiving', 'Day after Thanksgiving Day'],
  ['christmas eve|nochebuena', 'Christmas Eve'],
  ['christmas|christmas day|noel|navidad', 'Christmas Day'],
  ['boxing day', 'Boxing Day'],
];

const NAMES_BY_WORDS = new Map(NAMES.flatMap(([written, ...names]) => written.split('|').map((one) => [one, names] as const)));
const PARTS = /\s*(?:[,;\n]|\band\b|&|\by\b|\bet\b)\s*/;

/** The names in a list such as "New Year's Day, Thanksgiving and Christmas", or null where it has anything else in it. */
export function readNamedHolidays(text: string): string[] | null {
  const folded = text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .toLowerCase()
    .replaceAll(/king,?\s+jr\.?/g, 'king jr.')
    .replace(/^\s*(?:closed|ferme|cerrado)(?:\s+(?:on|for|the|les?|los|en))?\s*:?\s+/, '')
    .replace(/[\s.)]+$/, '');
  const parts = folded.split(PARTS).filter((part) => part !== '');
  const found = parts.map((part) => NAMES_BY_WORDS.get(part.trim().replace(/^(?:the|on|le|el)\s+/, '')));
  return parts.length === 0 || found.includes(undefined) ? null : [...new Set((found as string[][]).flat())];
}

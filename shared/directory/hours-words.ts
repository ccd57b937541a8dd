// The words in which English, Spanish and French tell hours. A word that is not among them makes the whole text
// unreadable: who knows what it changes.

export type HoursToken =
  | { type: 'day'; day: number }
  | { type: 'days'; days: readonly number[] }
  | { type: 'ordinal'; nth: number }
  | { type: 'month'; month: number }
  | ClockToken
  | { type: Mark };

/** A time of day, or any other number, as it is written. */
export interface ClockToken {
  type: 'clock';
  hours: number;
  minutes: number;
  half: 'a' | 'p' | null;
  /** Written on 24 hours: "09:00", "17h", "9:00:00", "14". */
  exact: boolean;
  /** Just digits: may be the day of a month or a year. */
  bare: boolean;
}

type Mark =
  | 'to'
  | 'and'
  | 'or'
  | 'also'
  | 'comma'
  | 'break'
  | 'colon'
  | 'every'
  | 'from'
  | 'between'
  | 'ofMonth'
  | 'except'
  | 'closed'
  | 'open'
  | 'around'
  | 'holidays'
  | 'appointment'
  | 'lunch'
  | 'remark';

/** By weekday from Monday: full names first, which may stand in the plural, then short forms. */
const DAY_WORDS: readonly [string, string][] = [
  ['monday lundi', 'mon mo lun lunes'],
  ['tuesday mardi', 'tues tue tu martes'],
  ['wednesday mercredi', 'weds wed we mer merc miercoles mie mier'],
  ['thursday jeudi', 'thurs thur thu th jeu jueves jue'],
  ['friday vendredi', 'fri fr ven viernes vie'],
  ['saturday samedi sabado', 'sat sa sam sab'],
  ['sunday dimanche domingo', 'sun su dim dom'],
];

const MONTH_WORDS = [
  'january jan janvier janv enero ene',
  'february feb fevrier fevr febrero',
  'march mars marzo',
  'april apr avril avr abril abr',
  'may mai mayo',
  'june jun juin junio',
  'july jul juillet juil julio',
  'august aug aout agosto ago',
  'september sept sep septembre septiembre setiembre',
  'october oct octobre octubre',
  'november nov novembre noviembre',
  'december dec decembre diciembre dic',
];

const ORDINAL_WORDS: Record<string, number> = Object.fromEntries(
  (
    [
      [1, 'first premier premiere primer primero 1st 1er 1ere 1ro 1o'],
      [2, 'second deuxieme segundo 2nd 2e 2eme 2do 2o'],
      [3, 'third troisieme tercer tercero 3rd 3e 3eme 3ro 3o'],
      [4, 'fourth quatrieme cuarto 4th 4e 4eme 4to 4o'],
      [5, 'fifth cinquieme quinto 5th 5e 5eme 5to 5o'],
      [-1, 'last dernier derniere ultimo'],
    ] as const
  ).flatMap(([nth, words]) => words.split(' ').map((word) => [word, nth])),
);

/** Written as they stand between spaces, without accents; signs stand apart, as in "24 / 7". */
const PHRASES: Record<Mark, string> = {
  to: 'to|thru|through|till|until|hasta|a|al|au|jusqu a|-',
  and: 'and|y|et|e|&|+|/',
  or: 'or|ou|o',
  also: 'also|also open|and also|aussi|tambien|y tambien|et aussi',
  comma: ',|(|)',
  break: ';|\n|.|•|||·',
  colon: ':',
  every: 'every|each|weekly|all|tous|toutes|todos|todas|cada|chaque',
  from: 'from|the|on|de|del|du|des|le|la|les|los|las|el|en|starting at',
  between: 'between|entre',
  ofMonth:
    'of the month|of each month|of every month|of month|in the month|each month|every month|monthly|a month|per month|' +
    'du mois|de chaque mois|chaque mois|del mes|de cada mes|cada mes|mensual',
  except: 'except|except on|except for|excluding|but not|sauf|sauf le|sauf les|excepte|hormis|excepto|excepto los|menos|salvo',
  closed: 'closed|closed on|ferme|fermee|fermes|ferme le|ferme les|cerrado|cerrada|cerrados|cerrado los|cerrado en',
  open: 'open|opens|hours|hours of operation|office hours|opening hours|business hours|horaires|horaire|ouvert|ouverte|ouverture|horario|horarios|horario de atencion|horario de oficina|horas de atencion|heures de bureau|abierto|abierta|heures d ouverture',
  around:
    '24 / 7|24 / 7 / 365|24 hours / 7 days|24 hours / 7 days a week|24 hours|24 hours a day|24 hrs|24 hour|24 - 7|around the clock|day and night|' +
    '24h / 24|24 h / 24|24h sur 24|24 heures sur 24|24h / 24 et|24 horas|las 24 horas|las 24 horas del dia|24 horas al dia',
  holidays:
    'holidays|public holidays|federal holidays|legal holidays|bank holidays|major holidays|national holidays|all holidays|all major holidays|state and federal holidays|' +
    'jours feries|les jours feries|feries|festivos|los festivos|feriados|los feriados|dias festivos|dias feriados|los dias festivos|los dias feriados',
  appointment:
    'by appointment|by appointment only|appointment only|appointments only|by appt|by appt only|appt only|by appoint|by app|appt|' +
    'appointment required|appointments required|appointment needed|appointment necessary|must call ahead|call ahead|please call ahead|call first|please call first|' +
    'call for appointment|call for an appointment|call to schedule an appointment|with appointment|' +
    'sur rendez - vous|sur rendez - vous uniquement|uniquement sur rendez - vous|sur rdv|sur rdv uniquement|' +
    'con cita|con cita previa|cita previa|solo con cita|solo con cita previa|por cita|previa cita|unicamente con cita previa',
  lunch: 'for lunch|lunch|for lunch break|pour le dejeuner|pour dejeuner|para almuerzo|para el almuerzo|para comer',
  remark:
    'no appointment necessary|no appointment needed|no appointment required|walk - ins welcome|walk - in|walk - ins|while supplies last|until supplies run out|or until supplies run out|' +
    'sans rendez - vous|sin cita|sin cita previa|year round|year - round|all year|all year round|toute l annee|todo el ano',
};

/** Days in a word, and what people make of initials where it can only mean one thing. */
const DAY_SETS: Record<string, readonly number[]> = {
  ...sets(
    [0, 1, 2, 3, 4, 5, 6],
    'daily|nightly|every night|each night|every day|each day|everyday|7 days a week|7 days|7 days per week|seven days a week|7 / 7|tous les jours|7 jours sur 7|7 j / 7|7j / 7|7 j sur 7|7j sur 7|todos los dias|diario|diariamente|a diario|7 dias a la semana|los 7 dias de la semana|los siete dias de la semana',
  ),
  ...sets(
    [0, 1, 2, 3, 4],
    'weekdays|on weekdays|every weekday|week days|en semaine|entre semana|m - f|mon - f|m thru f|m to f|mtwthf|mtwrf|l - v|l a v',
  ),
  ...sets(
    [5, 6],
    'weekends|on weekends|every weekend|le week - end|les week - ends|week - end|week - ends|fines de semana|los fines de semana|fin de semana',
  ),
  ...sets([0, 1, 2, 3], 'm - th|m - thu|m - thur|m - thurs|mtwth'),
  ...sets([0, 1, 2, 3, 4, 5], 'm - sat|m - sa'),
  ...sets([0, 1, 2, 3, 4, 5, 6], 'm - sun|m - su'),
  ...sets([0, 1, 2], 'm - w'),
  ...sets([0, 2, 4], 'mwf|m / w / f|m , w , f'),
  ...sets([0, 2], 'mw|m / w|m & w'),
  ...sets([1, 3], 'tth|tuth|t / th|tu / th|t & th'),
};

function sets(days: readonly number[], phrases: string): Record<string, readonly number[]> {
  return Object.fromEntries(phrases.split('|').map((phrase) => [phrase, days]));
}

/** What a phrase that goes on from here means, and how it may go on. */
export interface WordNode {
  token?: HoursToken | HalfToken;
  next: Map<string, WordNode>;
}

/** "In the morning": belongs to the time before it. */
export interface HalfToken {
  type: 'half';
  half: 'a' | 'p';
}

const HALF_PHRASES: Record<'a' | 'p', string> = {
  a: 'in the morning|de la manana|du matin',
  p: 'in the afternoon|in the evening|de la tarde|de la noche|du soir|de l apres - midi',
};

/** All phrases, word by word from their first. */
export const LEXICON: WordNode = buildLexicon();

function buildLexicon(): WordNode {
  const root: WordNode = { next: new Map() };
  const add = (phrase: string, token: HoursToken | HalfToken): void => {
    let node = root;
    for (const word of phrase.split(' ')) {
      let next = node.next.get(word);
      if (!next) node.next.set(word, (next = { next: new Map() }));
      node = next;
    }
    node.token = token;
  };
  for (const [type, phrases] of Object.entries(PHRASES) as [Mark, string][])
    for (const phrase of phrases.split('|')) if (phrase !== '') add(phrase, { type });
  add('|', { type: 'break' });
  for (const half of ['a', 'p'] as const) for (const phrase of HALF_PHRASES[half].split('|')) add(phrase, { type: 'half', half });
  for (const [phrase, days] of Object.entries(DAY_SETS)) add(phrase, { type: 'days', days });
  for (const [word, nth] of Object.entries(ORDINAL_WORDS)) add(word, { type: 'ordinal', nth });
  MONTH_WORDS.forEach((words, index) => {
    for (const word of words.split(' ')) add(word, { type: 'month', month: index + 1 });
  });
  DAY_WORDS.forEach(([full, short], day) => {
    for (const word of full.split(' ')) for (const one of [word, `${word}s`]) add(one, { type: 'day', day });
    for (const word of short.split(' ')) add(word, { type: 'day', day });
  });
  for (const phrase of ['noon', 'midday', 'midi', 'mediodia', '12 noon', '12noon', 'el mediodia'])
    add(phrase, clock({ hours: 12, half: 'p' }));
  for (const phrase of ['midnight', 'minuit', 'medianoche', '12 midnight', 'la medianoche']) add(phrase, clock({ hours: 24, exact: true }));
  return root;
}

/** A time of day of which nothing else is known. */
export function clock(parts: Partial<ClockToken>): ClockToken {
  return { type: 'clock', hours: 0, minutes: 0, half: null, exact: false, bare: false, ...parts };
}

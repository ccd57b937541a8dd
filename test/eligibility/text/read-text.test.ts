import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { readEligibilityText } from '#shared/eligibility/text/index.ts';
import { ENGLISH } from '#shared/eligibility/text/phrases-en.ts';
import { phrasesOf } from '#shared/eligibility/text/phrases.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { contributed } from '../../support/contributed.ts';
import { toNotation } from './notation.ts';

const catalogue = createFactCatalogue(contributed('facts'));
const tables = new Map(contributed('ruleTables').map((table) => [table.table, table]));
const HOMELESS = 'household.housing_status is_one_of shelter,outside,hotel';

function read(text: string, language = 'en') {
  return readEligibilityText(text, { language, catalogue });
}

function conditionsOf(text: string, language?: string): string[] {
  return read(text, language).conditions.map(({ node }) => toNotation(node));
}

describe('what is read', () => {
  it.each([
    ['Adults 18+', 'person.age at_least 18'],
    ['Adults (18 and older)', 'person.age at_least 18'],
    ['Must be at least 21 years old', 'person.age at_least 21'],
    ['Seniors (60 years or older)', 'person.age at_least 60'],
    ['55+', 'person.age at_least 55'],
    ['Ages 13-17', 'person.age between 13,17'],
    ['Youth ages 16 to 24', 'person.age between 16,24'],
    ['Must be between the ages of 16 and 24', 'person.age between 16,24'],
    ['Under 21 years of age', 'person.age less_than 21'],
    ['families with children under 5', 'some(household.members: age less_than 5)'],
    ['Children under 5', 'some(household.members: age less_than 5)'],
    ['Must have children under 18', 'household.children at_least 1'],
    ['At or below 185% FPL', 'household.income at_most 185% us_fpl'],
    ['Household income must be at or below 200% of the Federal Poverty Guidelines (FPG)', 'household.income at_most 200% us_fpl'],
    ['Income below $2,000 a month', 'household.income less_than 2000/month'],
    ['Families earning less than $30,000 a year', 'household.income less_than 30000/year'],
    ['Residents of Cook County', 'household.place within Cook County'],
    ['Cook County residents only', 'household.place within Cook County'],
    ['Residents of Lake, Kane and DuPage Counties', 'household.place within Lake County,Kane County,DuPage County'],
    ['Limited to residents of the City of Evanston', 'household.place within Evanston'],
    ['Must live in the service area', 'household.place within service_area'],
    ['Veterans', 'person.veteran is true'],
    ['Pregnant women', 'person.pregnant is true'],
    ['People experiencing homelessness', HOMELESS],
    ['Uninsured adults ages 18-64', 'all(person.age between 18,64; person.insured is false)'],
    ['Women only', 'person.gender is woman'],
    ['People with disabilities', 'person.disability is true'],
    ['Must have photo ID', 'person.documents includes photo_id'],
    ['Photo ID required.', 'person.documents includes photo_id'],
    [
      'Clients must bring a photo ID and proof of address',
      'all(person.documents includes photo_id; person.documents includes proof_of_address)',
    ],
    ['Must be receiving SNAP or WIC', 'any(household.benefits includes snap; household.benefits includes wic)'],
    ['Must be enrolled in school', 'person.student is true'],
    [
      'U.S. citizens or legal permanent residents',
      'any(person.immigration_status is citizen; person.immigration_status is permanent_resident)',
    ],
    ['Must not be currently receiving SNAP', 'none(household.benefits includes snap)'],
    [
      'Veterans, seniors 60 and over, and people with disabilities',
      'any(person.age at_least 60; person.disability is true; person.veteran is true)',
    ],
    ['Must be 18 years of age or older and live in Cook County', 'all(household.place within Cook County; person.age at_least 18)'],
    [
      'A health insurance program for Americans aged 65 and older, and for people with disabilities.',
      'any(person.age at_least 65; person.disability is true)',
    ],
    ['Must be 60 or older or have a disability', 'any(person.age at_least 60; person.disability is true)'],
    [
      'For men and women 18 and older',
      'any(all(person.age at_least 18; person.gender is man); all(person.age at_least 18; person.gender is woman))',
    ],
    ['Open to women 18 and over who are homeless', `all(${HOMELESS}; person.age at_least 18; person.gender is woman)`],
    ['Under 18 (under 19 if you are a student)', 'any(all(person.age less_than 19; person.student is true); person.age less_than 18)'],
    [
      'Adults 18+ living in Cook County, at or below 185% FPL',
      'all(household.income at_most 185% us_fpl; household.place within Cook County; person.age at_least 18)',
    ],
    ['Adults 18+, Cook County residents', 'all(household.place within Cook County; person.age at_least 18)'],
    ['Open to all', 'person.age at_least 0'],
    ['No restrictions', 'person.age at_least 0'],
    ['Open to everyone. Must be 18 or older.', 'person.age at_least 18'],
  ])('%s', (text, ...expected) => {
    expect(conditionsOf(text)).toEqual(expected);
    expect(read(text).unread).toEqual([]);
  });

  it.each([
    ['Free lunch for children, 17 and younger.', 'person.age at_most 17'],
    ['Intended for residents in Northfield School District', 'household.place within Northfield School District'],
    ['Intended for residents of Alder-Wend School District', 'household.place within Alder-Wend School District'],
    ['Northfield residents only, please', 'household.place within Northfield'],
    ['Hours - Mondays from 4-6pm | Serves residents of Northfield | Call first', 'household.place within Northfield'],
    [
      'Provides advice to Alder County residents who are 60 years of age or older in the following areas: housing, wills',
      'all(household.place within Alder County; person.age at_least 60)',
    ],
  ])('beside what is left: %s', (text, expected) => {
    expect(conditionsOf(text)).toEqual([expected]);
  });

  it('joins the lines of a list as its heading says', () => {
    expect(conditionsOf('Eligibility:\n- 18 years or older\n- Resident of Kane County')).toEqual([
      'person.age at_least 18',
      'household.place within Kane County',
    ]);
    expect(conditionsOf('Must be one of the following:\n* Veteran\n* Pregnant')).toEqual([
      'any(person.pregnant is true; person.veteran is true)',
    ]);
  });

  it('leaves an alternative that no fact says to staff, so that nobody is refused for it', () => {
    expect(conditionsOf('Must be homeless or at risk of homelessness')).toEqual([`any(${HOMELESS}; staff)`]);
    expect(conditionsOf('Serves veterans and their families')).toEqual(['any(person.veteran is true; staff)']);
    expect(conditionsOf('Income at or below 150% FPL. There are higher income limits for seniors.')).toEqual([
      'any(household.income at_most 150% us_fpl; staff)',
    ]);
  });
});

describe('what is not made up', () => {
  it.each([
    'Delivery is available to Northfield residents only.',
    'Open every second Friday from 2:00 pm for veterans only.',
    'Lawful Permanent Resident (LPR); United States Citizen; Victim of Trafficking',
    'By appointment only',
    'Call before 18',
    'ID not required',
    'You do not have to be a citizen.',
    'Regardless of immigration status',
    'No income limits',
    'Priority is given to veterans',
    'surviving spouses of veterans',
    'Veterans organizations may apply',
    'The deceased was a veteran.',
    'Under 18 months',
    'At least 2 weeks of training',
    'Groups of 10 or more people',
    '200% growth',
    'Income cannot exceed 80% AMI',
    'Sliding scale: families below 150% FPL pay less.',
    'Seniors',
    'Low income',
    'Must be 18 unless accompanied by a parent',
    'Must be a citizen or permanent resident and live in Texas',
    'eligible low-income adults, children, pregnant women, elderly adults, and people with disabilities',
    'Students at the law school provide free help',
    'Are you a veteran?',
    'Must be eligible for Medicaid',
    'Veterans, pregnant women, people with disabilities',
    'Open to veterans and residents of Cook County',
  ])('%s', (text) => {
    expect(conditionsOf(text)).toEqual([]);
  });
});

describe('other languages', () => {
  it.each([
    ['es', 'Adultos de 18 años o más', 'person.age at_least 18'],
    ['es', 'Mayores de 60 años', 'person.age at_least 60'],
    ['es', 'Menores de 18 años', 'person.age less_than 18'],
    ['es', 'Jóvenes de 16 a 24 años', 'person.age between 16,24'],
    ['es', 'Familias con niños menores de 5 años', 'some(household.members: age less_than 5)'],
    ['es', 'Mujeres embarazadas', 'person.pregnant is true'],
    ['es', 'Residentes del condado de Cook', 'household.place within Cook'],
    ['es', 'Ingresos de hasta el 185% del nivel federal de pobreza', 'household.income at_most 185% us_fpl'],
    ['es', 'Debe tener identificación con foto', 'person.documents includes photo_id'],
    ['es', 'Veteranos y personas con discapacidad', 'any(person.disability is true; person.veteran is true)'],
    ['es', 'Abierto a todos', 'person.age at_least 0'],
    ['es', 'Personas sin hogar', HOMELESS],
    ['fr', 'Adultes de 18 ans et plus', 'person.age at_least 18'],
    ['fr', 'Moins de 18 ans', 'person.age less_than 18'],
    ['fr', 'Jeunes de 16 à 25 ans', 'person.age between 16,25'],
    ['fr', 'Familles avec enfants de moins de 5 ans', 'some(household.members: age less_than 5)'],
    ['fr', 'Réservé aux femmes enceintes', 'person.pregnant is true'],
    ['fr', 'Personnes sans-abri', HOMELESS],
    ['fr', 'Ouvert à tous', 'person.age at_least 0'],
    ['fr', 'Revenus inférieurs à 150% du seuil de pauvreté', 'household.income less_than 150% us_fpl'],
    ['fr', 'Une pièce d’identité avec photo est requise', 'person.documents includes photo_id'],
  ])('%s: %s', (language, text, expected) => {
    expect(conditionsOf(text, language)).toEqual([expected]);
  });

  it.each([
    ['es', 'No se requiere identificación'],
    ['es', 'Con cita previa'],
    ['es', 'Esposas de veteranos'],
    ['fr', 'Sur rendez-vous'],
    ['fr', 'Veuves d’anciens combattants'],
    ['fr', 'Priorité aux femmes enceintes'],
  ])('%s: nothing in %s', (language, text) => {
    expect(conditionsOf(text, language)).toEqual([]);
  });
});

test('the words that were used and those that were not are told', () => {
  const text = 'Open to adults 18+ in need of shelter. Must sing.';
  const { conditions, unread } = read(text);
  const quote = ([start, end]: readonly [number, number]) => text.slice(start, end);
  expect(conditions.map(({ spans, confidence }) => [spans.map(quote), confidence])).toEqual([[['18+'], 'medium']]);
  expect(unread.map(quote).join(' | ')).toBe('Open to adults | in need of shelter | Must sing');
});

test('the draft is a rule that can be decided, drafted, and leaves what was not read to staff', () => {
  const { draft } = readEligibilityText('Must be 18 or older and live in Cook County. Must sing.', { catalogue, rule: 'choir/members' });
  const parsed = parseRule(stringify(draft), { catalogue, tables });
  expect(parsed.ok).toBe(true);
  expect(draft).toMatchObject({ rule: 'choir/members', status: 'drafted', who: 'household' });
  expect(toNotation(draft!.eligible_when)).toBe('all(household.place within Cook County; person.age at_least 18; staff)');
  expect(read('Must sing.').draft).toBeUndefined();
});

test('conditions on facts that an installation does not have are not read', () => {
  const few = createFactCatalogue(contributed('facts').filter(({ id }) => id !== 'person.veteran'));
  expect(readEligibilityText('Veterans 60+', { catalogue: few })).toMatchObject({ conditions: [], draft: undefined, unread: [[0, 12]] });
});

test('a language is a table of phrases', () => {
  const phrases = { xx: { ...ENGLISH, 'trait:veteran': 'zorg | zorgs' } };
  expect(readEligibilityText('zorgs', { language: 'xx', catalogue, phrases }).conditions).toHaveLength(1);
});

describe('hostile texts', () => {
  const word = fc.constantFrom(
    ...Object.values(ENGLISH).flatMap(phrasesOf),
    '18',
    '60',
    '185%',
    '$2,000',
    '(',
    ')',
    ',',
    '.',
    '\n',
    'Zeb',
    '-',
    ':',
    '+',
    '•',
    '🏠',
    '\u0000',
    '\u200f',
  );

  it('any mix of known words gives rules that can be decided, with spans inside the text', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join(' ');
        const { conditions, unread, draft } = read(text);
        for (const [start, end] of [...conditions.flatMap(({ spans }) => spans), ...unread]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        if (draft)
          expect(parseRule(stringify(draft), { catalogue, tables }).issues.filter((issue) => issue.severity === 'error')).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['one word many times', 'veterans and '],
    ['brackets', '(under 18 (under 19 if '],
    ['figures', '18 or older 18-'],
    ['capitals', 'Aaa, Bbb and '],
    ['who', 'people who are people who '],
    ['provides', 'provides a for to '],
    ['not', 'must not be not '],
    ['blanks', '          \t'],
  ])('%s: the work grows with the length alone', (_, piece) => {
    const work = (length: number): number => {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      const started = process.hrtime.bigint();
      read(text);
      return Number(process.hrtime.bigint() - started);
    };
    work(2000);
    // No clock decides here but a hang: twenty times a second's worth of work would be a hundred times too slow.
    expect(work(20_000)).toBeLessThan(20e9);
  });

  it('a text that is too long is read to the limit, and the rest is told', () => {
    const text = `Adults 18+\n${'x '.repeat(20_000)}`;
    const { conditions, unread } = read(text);
    expect(conditions).toHaveLength(1);
    expect(unread.at(-1)![1]).toBe(text.length);
  });
});

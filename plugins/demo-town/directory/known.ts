// Services that are described one by one: those that the screens and guides name, and the sites whose place is kept secret.

import type { HoursKind } from './hours.ts';
import type { Summary } from './offer.ts';

export interface KnownService {
  key: string;
  name: string;
  type: string;
  organization: string;
  /** Street and number; a hidden site has none. */
  address: [street: string, number: number] | null;
  description: string;
  eligibility: string;
  rule?: string;
  needs?: string[];
  bring: string[];
  hours: HoursKind;
  phone: string;
  languages: string[];
  verified: string;
  access?: string[];
  transport?: string;
  capacity?: { unit: 'bed' | 'room' | 'place'; available: number; maximum: number; updated: string };
  apply?: string;
  fees?: string;
  summary?: Summary;
  area?: 'town' | 'county';
  /** Where a hidden site really is, in metres of the town's own plan. */
  secret?: [number, number];
}

export const KNOWN_SERVICES: KnownService[] = [
  {
    key: 'riverside-food-pantry',
    name: 'Riverside Food Pantry',
    type: 'pantry',
    organization: 'wend-valley',
    address: ['Tanner Street', 118],
    description: 'Free groceries, once a week. You choose what goes in the bag. Halal and diabetic boxes are kept aside.',
    eligibility: 'Anyone living in Port Alder. No income limit, no ID. One visit a week for each household.',
    rule: 'wend-valley/pantry',
    bring: ['Letter with your address', 'Bags'],
    hours: 'riverside',
    phone: '555-0142',
    languages: ['es'],
    verified: '2026-11-03',
    access: ['Ramp at the Tanner Street door'],
    transport: 'Bus 4 and 11',
    summary: {
      es: 'Comida gratis, una vez por semana. Sin límite de ingresos, sin identificación.',
      fr: 'Provisions gratuites, une fois par semaine. Sans limite de revenus, sans papiers.',
      ar: 'مواد غذائية مجانية، مرة في الأسبوع. بلا حد للدخل وبلا هوية.',
    },
  },
  {
    key: 'union-avenue-meals',
    name: 'Union Avenue Meals',
    type: 'meal',
    organization: 'open-table',
    address: ['Union Avenue', 240],
    description: 'Hot meals at long tables, every day of the year. Boxes to take away after seven.',
    eligibility: 'Walk in, nothing is asked.',
    rule: 'open-table/everyone',
    bring: [],
    hours: 'dinner',
    phone: '555-0118',
    languages: ['es', 'ar'],
    verified: '2026-11-18',
    access: ['Step-free entrance and toilet'],
    transport: 'Bus 2, 4 and 7',
    summary: {
      es: 'Comidas calientes. No se pregunta nada.',
      fr: 'Repas chauds. On ne demande rien.',
      ar: 'وجبات ساخنة. لا يُطلب منك شيء.',
    },
  },
  {
    key: 'harbor-diaper-bank',
    name: 'Harbor Diaper Bank',
    type: 'family',
    organization: 'harbor-diaper',
    address: ['South Mill Street', 148],
    description: 'Fifty diapers a month for each child under 4, and wipes. Staff confirm by phone before the first visit.',
    eligibility: 'Families with a child under 4. Staff confirm by phone.',
    rule: 'harbor-diaper/under-4-confirmed',
    needs: ['family.diapers', 'family.baby_supplies'],
    bring: ["The child's birth record"],
    hours: 'twoMornings',
    phone: '555-0163',
    languages: ['es'],
    verified: '2026-11-05',
    access: ['Step-free entrance'],
    transport: 'Bus 7',
    apply: 'Call first; staff confirm the visit.',
    summary: {
      es: 'Pañales gratis cada mes para niños menores de 4 años.',
      fr: 'Couches gratuites chaque mois pour les enfants de moins de 4 ans.',
      ar: 'حفاضات مجانية كل شهر للأطفال دون 4 سنوات.',
    },
  },
  {
    key: 'mill-street-family-shelter',
    name: 'Mill Street Family Shelter',
    type: 'shelter',
    organization: 'alder-housing',
    address: ['Mill Street', 31],
    description: 'A room for families, with a kitchen to share and a worker who helps to find a home.',
    eligibility: 'Families with children under 18 and no home in the county. Depends on income, and on where they slept last night.',
    rule: 'alder-housing/family-shelter',
    needs: ['shelter.family', 'shelter.tonight'],
    bring: ['ID if you have it. You can come without it'],
    hours: 'always',
    phone: '555-0177',
    languages: ['es'],
    verified: '2026-11-19',
    access: ['Lift', 'Step-free entrance'],
    transport: 'Bus 1 and 4',
    capacity: { unit: 'room', available: 3, maximum: 18, updated: '2026-11-19T16:22:00-08:00' },
    apply: 'Call first.',
    area: 'county',
    summary: {
      es: 'Un cuarto para familias. Le preguntarán por sus ingresos.',
      fr: 'Une chambre pour les familles. On vous demandera vos revenus.',
      ar: 'غرفة للعائلات. سيسألونك عن دخلك.',
    },
  },
  {
    key: 'county-wic-office',
    name: 'County WIC Office',
    type: 'benefits',
    organization: 'county-human',
    address: ['College Lane', 612],
    description: 'Food money, formula and advice for mothers and children under 5. Bring the child.',
    eligibility: 'Children under 5 and people who are pregnant. Depends on income, or on getting SNAP.',
    rule: 'alder-county/wic',
    needs: ['benefits.wic', 'food.baby_formula'],
    bring: ['Proof of address'],
    hours: 'clinic',
    phone: '555-0129',
    languages: ['es'],
    verified: '2025-09-12',
    access: ['Step-free entrance'],
    transport: 'Bus 9',
    area: 'county',
    summary: {
      es: 'Dinero para comida y fórmula para madres y niños menores de 5 años.',
      fr: 'Argent pour la nourriture et lait infantile, pour mères et enfants de moins de 5 ans.',
      ar: 'مال للطعام وحليب أطفال للأمهات والأطفال دون 5 سنوات.',
    },
  },
  {
    key: 'warm-nights-shelter',
    name: 'Warm Nights Shelter',
    type: 'shelter',
    organization: 'warm-nights',
    address: ['Station Road', 176],
    description: 'Beds for the night from six in the evening, soup, and breakfast before seven. Dogs are welcome.',
    eligibility: 'Adults of 18 and over who are not staying in another shelter. The worker confirms it in an interview.',
    rule: 'warm-nights/shelter',
    needs: ['shelter.tonight'],
    bring: ['ID if you have it'],
    hours: 'night',
    phone: '555-0134',
    languages: ['es', 'so'],
    verified: '2026-10-30',
    access: ['Step-free entrance'],
    transport: 'Bus 2 and the station',
    capacity: { unit: 'bed', available: 7, maximum: 42, updated: '2026-11-19T15:40:00-08:00' },
    summary: {
      es: 'Camas para la noche, sopa y desayuno.',
      fr: 'Des lits pour la nuit, de la soupe et le petit-déjeuner.',
      ar: 'أسرّة لليلة وحساء وفطور.',
    },
  },
  {
    key: 'harbor-womens-shelter',
    name: "Harbor Women's Shelter",
    type: 'shelter',
    organization: 'harbor-safe',
    address: null,
    secret: [2310, 1380],
    description: 'A safe house for women who flee violence, with their children. Call at any hour; someone comes to meet you.',
    eligibility: 'Women who are afraid of someone at home, with or without children.',
    rule: 'harbor-safe/womens-shelter',
    needs: ['safety.shelter', 'safety.domestic_violence', 'safety.hotline', 'shelter.tonight'],
    bring: [],
    hours: 'always',
    phone: '555-0100',
    languages: ['es', 'ar', 'vi'],
    verified: '2026-11-10',
    apply: 'Call the line. The address is not told by phone.',
    area: 'county',
    summary: {
      es: 'Un lugar seguro para mujeres que huyen de la violencia. Llame a cualquier hora.',
      fr: 'Un lieu sûr pour les femmes qui fuient des violences. Appelez à toute heure.',
      ar: 'مكان آمن للنساء الهاربات من العنف. اتصلي في أي وقت.',
    },
  },
  {
    key: 'safe-rooms-families',
    name: 'Safe Rooms for Families',
    type: 'shelter',
    organization: 'harbor-safe',
    address: null,
    secret: [-2080, -960],
    description: 'Rooms for parents of any gender who leave a violent home with their children.',
    eligibility: 'Anyone who flees violence, with children.',
    rule: 'harbor-safe/family-rooms',
    needs: ['safety.shelter', 'safety.domestic_violence', 'shelter.family'],
    bring: [],
    hours: 'always',
    phone: '555-0101',
    languages: ['es', 'so'],
    verified: '2026-10-21',
    apply: 'Call the line.',
    area: 'county',
  },
  {
    key: 'lighthouse-refuge',
    name: 'Lighthouse Refuge',
    type: 'shelter',
    organization: 'kite-house',
    address: null,
    secret: [620, 2540],
    description: 'A secret house for young people who were trafficked or are hunted. Advocates come to where you are.',
    eligibility: 'Young people from 16 to 24 in danger.',
    rule: 'kite-house/refuge',
    needs: ['safety.shelter', 'safety.trafficking'],
    bring: [],
    hours: 'always',
    phone: '555-0102',
    languages: ['es'],
    verified: '2026-09-28',
    apply: 'Call or send a text.',
    area: 'county',
  },
];

// Places of every day that a town keeps open: out of the heat and the cold, toilets, and a ride.

import type { Offer } from './offer.ts';

export const PLACE_OFFERS: Offer[] = [
  {
    key: 'cooling-center',
    type: 'weather',
    count: 3,
    paired: true,
    by: ['county', 'faith'],
    names: ['Cool Room, {d}', 'Clean Air and Cool Room, {s} Street'],
    descriptions: [
      'A cool hall with water, chairs and sockets on the hottest days. Dogs may come in.',
      'Filtered air, cots and quiet when there is heat, smoke or hard frost. Open through the night while it lasts.',
    ],
    eligibility: [{ text: 'Open to everyone. Nothing is asked.', rule: 'open-table/everyone' }],
    hours: ['dayCenter', 'always'],
    summary: {
      es: 'Un lugar fresco con agua y sillas en los días de calor.',
      fr: 'Un lieu frais avec de l’eau et des chaises les jours de chaleur.',
      ar: 'مكان بارد فيه ماء وكراسٍ في أيام الحر.',
    },
  },
  {
    key: 'warm-room',
    type: 'weather',
    count: 2,
    by: ['faith', 'mutual'],
    names: ['Warm Room at {s} Street', '{d} Warm Room'],
    descriptions: ['Soup, chairs and a heated room on nights of frost. Dogs sleep under the table.'],
    eligibility: [{ text: 'Open to everyone. Nothing is asked.', rule: 'open-table/everyone' }],
    hours: ['winterNights'],
  },
  {
    key: 'public-toilets',
    type: 'hygiene',
    count: 4,
    paired: true,
    by: ['county'],
    names: ['Toilets at {s} Street', 'Washroom, {d}'],
    descriptions: [
      'Public toilets, open day and night, with a room for wheelchairs and a changing table.',
      'Toilets and two shower rooms with doors that lock. Someone is there while it is open.',
    ],
    eligibility: [{ text: 'Open to everyone. Nothing is asked.', rule: 'open-table/everyone' }],
    hours: ['always', 'dayCenter'],
  },
  {
    key: 'ride-share',
    type: 'transport',
    count: 3,
    by: ['mutual', 'faith'],
    names: ['Neighbors Drive, {d}', 'A Ride from {s} Street'],
    descriptions: ['A neighbor drives you to an office, a doctor or the shop and waits. Call the day before.'],
    eligibility: [{ text: 'People of 65 and over, or with a disability.', rule: 'alder-transit/rides' }],
    apply: ['Call the day before.'],
    hours: ['office'],
  },
];

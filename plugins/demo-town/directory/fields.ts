// What services state in the fields of their kinds: by offer, in turn like its descriptions, or by the key of a known one.

export type Stated = Readonly<Record<string, string | number | boolean>>;

const CHILDREN = { subsidy: true, meals: true };

export const STATED: Readonly<Record<string, readonly Stated[]>> = {
  'adult-shelter': [
    {
      for_whom: 'anyone',
      own_gender: true,
      beds: 42,
      check_in_from: '18:00',
      check_in_until: '21:00',
      leave_by: '07:00',
      pets: 'no',
      storage: 'locker',
    },
    {
      for_whom: 'anyone',
      couples: true,
      beds: 30,
      check_in_until: '20:00',
      curfew: '21:30',
      pets: 'service_animals',
      storage: 'locker',
      sober: 'not_on_site',
    },
    { for_whom: 'anyone', own_gender: true, couples: true, beds: 26, pets: 'yes', storage: 'large', sober: 'come_as_you_are' },
  ],
  'family-shelter': [
    { for_whom: 'families', private_rooms: true, beds: 48, curfew: '21:00', pets: 'service_animals', storage: 'locker' },
    { for_whom: 'families', private_rooms: true, beds: 40, longest_stay_days: 90, pets: 'no', storage: 'large', sober: 'not_on_site' },
  ],
  'youth-shelter': [
    { for_whom: 'young_people', own_gender: true, beds: 12, check_in_until: '22:00', pets: 'yes', storage: 'locker', sober: 'not_on_site' },
  ],
  'day-center': [
    { for_whom: 'anyone', pets: 'service_animals', storage: 'locker' },
    { for_whom: 'anyone', pets: 'yes', storage: 'large' },
  ],
  'winter-beds': [
    {
      for_whom: 'anyone',
      couples: true,
      check_in_from: '19:00',
      check_in_until: '22:00',
      leave_by: '07:00',
      pets: 'yes',
      sober: 'come_as_you_are',
    },
  ],
  'veteran-beds': [
    {
      for_whom: 'anyone',
      private_rooms: true,
      beds: 22,
      longest_stay_days: 730,
      pets: 'service_animals',
      storage: 'large',
      sober: 'sober',
    },
  ],
  'mill-street-family-shelter': [
    { for_whom: 'families', private_rooms: true, beds: 54, curfew: '21:00', pets: 'service_animals', storage: 'locker' },
  ],
  'warm-nights-shelter': [
    {
      for_whom: 'anyone',
      own_gender: true,
      couples: true,
      beds: 60,
      check_in_from: '19:00',
      check_in_until: '22:00',
      leave_by: '07:00',
      pets: 'yes',
      storage: 'locker',
      sober: 'come_as_you_are',
    },
  ],
  'harbor-womens-shelter': [{ for_whom: 'women_and_children', own_gender: true, private_rooms: true, pets: 'yes', storage: 'large' }],
  'safe-rooms-families': [{ for_whom: 'families', private_rooms: true, pets: 'no' }],
  'riverside-food-pantry': [{ choice: 'choose', visits_a_month: 4, fresh: true, halal: true, delivers: false, own_bags: true }],
  'weekly-pantry': [
    { choice: 'choose', visits_a_month: 4, fresh: true, delivers: false },
    { choice: 'choose', fresh: true, baby: true },
    { choice: 'packed', visits_a_month: 4, fresh: true, delivers: true },
    { choice: 'packed', visits_a_month: 4, halal: true },
    { choice: 'choose', fresh: true, kosher: true, baby: true },
  ],
  'emergency-bag': [
    { choice: 'packed', visits_a_month: 1, appointment: false },
    { choice: 'packed', no_kitchen: true },
    { choice: 'packed', visits_a_month: 1, no_kitchen: true },
  ],
  'mobile-market': [
    { choice: 'choose', fresh: true, own_bags: true },
    { choice: 'drive_through', fresh: true },
  ],
  'senior-box': [{ choice: 'packed', visits_a_month: 1, delivers: true }],
  'campus-pantry': [{ choice: 'choose', no_kitchen: true, visits_a_month: 4 }],
  'culture-pantry': [
    { choice: 'choose', halal: true },
    { choice: 'choose', fresh: true },
  ],
  'free-fridge': [{ choice: 'choose', fresh: true, appointment: false }],
  'health-center': [
    { walk_in: false, new_patients: true, uninsured: true, sliding_scale: true, interpreter: true },
    { walk_in: false, new_patients: true, uninsured: true, sliding_scale: true, interpreter: true, telehealth: true },
    { walk_in: true, new_patients: true, uninsured: true, sliding_scale: true },
  ],
  'free-clinic': [
    { walk_in: true, new_patients: true, uninsured: true },
    { walk_in: true, new_patients: true, uninsured: true, interpreter: true },
  ],
  dental: [
    { walk_in: true, uninsured: true, sliding_scale: true, dental: true },
    { walk_in: false, new_patients: false, sliding_scale: true, dental: true },
  ],
  eyes: [{ walk_in: false, new_patients: true, uninsured: true }],
  'women-children': [{ walk_in: false, new_patients: true, uninsured: true, sliding_scale: true, interpreter: true, youngest: 0 }],
  'street-medicine': [{ walk_in: true, uninsured: true, street_medicine: true }],
  'sexual-health': [{ walk_in: true, uninsured: true, sliding_scale: true }],
  'legal-aid': [
    { represents: true, walk_in: false, by_phone: true, asks_status: 'not_asked', income_percent: 125 },
    { represents: false, walk_in: true, asks_status: 'not_asked' },
  ],
  immigration: [
    { represents: true, by_phone: false, asks_status: 'not_asked' },
    { represents: false, by_phone: true, income_percent: 200 },
  ],
  tenants: [{ represents: false, walk_in: true, by_phone: true, asks_status: 'not_asked' }],
  'family-law': [
    { represents: true, walk_in: false, by_phone: true },
    { represents: true, walk_in: true, asks_status: 'not_asked' },
  ],
  records: [{ represents: true, walk_in: false, by_phone: true }],
  childcare: [
    { ...CHILDREN, youngest_months: 1, oldest_years: 5, places: 'waiting_list' },
    { ...CHILDREN, youngest_months: 2, oldest_years: 5, places: 'free', evenings: true },
  ],
  'head-start': [{ ...CHILDREN, youngest_months: 36, oldest_years: 5, places: 'free', special_needs: true }],
  'after-school': [
    { youngest_months: 72, oldest_years: 13, places: 'free', meals: true },
    { youngest_months: 72, oldest_years: 17, places: 'waiting_list', drop_in: true },
  ],
  showers: [
    { showers: true, toilets: true, towels: true, own_room: false, sign_up: 'Sign the list at the door' },
    { showers: true, toilets: true, laundry: true, own_room: true, period_products: true },
    { showers: false, laundry: true },
  ],
  'bus-passes': [
    { offers: 'passes', for_what: 'anything' },
    { offers: 'rides', for_what: 'medical', wheelchair: true, door_to_door: true, book_ahead_hours: 48 },
  ],
  'cooling-center': [
    {
      against: 'heat',
      open_when: 'It is 32 °C (90 °F) or more',
      overnight: false,
      pets: 'yes',
      drinks: true,
      charging: true,
      toilets: true,
    },
    {
      against: 'all',
      open_when: 'The county declares heat, smoke or cold',
      overnight: true,
      lie_down: true,
      pets: 'service_animals',
      drinks: true,
      charging: true,
    },
  ],
  'warm-room': [
    { against: 'cold', open_when: 'It freezes at night', overnight: true, lie_down: false, pets: 'yes', drinks: true, toilets: true },
  ],
  'public-toilets': [
    { toilets: true, showers: false, accessible: true, changing_table: true, at_night: true, period_products: true },
    { toilets: true, showers: true, accessible: true, own_room: true, at_night: false },
  ],
  'ride-share': [{ offers: 'rides', for_what: 'services', wheelchair: true, door_to_door: true, book_ahead_hours: 24, escort: true }],
};

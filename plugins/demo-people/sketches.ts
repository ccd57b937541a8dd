// Whom the further made-up clients are sketched from: a name, a language, what they need, and a sentence of theirs.

export interface Sketch {
  given: string;
  family: string;
  language: string;
  needs: readonly string[];
  words: string;
}

export const SKETCHES: readonly Sketch[] = [
  {
    given: 'Marisol',
    family: 'Vega',
    language: 'es',
    needs: ['housing.rent_help', 'food.groceries'],
    words: 'Me cortaron las horas y no llego a la renta.',
  },
  {
    given: 'Farah',
    family: 'Nasser',
    language: 'ar',
    needs: ['work.english', 'family.childcare'],
    words: 'أريد أن أتكلم مع معلمة ابنتي بلا مترجم.',
  },
  {
    given: 'Étienne',
    family: 'Moreau',
    language: 'fr',
    needs: ['health.dental', 'daily.phone'],
    words: 'Je ne dors plus à cause de cette dent.',
  },
  {
    given: 'Walter',
    family: 'Pruitt',
    language: 'en',
    needs: ['benefits.veterans', 'transport.medical'],
    words: 'I can manage, I just cannot get to the clinic.',
  },
  {
    given: 'Linh',
    family: 'Tran',
    language: 'vi',
    needs: ['benefits.apply', 'family.seniors'],
    words: 'Tôi muốn mẹ tôi không phải ở một mình cả ngày.',
  },
  {
    given: 'Ayaan',
    family: 'Warsame',
    language: 'so',
    needs: ['work.job_search', 'transport.passes'],
    words: 'Shaqo habeen ah oo basku gaadho.',
  },
  {
    given: 'Darlene',
    family: 'Foss',
    language: 'en',
    needs: ['utilities.power', 'housing.repair'],
    words: 'The lights go off on the first if I do not pay.',
  },
  {
    given: 'Ihor',
    family: 'Bondar',
    language: 'uk',
    needs: ['legal.immigration', 'work.diploma'],
    words: 'Мені потрібні папери, щоб працювати за фахом.',
  },
  {
    given: 'Keisha',
    family: 'Boone',
    language: 'en',
    needs: ['recovery.support_group', 'family.parenting'],
    words: 'I want my Sundays with my kids back.',
  },
  { given: 'Óscar', family: 'Pineda', language: 'es', needs: ['legal.tenants', 'housing.search'], words: 'El dueño entra cuando quiere.' },
  { given: 'Samira', family: 'Rahimi', language: 'fa', needs: ['mental.counseling', 'health.children'], words: 'پسرم شب‌ها خواب ندارد.' },
  {
    given: 'Curtis',
    family: 'Yoder',
    language: 'en',
    needs: ['daily.storage', 'daily.showers'],
    words: 'Somewhere to leave my things so I can look for work.',
  },
];

// What stands on the calendar beside what the directory says, by language.

export interface Words {
  direction: 'ltr' | 'rtl';
  title: string;
  /** Monday first. */
  days: [string, string, string, string, string, string, string];
  everyDay: string;
  weekdays: string;
  other: string;
  none: string;
  /** Of a day that has only what stands above the days. */
  noneMore: string;
  /** Before the day of the last check. */
  asOf: string;
  /** Hours as "4:30 pm". */
  halfDays: boolean;
  call: string;
}

export const WORDS: Record<'en' | 'es' | 'fr' | 'ar', Words> = {
  en: {
    direction: 'ltr',
    title: 'Free meals this week',
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    everyDay: 'Every day',
    weekdays: 'Monday to Friday, also',
    other: 'Not every week, or hours not known',
    none: 'None that we know of',
    noneMore: 'Only the meals above',
    asOf: 'Last checked',
    halfDays: true,
    call: 'Hours change. Call before a long way.',
  },
  es: {
    direction: 'ltr',
    title: 'Comidas gratis de la semana',
    days: ['Lunes', 'Martes', 'Miércoles', 'Jueves', 'Viernes', 'Sábado', 'Domingo'],
    everyDay: 'Todos los días',
    weekdays: 'De lunes a viernes, también',
    other: 'No todas las semanas, o sin horario conocido',
    none: 'Ninguna que sepamos',
    noneMore: 'Solo las comidas de arriba',
    asOf: 'Última comprobación',
    halfDays: false,
    call: 'Los horarios cambian. Llame antes de ir lejos.',
  },
  fr: {
    direction: 'ltr',
    title: 'Repas gratuits de la semaine',
    days: ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'],
    everyDay: 'Tous les jours',
    weekdays: 'Du lundi au vendredi, aussi',
    other: 'Pas chaque semaine, ou horaires inconnus',
    none: 'Aucun à notre connaissance',
    noneMore: 'Seulement les repas ci-dessus',
    asOf: 'Dernière vérification',
    halfDays: false,
    call: 'Les horaires changent. Appelez avant un long trajet.',
  },
  ar: {
    direction: 'rtl',
    title: 'وجبات مجانية هذا الأسبوع',
    days: ['الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت', 'الأحد'],
    everyDay: 'كل يوم',
    weekdays: 'من الاثنين إلى الجمعة أيضًا',
    other: 'ليس كل أسبوع، أو المواعيد غير معروفة',
    none: 'لا نعرف أي وجبة',
    noneMore: 'الوجبات أعلاه فقط',
    asOf: 'آخر تحقق',
    halfDays: false,
    call: 'المواعيد تتغير. اتصل قبل الذهاب بعيدًا.',
  },
};

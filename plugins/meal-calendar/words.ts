// What stands on the calendar beside what the directory says, by language.

export interface Words {
  direction: 'ltr' | 'rtl';
  title: string;
  /** Monday first. */
  days: [string, string, string, string, string, string, string];
  other: string;
  none: string;
  call: string;
}

export const WORDS: Record<'en' | 'es' | 'fr' | 'ar', Words> = {
  en: {
    direction: 'ltr',
    title: 'Free meals this week',
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    other: 'Not every week, or hours not known',
    none: 'None that we know of',
    call: 'Hours change. Call before a long way.',
  },
  es: {
    direction: 'ltr',
    title: 'Comidas gratis de la semana',
    days: ['Lunes', 'Martes', 'Miércoles', 'Jueves', 'Viernes', 'Sábado', 'Domingo'],
    other: 'No todas las semanas, o sin horario conocido',
    none: 'Ninguna que sepamos',
    call: 'Los horarios cambian. Llame antes de ir lejos.',
  },
  fr: {
    direction: 'ltr',
    title: 'Repas gratuits de la semaine',
    days: ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'],
    other: 'Pas chaque semaine, ou horaires inconnus',
    none: 'Aucun à notre connaissance',
    call: 'Les horaires changent. Appelez avant un long trajet.',
  },
  ar: {
    direction: 'rtl',
    title: 'وجبات مجانية هذا الأسبوع',
    days: ['الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس', 'الجمعة', 'السبت', 'الأحد'],
    other: 'ليس كل أسبوع، أو المواعيد غير معروفة',
    none: 'لا نعرف أي وجبة',
    call: 'المواعيد تتغير. اتصل قبل الذهاب بعيدًا.',
  },
};

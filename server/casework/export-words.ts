// What stands on the page of a person's own record, beside what is in it.

import type { EntryKind } from '#shared/casework/entry.ts';

export const PAGE_LANGUAGES = ['en', 'es', 'fr', 'ar'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** The same in each of the languages, in their order. */
export type Term = readonly [en: string, es: string, fr: string, ar: string];

interface PageWords {
  title: string;
  intro: string;
  correct: string;
  entries: string;
  opened: string;
  when: string;
  who: string;
  what: string;
  why: string;
  somebody: string;
  /** Beside what is in it about substance use: whoever is given it must know. */
  substanceUse: string;
  kinds: Record<EntryKind, string>;
}

export const PAGE_WORDS: Readonly<Record<PageLanguage, PageWords>> = {
  en: {
    title: 'Your record',
    intro: 'All that {agency} keeps about you, as of {date} (UTC).',
    correct: 'If something here is wrong, say so: it will be corrected, or your own words will be put beside it.',
    entries: 'What is written down',
    opened: 'Who opened it',
    when: 'When',
    who: 'Who',
    what: 'What',
    why: 'By what right',
    somebody: 'somebody of the staff',
    substanceUse:
      'There are records about substance use in here. Whoever receives them may be forbidden by law to pass them on without your written consent (in the United States: 42 CFR Part 2).',
    kinds: {
      identity: 'Who you are',
      contact: 'How to reach you',
      words: 'In your own words',
      needs: 'What you need',
      household: 'People around you',
      fact: 'About you',
      assessment: 'Talking through a part of life',
      plan: 'Plan',
      progress: 'Progress',
      note: 'Note',
      engagement: 'First contact',
      contact_made: 'Contact',
      appointment: 'Appointment',
      task: 'Task',
      consent: 'Consent that you gave',
      consent_withdrawn: 'Consent that you took back',
      referral_said: 'Referral',
      intensity: 'How closely we work together',
      review: 'Looking back together',
      closing: 'Closing',
      closing_decided: 'Decision about closing',
      follow_up: 'Asking how you are afterwards',
      reopening: 'Opened again',
      unmet: 'Something that we could not find',
      correction: 'Correction',
    },
  },
  es: {
    title: 'Su expediente',
    intro: 'Todo lo que {agency} guarda sobre usted, al {date} (UTC).',
    correct: 'Si algo no es correcto, díganoslo: se corregirá, o sus propias palabras se pondrán al lado.',
    entries: 'Lo que está escrito',
    opened: 'Quién lo abrió',
    when: 'Cuándo',
    who: 'Quién',
    what: 'Qué',
    why: 'Con qué derecho',
    somebody: 'alguien del personal',
    substanceUse:
      'Aquí hay datos sobre consumo de sustancias. Quien los reciba puede tener prohibido por ley comunicarlos sin el consentimiento escrito de usted (en Estados Unidos: 42 CFR Part 2).',
    kinds: {
      identity: 'Quién es usted',
      contact: 'Cómo comunicarnos con usted',
      words: 'En sus propias palabras',
      needs: 'Lo que necesita',
      household: 'Personas cercanas',
      fact: 'Sobre usted',
      assessment: 'Conversación sobre una parte de la vida',
      plan: 'Plan',
      progress: 'Avance',
      note: 'Nota',
      engagement: 'Primer contacto',
      contact_made: 'Contacto',
      appointment: 'Cita',
      task: 'Tarea',
      consent: 'Consentimiento que usted dio',
      consent_withdrawn: 'Consentimiento que usted retiró',
      referral_said: 'Derivación',
      intensity: 'Con qué frecuencia trabajamos juntos',
      review: 'Revisión en conjunto',
      closing: 'Cierre',
      closing_decided: 'Decisión sobre el cierre',
      follow_up: 'Seguimiento posterior',
      reopening: 'Reapertura',
      unmet: 'Algo que no pudimos encontrar',
      correction: 'Corrección',
    },
  },
  fr: {
    title: 'Votre dossier',
    intro: 'Tout ce que {agency} conserve à votre sujet, au {date} (UTC).',
    correct: 'Si quelque chose est inexact, dites-le : ce sera corrigé, ou vos propres mots seront ajoutés à côté.',
    entries: 'Ce qui est noté',
    opened: 'Qui l’a ouvert',
    when: 'Quand',
    who: 'Qui',
    what: 'Quoi',
    why: 'À quel titre',
    somebody: 'quelqu’un du personnel',
    substanceUse:
      'Il y a ici des données sur l’usage de substances. La loi peut interdire à qui les reçoit de les transmettre sans votre consentement écrit (aux États-Unis : 42 CFR Part 2).',
    kinds: {
      identity: 'Qui vous êtes',
      contact: 'Comment vous joindre',
      words: 'Avec vos propres mots',
      needs: 'Ce dont vous avez besoin',
      household: 'Les personnes qui vous entourent',
      fact: 'À votre sujet',
      assessment: 'Échange sur un domaine de la vie',
      plan: 'Projet',
      progress: 'Avancement',
      note: 'Note',
      engagement: 'Premier contact',
      contact_made: 'Contact',
      appointment: 'Rendez-vous',
      task: 'Tâche',
      consent: 'Consentement que vous avez donné',
      consent_withdrawn: 'Consentement que vous avez retiré',
      referral_said: 'Orientation',
      intensity: 'Rythme du suivi',
      review: 'Bilan commun',
      closing: 'Clôture',
      closing_decided: 'Décision sur la clôture',
      follow_up: 'Nouvelles prises ensuite',
      reopening: 'Réouverture',
      unmet: 'Ce que nous n’avons pas pu trouver',
      correction: 'Correction',
    },
  },
  ar: {
    title: 'ملفك',
    intro: 'كل ما تحتفظ به {agency} عنك، حتى {date} (UTC).',
    correct: 'إن كان هنا شيء غير صحيح فأخبرنا: سنصححه، أو نضع كلماتك أنت بجانبه.',
    entries: 'ما هو مكتوب',
    opened: 'من فتحه',
    when: 'متى',
    who: 'من',
    what: 'ماذا',
    why: 'بأي حق',
    somebody: 'أحد العاملين',
    substanceUse: 'هنا سجلات عن تعاطي المواد. قد يمنع القانون من يتلقاها من نقلها دون موافقتك الخطية (في الولايات المتحدة: 42 CFR Part 2).',
    kinds: {
      identity: 'من أنت',
      contact: 'كيف نتواصل معك',
      words: 'بكلماتك أنت',
      needs: 'ما تحتاج إليه',
      household: 'الأشخاص من حولك',
      fact: 'عنك',
      assessment: 'حديث عن جانب من الحياة',
      plan: 'خطة',
      progress: 'تقدم',
      note: 'ملاحظة',
      engagement: 'أول تواصل',
      contact_made: 'تواصل',
      appointment: 'موعد',
      task: 'مهمة',
      consent: 'موافقة أعطيتها',
      consent_withdrawn: 'موافقة سحبتها',
      referral_said: 'إحالة',
      intensity: 'مدى قرب العمل معًا',
      review: 'مراجعة مشتركة',
      closing: 'إغلاق',
      closing_decided: 'قرار الإغلاق',
      follow_up: 'السؤال عنك لاحقًا',
      reopening: 'إعادة فتح',
      unmet: 'ما لم نتمكن من إيجاده',
      correction: 'تصحيح',
    },
  },
};

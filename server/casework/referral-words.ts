// What stands on the page of a partner who answers a referral by a link.

import type { ReferralEvent, ReferralReason, Outcome } from '#shared/casework/referral.ts';
import type { CONTACT_WAYS, RELATIONS } from '#shared/casework/entry-person.ts';

export const PARTNER_LANGUAGES = ['en', 'es', 'fr', 'ar'] as const;
export type PartnerLanguage = (typeof PARTNER_LANGUAGES)[number];

/** What a partner may answer here; a time is agreed by telephone or said in the note. */
export const PARTNER_EVENTS = [
  'accept',
  'waitlist',
  'decline',
  'reroute',
  'start',
  'connect',
  'report_outcome',
] as const satisfies readonly ReferralEvent[];
export type PartnerEvent = (typeof PARTNER_EVENTS)[number];
/** Reasons that a provider can have; those of the person are not theirs to give. */
export const PARTNER_REASONS = [
  'full',
  'not_eligible',
  'wrong_service',
  'outside_area',
  'language',
  'safety',
  'no_contact',
  'other',
] as const satisfies readonly ReferralReason[];
type PartnerReason = (typeof PARTNER_REASONS)[number];

interface PartnerWords {
  title: string;
  code: string;
  open: string;
  /** {agency}, {service} */
  intro: string;
  confidential: string;
  name: string;
  pronouns: string;
  birthDate: string;
  language: string;
  interpreter: string;
  reach: string;
  never: string;
  askFirst: string;
  noMessage: string;
  needs: string;
  urgent: string;
  known: string;
  household: string;
  message: string;
  answer: string;
  events: Record<PartnerEvent, string>;
  reason: string;
  reasons: Record<PartnerReason, string>;
  outcome: string;
  outcomes: Record<Outcome, string>;
  note: string;
  send: string;
  once: string;
  thanks: string;
  gone: string;
  yes: string;
  no: string;
  declined: string;
  unknown: string;
  ways: Record<(typeof CONTACT_WAYS)[number] | 'any' | 'say_agency', string>;
  relations: Record<(typeof RELATIONS)[number], string>;
}

export const PARTNER_WORDS: Readonly<Record<PartnerLanguage, PartnerWords>> = {
  en: {
    title: 'A referral for you',
    code: 'The code after # in the link',
    open: 'Open',
    intro: '{agency} refers someone to you for “{service}”.',
    confidential:
      'This person agreed that you see what is below, and nothing else. Do not pass it on. They may take this back at any time.',
    name: 'Name',
    pronouns: 'Pronouns',
    birthDate: 'Date of birth',
    language: 'Language',
    interpreter: 'Needs an interpreter',
    reach: 'How to reach them',
    never: 'Never',
    askFirst: 'ask first whether it is a good moment',
    noMessage: 'leave no message',
    needs: 'Needs',
    urgent: 'urgent',
    known: 'What is known',
    household: 'With them',
    message: 'Message',
    answer: 'Your answer',
    events: {
      accept: 'We take them',
      waitlist: 'We put them on our waiting list',
      decline: 'We cannot take them',
      reroute: 'Another place would be better',
      start: 'They have started with us',
      connect: 'They are connected: the service is in place',
      report_outcome: 'How it went',
    },
    reason: 'If not: why',
    reasons: {
      full: 'We are full',
      not_eligible: 'They do not meet our conditions',
      wrong_service: 'We do not offer this',
      outside_area: 'They live outside our area',
      language: 'We do not speak their language',
      safety: 'It would not be safe here',
      no_contact: 'We could not reach them',
      other: 'Something else',
    },
    outcome: 'Did it help?',
    outcomes: { helped: 'It helped', partly: 'It helped in part', not: 'It did not help', unknown: 'We do not know' },
    note: 'Anything else they should know at {agency}',
    send: 'Send the answer',
    once: 'You can answer once. For more, ask {agency} for a new link.',
    thanks: 'Thank you. {agency} has your answer.',
    gone: 'This link can no longer be used. It was answered, it has expired, or the person took back their agreement. Ask whoever sent it.',
    yes: 'yes',
    no: 'no',
    declined: 'prefers not to say',
    unknown: 'not known',
    ways: {
      phone: 'Telephone',
      text: 'Text message',
      email: 'E-mail',
      post: 'Letter',
      visit: 'Visit',
      through_someone: 'Through someone',
      any: 'Make contact at all',
      say_agency: 'Say which agency is calling',
    },
    relations: {
      partner: 'Partner',
      former_partner: 'Former partner',
      child: 'Child',
      parent: 'Parent',
      sibling: 'Brother or sister',
      relative: 'Relative',
      friend: 'Friend',
      carer: 'Carer',
      other: 'Someone else',
    },
  },
  es: {
    title: 'Una derivación para usted',
    code: 'El código después de # en el enlace',
    open: 'Abrir',
    intro: '{agency} le deriva a una persona para «{service}».',
    confidential:
      'Esta persona aceptó que usted vea lo que sigue, y nada más. No lo comparta con nadie. Puede retirar su acuerdo en cualquier momento.',
    name: 'Nombre',
    pronouns: 'Pronombres',
    birthDate: 'Fecha de nacimiento',
    language: 'Idioma',
    interpreter: 'Necesita intérprete',
    reach: 'Cómo comunicarse',
    never: 'Nunca',
    askFirst: 'pregunte primero si es buen momento',
    noMessage: 'no deje mensaje',
    needs: 'Necesidades',
    urgent: 'urgente',
    known: 'Lo que se sabe',
    household: 'Con esta persona',
    message: 'Mensaje',
    answer: 'Su respuesta',
    events: {
      accept: 'Podemos atenderla',
      waitlist: 'La ponemos en lista de espera',
      decline: 'No podemos atenderla',
      reroute: 'Otro lugar sería mejor',
      start: 'Ya empezó con nosotros',
      connect: 'Ya está conectada: recibe el servicio',
      report_outcome: 'Cómo resultó',
    },
    reason: 'Si no: por qué',
    reasons: {
      full: 'No tenemos lugar',
      not_eligible: 'No cumple nuestras condiciones',
      wrong_service: 'No ofrecemos esto',
      outside_area: 'Vive fuera de nuestra zona',
      language: 'No hablamos su idioma',
      safety: 'Aquí no sería seguro',
      no_contact: 'No pudimos comunicarnos',
      other: 'Otra razón',
    },
    outcome: '¿Ayudó?',
    outcomes: { helped: 'Ayudó', partly: 'Ayudó en parte', not: 'No ayudó', unknown: 'No lo sabemos' },
    note: 'Algo más que {agency} deba saber',
    send: 'Enviar la respuesta',
    once: 'Puede responder una sola vez. Para algo más, pida un nuevo enlace a {agency}.',
    thanks: 'Gracias. {agency} recibió su respuesta.',
    gone: 'Este enlace ya no sirve. Ya se respondió, venció o la persona retiró su acuerdo. Pregunte a quien se lo envió.',
    yes: 'sí',
    no: 'no',
    declined: 'prefiere no decirlo',
    unknown: 'no se sabe',
    ways: {
      phone: 'Teléfono',
      text: 'Mensaje de texto',
      email: 'Correo electrónico',
      post: 'Carta',
      visit: 'Visita',
      through_someone: 'Por medio de alguien',
      any: 'Comunicarse de ningún modo',
      say_agency: 'Decir de qué agencia llaman',
    },
    relations: {
      partner: 'Pareja',
      former_partner: 'Expareja',
      child: 'Hija o hijo',
      parent: 'Madre o padre',
      sibling: 'Hermana o hermano',
      relative: 'Familiar',
      friend: 'Amistad',
      carer: 'Persona que cuida',
      other: 'Otra persona',
    },
  },
  fr: {
    title: 'Une orientation pour vous',
    code: 'Le code après # dans le lien',
    open: 'Ouvrir',
    intro: '{agency} vous adresse une personne pour « {service} ».',
    confidential:
      'Cette personne a accepté que vous voyiez ce qui suit, et rien d’autre. Ne le transmettez à personne. Elle peut retirer son accord à tout moment.',
    name: 'Nom',
    pronouns: 'Pronoms',
    birthDate: 'Date de naissance',
    language: 'Langue',
    interpreter: 'A besoin d’un interprète',
    reach: 'Comment la joindre',
    never: 'Jamais',
    askFirst: 'demandez d’abord si c’est le bon moment',
    noMessage: 'ne laissez pas de message',
    needs: 'Besoins',
    urgent: 'urgent',
    known: 'Ce que l’on sait',
    household: 'Avec elle',
    message: 'Message',
    answer: 'Votre réponse',
    events: {
      accept: 'Nous l’accueillons',
      waitlist: 'Nous l’inscrivons sur notre liste d’attente',
      decline: 'Nous ne pouvons pas l’accueillir',
      reroute: 'Un autre lieu conviendrait mieux',
      start: 'Elle a commencé chez nous',
      connect: 'C’est en place : elle reçoit le service',
      report_outcome: 'Ce que cela a donné',
    },
    reason: 'Sinon : pourquoi',
    reasons: {
      full: 'Nous sommes complets',
      not_eligible: 'Elle ne remplit pas nos conditions',
      wrong_service: 'Nous ne proposons pas cela',
      outside_area: 'Elle habite hors de notre secteur',
      language: 'Nous ne parlons pas sa langue',
      safety: 'Ce ne serait pas sûr ici',
      no_contact: 'Nous n’avons pas pu la joindre',
      other: 'Autre chose',
    },
    outcome: 'Est-ce que cela a aidé ?',
    outcomes: { helped: 'Cela a aidé', partly: 'Cela a aidé en partie', not: 'Cela n’a pas aidé', unknown: 'Nous ne savons pas' },
    note: 'Autre chose que {agency} devrait savoir',
    send: 'Envoyer la réponse',
    once: 'Vous pouvez répondre une fois. Pour la suite, demandez un nouveau lien à {agency}.',
    thanks: 'Merci. {agency} a reçu votre réponse.',
    gone: 'Ce lien ne peut plus servir : il a reçu une réponse, il a expiré, ou la personne a retiré son accord. Adressez-vous à qui vous l’a envoyé.',
    yes: 'oui',
    no: 'non',
    declined: 'préfère ne pas le dire',
    unknown: 'inconnu',
    ways: {
      phone: 'Téléphone',
      text: 'SMS',
      email: 'E-mail',
      post: 'Lettre',
      visit: 'Visite',
      through_someone: 'Par quelqu’un',
      any: 'Prendre contact',
      say_agency: 'Dire quel service appelle',
    },
    relations: {
      partner: 'Partenaire',
      former_partner: 'Ancien partenaire',
      child: 'Enfant',
      parent: 'Parent',
      sibling: 'Frère ou sœur',
      relative: 'Famille',
      friend: 'Ami ou amie',
      carer: 'Aidant',
      other: 'Autre personne',
    },
  },
  ar: {
    title: 'إحالة إليكم',
    code: 'الرمز الذي بعد علامة # في الرابط',
    open: 'فتح',
    intro: 'تحيل إليكم {agency} شخصًا من أجل «{service}».',
    confidential: 'وافق هذا الشخص على أن تطّلعوا على ما يلي فقط. لا تنقلوه إلى أحد. ويمكنه سحب موافقته في أي وقت.',
    name: 'الاسم',
    pronouns: 'الضمائر',
    birthDate: 'تاريخ الميلاد',
    language: 'اللغة',
    interpreter: 'يحتاج إلى مترجم',
    reach: 'طريقة التواصل',
    never: 'ممنوع',
    askFirst: 'اسألوا أولًا إن كان الوقت مناسبًا',
    noMessage: 'لا تتركوا رسالة',
    needs: 'الاحتياجات',
    urgent: 'عاجل',
    known: 'ما هو معروف',
    household: 'معه',
    message: 'رسالة',
    answer: 'جوابكم',
    events: {
      accept: 'نستقبله',
      waitlist: 'نضعه على قائمة الانتظار',
      decline: 'لا يمكننا استقباله',
      reroute: 'مكان آخر أنسب',
      start: 'بدأ معنا',
      connect: 'تم الربط: يتلقى الخدمة الآن',
      report_outcome: 'كيف كانت النتيجة',
    },
    reason: 'إن لم يكن: لماذا',
    reasons: {
      full: 'لا مكان لدينا',
      not_eligible: 'لا يستوفي شروطنا',
      wrong_service: 'لا نقدم هذه الخدمة',
      outside_area: 'يسكن خارج منطقتنا',
      language: 'لا نتحدث لغته',
      safety: 'لن يكون آمنًا هنا',
      no_contact: 'لم نتمكن من الوصول إليه',
      other: 'سبب آخر',
    },
    outcome: 'هل ساعد ذلك؟',
    outcomes: { helped: 'ساعد', partly: 'ساعد جزئيًا', not: 'لم يساعد', unknown: 'لا نعرف' },
    note: 'أي شيء آخر ينبغي أن تعرفه {agency}',
    send: 'إرسال الجواب',
    once: 'يمكنكم الإجابة مرة واحدة. لما بعد ذلك اطلبوا رابطًا جديدًا من {agency}.',
    thanks: 'شكرًا لكم. وصل جوابكم إلى {agency}.',
    gone: 'لم يعد هذا الرابط صالحًا: أُجيب عنه، أو انتهت مدته، أو سحب الشخص موافقته. اسألوا من أرسله إليكم.',
    yes: 'نعم',
    no: 'لا',
    declined: 'يفضل عدم الإجابة',
    unknown: 'غير معروف',
    ways: {
      phone: 'هاتف',
      text: 'رسالة نصية',
      email: 'بريد إلكتروني',
      post: 'رسالة بريدية',
      visit: 'زيارة',
      through_someone: 'عبر شخص آخر',
      any: 'التواصل بأي طريقة',
      say_agency: 'ذكر اسم الجهة المتصلة',
    },
    relations: {
      partner: 'شريك',
      former_partner: 'شريك سابق',
      child: 'طفل',
      parent: 'والد أو والدة',
      sibling: 'أخ أو أخت',
      relative: 'قريب',
      friend: 'صديق',
      carer: 'مقدم رعاية',
      other: 'شخص آخر',
    },
  },
};

// What handouts say in other languages about papers to bring; and what the demo calls its languages and areas.

import { toLonLat } from '../town/projection.ts';

/** Papers and things to bring, by language. */
export const BRING: Record<string, { es: string; fr: string; ar: string }> = {
  'Letter with your address': { es: 'Una carta con su dirección', fr: 'Une lettre à votre adresse', ar: 'رسالة عليها عنوانك' },
  Bags: { es: 'Bolsas', fr: 'Des sacs', ar: 'أكياس' },
  'Bags or a cart': { es: 'Bolsas o un carrito', fr: 'Des sacs ou un chariot', ar: 'أكياس أو عربة' },
  'Photo ID': { es: 'Identificación con foto', fr: 'Pièce d’identité', ar: 'بطاقة هوية بصورة' },
  'Photo ID if you have one': {
    es: 'Identificación con foto, si tiene',
    fr: 'Pièce d’identité, si vous en avez',
    ar: 'بطاقة هوية بصورة إن وُجدت',
  },
  'ID if you have it': { es: 'Identificación, si tiene', fr: 'Pièce d’identité, si vous en avez', ar: 'هوية إن وُجدت' },
  'ID if you have it. You can come without it': {
    es: 'Identificación, si tiene. Puede venir sin ella',
    fr: 'Pièce d’identité, si vous en avez. Vous pouvez venir sans',
    ar: 'هوية إن وُجدت. يمكنك القدوم من دونها',
  },
  "Children's birth certificates if you have them": {
    es: 'Actas de nacimiento de los niños, si las tiene',
    fr: 'Actes de naissance des enfants, si vous les avez',
    ar: 'شهادات ميلاد الأطفال إن وُجدت',
  },
  'Proof of income': { es: 'Comprobante de ingresos', fr: 'Justificatif de revenus', ar: 'إثبات الدخل' },
  'Proof of income for the discount': {
    es: 'Comprobante de ingresos para el descuento',
    fr: 'Justificatif de revenus pour la réduction',
    ar: 'إثبات الدخل للحصول على خصم',
  },
  'Proof of income or SNAP card': {
    es: 'Comprobante de ingresos o tarjeta SNAP',
    fr: 'Justificatif de revenus ou carte SNAP',
    ar: 'إثبات الدخل أو بطاقة SNAP',
  },
  'Proof of address': { es: 'Comprobante de domicilio', fr: 'Justificatif de domicile', ar: 'إثبات العنوان' },
  Lease: { es: 'Contrato de renta', fr: 'Bail', ar: 'عقد الإيجار' },
  'Notice or letter': { es: 'Aviso o carta', fr: 'Avis ou lettre', ar: 'إشعار أو رسالة' },
  'Letter from the landlord': { es: 'Carta del propietario', fr: 'Lettre du propriétaire', ar: 'رسالة من المالك' },
  'The bill': { es: 'La factura', fr: 'La facture', ar: 'الفاتورة' },
  'Insurance card if you have one': {
    es: 'Tarjeta del seguro, si tiene',
    fr: 'Carte d’assurance, si vous en avez une',
    ar: 'بطاقة التأمين إن وُجدت',
  },
  'Your medicines': { es: 'Sus medicinas', fr: 'Vos médicaments', ar: 'أدويتك' },
  'Every paper about the case': { es: 'Todos los papeles del caso', fr: 'Tous les papiers du dossier', ar: 'كل أوراق القضية' },
  'Social Security numbers': { es: 'Números de Seguro Social', fr: 'Numéros de sécurité sociale', ar: 'أرقام الضمان الاجتماعي' },
  'Pay stubs of 30 days': { es: 'Talones de pago de 30 días', fr: 'Fiches de paie des 30 derniers jours', ar: 'قسائم راتب آخر 30 يوماً' },
  "The child's birth record": { es: 'Acta de nacimiento del niño', fr: 'Acte de naissance de l’enfant', ar: 'شهادة ميلاد الطفل' },
};

/** Languages spoken at sites: English everywhere, the others at some. */
export const LANGUAGES: Record<string, { name: string; share: number }> = {
  es: { name: 'Spanish', share: 0.44 },
  ar: { name: 'Arabic', share: 0.14 },
  fr: { name: 'French', share: 0.11 },
  vi: { name: 'Vietnamese', share: 0.1 },
  so: { name: 'Somali', share: 0.08 },
  ase: { name: 'American Sign Language', share: 0.06 },
};

/** Areas that services publish: id, name, and outline in kilometres of the town's own plan. */
export const AREAS = {
  county: {
    id: 'wend-valley/port-alder-county',
    name: 'Port Alder County',
    outline: outline([-9.6, -6.9], [4.4, -6.9], [4.4, 7.4], [-9.6, 7.4]),
  },
  town: {
    id: 'wend-valley/port-alder-county/port-alder',
    name: 'Port Alder',
    outline: outline(
      [-3.6, 0.3],
      [-3.2, -1.75],
      [-1.6, -2.8],
      [-0.9, -3.4],
      [0.35, -3.4],
      [0.6, -2.9],
      [2.2, -2.95],
      [3.3, -2.7],
      [3.8, -1.4],
      [3.5, -0.5],
      [4.1, 0.6],
      [4.4, 2.4],
      [2.9, 3.1],
      [1.6, 3.9],
      [0.1, 3.7],
      [-2.4, 3.0],
      [-3.55, 2.2],
    ),
  },
} as const;

/** A GeoJSON polygon as text, as HSDS keeps extents. */
function outline(...corners: [number, number][]): string {
  const ring = [...corners, corners[0] as [number, number]].map(([x, y]) => toLonLat([x * 1000, y * 1000]));
  return JSON.stringify({ type: 'Polygon', coordinates: [ring] });
}

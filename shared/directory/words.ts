// Text folded for comparing: case, accents, vowel signs, letter variants and punctuation no longer matter.

const PLAIN = /^[\x20-\x7e]*$/;
// Letters that Unicode does not take apart, and those that are typed one for the other.
const VARIANTS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ς: 'σ',
  ʻ: '',
  ʼ: '',
  // Arabic, Persian, Urdu
  ى: 'ي',
  ة: 'ه',
  ـ: '',
  ٱ: 'ا',
  ک: 'ك',
  ی: 'ي',
  ے: 'ي',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ۃ: 'ه',
  // Hebrew at the end of words
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
};
const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join('')}]`, 'gu');
// Accents and vowel signs that people leave out. Those of Thai and the scripts of India are letters to their readers, and stay.
const MARKS = /[[\p{M}&&[\p{Script=Inherited}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]]--[\u3099\u309a]]+/gv;
/** Joiners, soft hyphens and marks of direction: not seen, and not typed. */
const UNSEEN = /[\u00ad\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu;
const VOICED_KANA = /[\u3040-\u30ff][\u3099\u309a]/gu;
const KATAKANA = /[\u30a1-\u30f6]/gu;
const KANA_APART = 0x60;

/**
 * Lower-case words apart by single spaces, digits as 0 … 9: "Crème-Brûlée, St." gives "creme brulee st". Of Arabic and
 * Hebrew the vowel signs go and letters that are typed one for the other become one, ё is е, katakana is hiragana.
 */
export function foldWords(text: string): string {
  if (PLAIN.test(text)) {
    return text
      .toLowerCase()
      .replace(/'(?=s\b)/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  }
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(UNSEEN, '')
    .toLowerCase()
    .replace(VARIANT, (letter) => VARIANTS[letter] ?? '')
    .replace(/\p{Nd}/gu, toDigit)
    .replace(VOICED_KANA, (kana) => kana.normalize('NFC'))
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - KANA_APART))
    .replace(/['’](?=s\b)/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** The digits of a text, of any script, as 0 … 9. */
export function digitsOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Nd}/gu, toDigit)
    .replace(/\D+/g, '');
}

function toDigit(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 128) return character;
  // Decimal digits stand in runs of ten that begin with the zero.
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--;
  return String(code - zero);
}

/** The whole sentence that a text begins with, or as many whole words of it as `most` characters hold. */
export function firstSentence(text: string, most: number): string {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = /^.*?[.!?。؟](?=\s|$)/u.exec(plain)?.[0] ?? plain;
  if (sentence.length <= most) return sentence;
  const cut = sentence.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most >> 1)).trimEnd()}…`;
}

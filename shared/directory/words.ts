// Text folded for comparing: case, accents, vowel signs, letter variants and punctuation no longer matter.

const PLAIN = /^[\x20-\x7e]*$/;
// Letters that Unicode does not take apart, and Arabic ones that are typed one for the other.
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
  ى: 'ي',
  ة: 'ه',
  ـ: '',
  ک: 'ك',
  ی: 'ي',
};
const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join('')}]`, 'gu');

/** Lower-case words apart by single spaces: "Crème-Brûlée, St." gives "creme brulee st". */
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
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(VARIANT, (letter) => VARIANTS[letter] ?? '')
    .replace(/['’](?=s\b)/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
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

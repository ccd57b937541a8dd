// Addresses in one cell, as far as they can be taken apart without guessing.

const US_STATES = new Set(
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP'.split(
    ' ',
  ),
);

export interface AddressParts {
  address_1: string | null;
  city: string | null;
  state_province: string | null;
  postal_code: string | null;
}

/** "401 NE 4th Street, Fort Lauderdale, FL 33301"; the city only where commas set it apart. Null where nothing can be told apart. */
export function splitUsAddress(text: string): AddressParts | null {
  const stateOnly = /^State:\s*([A-Z]{2})$/i.exec(text);
  if (stateOnly) return { address_1: null, city: null, state_province: (stateOnly[1] as string).toUpperCase(), postal_code: null };
  const match = /^(.*?)[,\s]+([A-Z]{2})\.?[,\s]+(\d{5}(?:-\d{4})?)(?:,?\s*USA?)?$/.exec(text.trim());
  if (!match || !US_STATES.has(match[2] as string)) return null;
  const before = (match[1] as string)
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const city = before.length > 1 ? (before.pop() as string) : null;
  return { address_1: before.join(', ') || null, city, state_province: match[2] as string, postal_code: match[3] as string };
}

export function isUsState(code: string | null): boolean {
  return code !== null && US_STATES.has(code.toUpperCase());
}

/** Whether what stands in the address column is a telephone number. */
export function isPhoneNotAddress(text: string): boolean {
  return /^(?:phone|tel(?:ephone)?|ph|call)\b[:.\s]/i.test(text) || /^\+?[\d().\s-]{10,}$/.test(text);
}

// What of a resource is filtered by and is in no column of the index: what it costs, and whether a wheelchair gets in.
// One byte a row.

export const COSTS = ['unknown', 'free', 'paid'] as const;
export type Cost = (typeof COSTS)[number];

export interface Traits {
  /** 'unknown': nothing is stated. */
  cost: Cost;
  /** A way in without steps is stated. False is no "no": nothing is stated, or it is not understood. */
  accessible: boolean;
}

const ACCESSIBLE = 4;
const COST_MASK = 3;

export class RowTraits {
  readonly #rows: Uint8Array;

  constructor(rows: number) {
    this.#rows = new Uint8Array(rows);
  }

  get byteLength(): number {
    return this.#rows.byteLength;
  }

  /** With room for so many rows. */
  grown(rows: number): RowTraits {
    if (rows <= this.#rows.length) return this;
    const larger = new RowTraits(Math.max(rows, Math.ceil(this.#rows.length * 1.1)));
    larger.#rows.set(this.#rows);
    return larger;
  }

  set(row: number, { cost, accessible }: Traits): void {
    this.#rows[row] = COSTS.indexOf(cost) | (accessible ? ACCESSIBLE : 0);
  }

  /** Index into `COSTS`. */
  costNumber(row: number): number {
    return this.#rows[row]! & COST_MASK;
  }

  isAccessible(row: number): boolean {
    return (this.#rows[row]! & ACCESSIBLE) !== 0;
  }
}

const FREE =
  /(?<!(?:toll|smoke|drug|alcohol|step|barrier|gluten)[- ])\bfree\b(?! of (?!charge|cost))|\bno (?:cost|charge|fee)s?\b|\bgratis\b|\bgratuit[eo]?s?\b|\bsin costo\b|\bsans frais\b|مجان/iu;
const PAID =
  /[$€£]\s*\d*[1-9]|\b[1-9]\d*(?:[.,]\d\d)? ?(?:dollars|usd|eur)\b|\bsliding\b|\bco-?pay|\bfees? (?:is|are|vary|may)\b|\b(?:low|reduced)[- ]cost\b|\bnot free\b/iu;

export interface CostOption {
  option: string | null;
  amount: number | null;
  amount_description: string | null;
}

/** What a service costs, from what is stated; anything to pay goes before a word such as "free". */
export function readCost(fees: string | null, options: readonly CostOption[]): Cost {
  const texts = [fees, ...options.flatMap(({ option, amount_description }) => [option, amount_description])].filter(
    (text) => text !== null,
  );
  const amounts = options.flatMap(({ amount }) => (amount === null ? [] : [Number(amount)]));
  if (amounts.some((amount) => amount > 0) || texts.some((text) => PAID.test(text))) return 'paid';
  return amounts.includes(0) || texts.some((text) => FREE.test(text)) ? 'free' : 'unknown';
}

const STEP_FREE =
  /wheelchair|step[- ]?free|no steps|\bramps?\b|\baccessible\b|\bada\b|silla(?:s)? de ruedas|accesible|fauteuil|plain[- ]pied|كرسي متحرك/iu;
const NO_ACCESS =
  /\b(?:not|no(?! steps)|non|without|isn't|limited|sin|pas)\b[^.;]{0,30}(?:wheelchair|accessible|\bada\b|\bramp|silla|accesible|fauteuil)|\binac+es+ible\b/iu;

/** Whether texts on accessibility state a way in without steps. */
export function isStepFree(texts: readonly (string | null)[]): boolean {
  return texts.some((text) => text !== null && STEP_FREE.test(text) && !NO_ACCESS.test(text));
}

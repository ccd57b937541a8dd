/** A decision that needs words: what is decided, what is asked, of whom it is, and what is done with the answer. */
export interface Asked {
  title: string;
  why: string;
  person: string;
  decide: (said: string) => Promise<unknown>;
}

// The words that the reader of eligibility texts knows, by language: data, so that a language can be added without grammar.
// Each class lists its phrases between "|", in lower case and without accents; a longer phrase wins over a shorter one.
//
//   age       or_more "and older" · or_less "or younger" · under · over · at_least · at_most · between · range "to" · years · ages
//             of_age: those of them that speak of ages even without "years"
//   income    income · poverty · monthly · yearly · weekly · income_monthly, income_yearly: those that tell the period
//   who       noun "people" · adults · minors · child "children" · family · vague "seniors" · everyone · and the traits below
//   frames    open_to "limited to" · provides · must · you · be · have · live_in · resident · receive · recipient · qualifies · if · who
//             and_be: those of the last two that hold "are"
//   joining   and · or · of_these "one of" · all_of "all of the following" · restrict "in" · with · of · including · only · filler
//   caution   not · unless · weak "priority" · not_needed "not required" · no_limits · logistics "call" · unit "months" · fee · income_exception · others · but ·
//             partial "delivery": what follows is said of a part of the service
//   places    county · service_area
//   traits    trait:<name> (see traits.ts) · benefit:<option> · document:<option>

export type PhraseTable = Readonly<Record<string, string>>;

export function phrasesOf(phrases: string): string[] {
  return phrases
    .split('|')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}

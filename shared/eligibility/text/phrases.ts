// The words that the reader of eligibility texts knows, by language: data, so that a language can be added without grammar.
// Each class of words lists its phrases, in lower case and without accents; a longer phrase wins over a shorter one.
//
//   age       or_more "and older" · or_less "or younger" · under · over · at_least · at_most · between · range "to" · years · ages
//   income    income · poverty · monthly · yearly · weekly · cap "must not exceed"
//   who       noun "people" · adults · minors · child "children" · family · vague "seniors" · everyone · and the traits below
//   frames    open_to "limited to" · provides · must · you · be · have · live_in · resident · receive · recipient · qualifies · if · who
//   joining   and · or · of_these "one of" · all_of "all of the following" · restrict "in" · with · including · only · filler
//   caution   not · unless · weak "priority" · not_needed "not required" · no_limits · logistics "call" · unit "months" · fee · income_exception · others · but
//   places    county · service_area
//   traits    trait:<name> (see traits.ts) · benefit:<option> · document:<option>

export type PhraseTable = Readonly<Record<string, readonly string[]>>;

// Whether a text says that a place must not be known, in English, Spanish and French. A place that is hidden by mistake
// is soon mended, one that is told by mistake never is: where the words leave it open, they count.

import type { HsdsObject } from './hsds.ts';
import type { RowIssue } from './import-record.ts';
import { foldWords } from './words.ts';

// Words that say it wherever they stand in an address; no street is called so.
const CELL_WORDS = [
  'confidential|confidencial|confidentiel(?:le)?',
  'undisclosed|non ?disclosed|unpublished|withheld',
  'unlisted|redacted',
  'not (?:to )?(?:be )?(?:disclosed|published|public|publicly|listed|given|shared|released)',
  'address (?:is )?(?:private|hidden|protected|secret)',
  '(?:call|text|phone|contact|ask)(?: [a-z]+){0,2} for (?:the |our |an )?(?:address|location)',
  'no (?:se )?(?:divulga|divulgad[oa]|publica|publicad[oa]|revela|revelad[oa]|comparte)',
  '(?:llame|llamar|llamenos|llamanos) (?:para|por) (?:obtener |conocer |saber |pedir )?(?:la )?(?:direccion|ubicacion)',
  '(?:tenu[e]?|gardee?) secrete?|non (?:divulguee?|communiquee?|publiee?)',
  '(?:appelez|appeler|telephonez) pour (?:obtenir |connaitre |avoir )?(?:l )?adresse',
  'adresse (?:sur demande|masquee|protegee|cachee)',
];
const CELL = new RegExp(CELL_WORDS.map((words) => `\\b(?:${words})\\b`).join('|'));
const ABOUT =
  'the|a|is|address|location|site|shelter|house|place|home|office|direccion|ubicacion|domicilio|lugar|refugio|albergue|adresse|lieu|refuge|est|es';
/** Nothing but such words, and what they are about. */
const CELL_WHOLE = new RegExp(`^(?:(?:${ABOUT}) )*(?:${CELL_WORDS.join('|')})(?: (?:${ABOUT}))*$`);

// Words that streets have too: they say it only where nothing else stands there.
const ALONE =
  /^(?:(?:the|is|address|location|site|strictly|kept|direccion|ubicacion|domicilio|lugar|adresse|lieu|est|es) )*(?:hidden|secret|secret[oa]|secrete|private|privad[oa]|privee?|protected|protegid[oa]|protegee?|reservad[oa]|ocult[oa]|cachee?|masquee?|safe house|dv shelter)(?: (?:address|location|site|direccion|ubicacion|adresse|lieu))?$/;

/** Whether a cell of an address, or the whole name of a place, says so: "Confidential", "address withheld", "Dirección reservada". */
export function saysWithheld(text: string): boolean {
  if (!MARK.test(text)) return false;
  const words = foldWords(text);
  return CELL.test(words) || ALONE.test(words);
}

// A sentence names the place and says that it is not told. "Confidential services", "calls are confidential" and
// "a safe and confidential place to talk" speak of something else.
const PLACE_EN = '(?:street |physical |exact )?(?:address(?:es)?|locations?|site|facility|shelters?|whereabouts|safe ?houses?|refuge)';
const HIDDEN_EN = '(?:confidential|undisclosed|secret|hidden|unpublished|unlisted|withheld|protected)';
const PLACE_ES = '(?:direccion(?:es)?|ubicacion(?:es)?|domicilio|localizacion|lugar|sitio|refugios?|albergues?|casa)';
const HIDDEN_ES = '(?:confidencial(?:es)?|secret[oa]s?|reservad[oa]s?|ocult[oa]s?|protegid[oa]s?|no (?:divulgad|publicad|revelad)[oa]s?)';
const PLACE_FR = '(?:adresses?|lieux?|emplacement|localisation|hebergement|refuges?|maison)';
const HIDDEN_FR =
  '(?:confidentiel(?:le)?s?|secrete?s?|masquee?s?|cachee?s?|protegee?s?|non (?:divulguee?|communiquee?|publiee?|diffusee?)s?)';
const PROSE = new RegExp(
  [
    `${HIDDEN_EN}(?: and [a-z]+|[a-z]+ and)? ${PLACE_EN}`,
    `${PLACE_EN}(?: of [a-z]+(?: [a-z]+){0,3})?(?: information)?(?: (?:is|are|was|will be|being|remains?|kept|stays?|held|strictly|completely|always))* (?:${HIDDEN_EN}|private)`,
    `${PLACE_EN} (?:is|are|will|can|must|should)?(?: ?not|nnot| ?never|n t) (?:be )?(?:disclosed|published|public|listed|given|shared|released|revealed|made public)`,
    '(?:not|never|don t|cannot|can t|won t) (?:publicly )?(?:disclose|publish|give out|share|reveal|release|list) (?:the |our |its |their |this )?(?:[a-z]+ )?(?:address|location)',
    '(?:call|text|phone|contact|ask)(?: [a-z]+){0,2} for (?:the |our |an )?(?:address|location)',
    '(?:address|location) (?:is )?(?:provided|given|shared|disclosed|available|released|told) (?:only )?(?:upon|after|on|at|once|when|by|during) (?:[a-z]+ )?(?:intake|request|screening|admission|approval|acceptance|referral|registration|phone|call|calling)',
    `${PLACE_ES}(?: [a-z]+)?(?: (?:es|esta|son|permanece|se mantiene|estrictamente|totalmente))* ${HIDDEN_ES}`,
    '(?:direccion|ubicacion|domicilio) no (?:se |es |sera )?(?:divulga|publica|revela|comparte|publica|divulgad[oa]|publicad[oa]|revelad[oa])',
    'no (?:se )?(?:divulga|divulgamos|publica|publicamos|revela|revelamos|comparte|compartimos|damos|da)(?: a conocer)? (?:la |su |nuestra |el |nuestro )(?:direccion|ubicacion|domicilio)',
    '(?:llame|llamar|llamenos|llamanos)(?: [a-z]+){0,3} (?:para|por) (?:obtener |conocer |saber |pedir )?(?:la |su |nuestra )?(?:direccion|ubicacion)',
    `${PLACE_FR}(?: [a-z]+)?(?: (?:est|sont|reste|restent|demeure|tenue?s?|gardee?s?|strictement))* ${HIDDEN_FR}`,
    '(?:adresse|lieu|emplacement) (?:n est|ne sera|n est jamais|ne seront?) (?:pas |jamais )?(?:divulguee?|communiquee?|publiee?|diffusee?|publique)',
    '(?:appelez|appeler|telephonez)(?: [a-z]+){0,3} pour (?:obtenir |connaitre |avoir )?(?:l |notre )?adresse',
    'adresse (?:communiquee |donnee )?(?:sur demande|par telephone|apres (?:l )?(?:admission|entretien|appel))',
  ]
    .map((words) => `\\b(?:${words})\\b`)
    .join('|'),
);

/** Half of a second pass is saved where a text can say nothing of the kind. */
const MARK =
  /confid|clos|withh|publi|unlist|redact|secr|hidd|priv|prot|shar|list|give|told|safe house|dv shelter|reserv|ocult|cach|masqu|communi|divulg|diffus|revel|reveal|comparte|para|por |for |demande|pour |after|upon/i;
const PLACE =
  /address|location|site|facility|shelter|whereabouts|house|refuge|direcci|ubicac|domicil|localiz|lugar|sitio|albergue|casa|adresse|lieu|emplacement|h[eé]berg|maison/i;
const IN_BRACKETS = /[([]([^)\]]{3,60})[)\]]/g;

/** Whether prose says that a place is kept secret: names, descriptions, notes. */
export function saysPlaceHidden(text: string): boolean {
  if (!MARK.test(text)) return false;
  if (PLACE.test(text) && PROSE.test(foldWords(text))) return true;
  // "Anna's House (confidential)"
  for (const [, inside = ''] of text.matchAll(IN_BRACKETS)) if (saysWithheld(inside) && inside.trim().split(/\s+/).length <= 4) return true;
  return false;
}

const PROSE_FIELDS: Partial<Record<HsdsObject, readonly string[]>> = {
  service: ['name', 'alternate_name', 'description', 'alert', 'application_process'],
  service_at_location: ['description'],
  location: ['name', 'alternate_name', 'description', 'transportation', 'external_identifier'],
};
const ADDRESS_FIELDS = ['address_1', 'address_2', 'attention', 'city'];

/**
 * The text of a record that hides a place: the location itself, the one whose address it is, or those at which the
 * service is given. Undefined where nothing does.
 */
export function findHidingText(object: HsdsObject, fields: Readonly<Record<string, unknown>>): string | undefined {
  const names = object === 'address' ? ADDRESS_FIELDS : PROSE_FIELDS[object];
  if (!names) return undefined;
  for (const name of names) {
    const text = fields[name];
    if (typeof text === 'string' && saysSo(object, text)) return text;
  }
  return undefined;
}

function saysSo(object: HsdsObject, text: string): boolean {
  if (object === 'address') return saysWithheld(text);
  return saysPlaceHidden(text) || (object === 'location' && isNothingBut(text));
}

function isNothingBut(text: string): boolean {
  if (text.length > 80 || !MARK.test(text)) return false;
  const words = foldWords(text);
  return ALONE.test(words) || CELL_WHOLE.test(words);
}

/** What an import says of a place that it hides. It repeats nothing of the row. */
export function hiddenIssue(): RowIssue {
  return {
    column: null,
    code: 'location_hidden',
    severity: 'warning',
    message:
      'The text says that the place is confidential, so it is hidden: no map, list or export shows where it is. Show it on its page if it is meant otherwise.',
    value: null,
  };
}

// Facets of the directory in the reader's words: kinds, needs and problems by what plugins contribute, languages by name.

import type { Contributions } from '#client/api.ts';
import { languageName } from '#client/ui/language-names.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { findText, plain } from '#client/workbench/words.ts';
import { localize } from '#shared/platform/localized.ts';
import type { FacetId, FacetWords } from './facets.ts';

export function createFacetWords(workbench: WorkbenchApi, contributions: Contributions | null): FacetWords {
  const { language, locale } = workbench;
  const terms = new Map(contributions?.taxonomies.flatMap(({ value }) => value.terms.map((term) => [term.id, term] as const)));
  const types = new Map(contributions?.resourceTypes.map(({ value }) => [value.id, value]));
  const checks = new Map(contributions?.dataChecks.map(({ value }) => [value.id, value]));
  const inFacet: Partial<Record<FacetId, (value: string) => string>> = {
    needs: (value) => localize(terms.get(value)?.label ?? plain(value), language),
    types: (value) => {
      const type = types.get(value);
      return type ? localize(type.plural, language) : value === 'unknown' ? workbench.t('directory.facet.types.unknown') : plain(value);
    },
    languages: (code) => languageName(code, workbench),
    areas: (value) => value,
    problems: (value) => {
      const check = checks.get(value);
      return check ? localize(check.label, language) : (findText(workbench, `problems.kind.${value}`) ?? plain(value));
    },
  };
  const collator = new Intl.Collator(locale);
  return {
    label: (facet, value) => inFacet[facet]?.(value) ?? workbench.t(`directory.facet.${facet}.${value}`),
    compare: (a, b) => collator.compare(a, b),
    parentOf: (need) => terms.get(need)?.parent,
  };
}

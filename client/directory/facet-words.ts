// Facets of the directory in the reader's words: kinds, needs and problems by what plugins contribute, languages by name.

import type { Contributions } from '#client/api.ts';
import { languageName } from '#client/ui/language-names.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';
import { findText, plain } from '#client/workbench/words.ts';
import { listListedFields } from '#shared/directory/listed-fields.ts';
import { sayField } from '#shared/directory/type-field-words.ts';
import { localize } from '#shared/platform/localized.ts';
import { fieldOf, type FacetId, type FacetWords } from './facets.ts';

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
  const fields = new Map(
    contributions?.resourceTypes.flatMap(({ value }) =>
      listListedFields(value).map((field) => [`${value.id} ${field.name}`, field] as const),
    ),
  );
  const findField = (facet: FacetId) => {
    const field = fieldOf(facet);
    return field && fields.get(`${field.type} extra.${field.name}`);
  };
  const sayFacet = (facet: FacetId, { withKind }: { withKind: boolean }): string => {
    const own = fieldOf(facet);
    if (!own) return workbench.t(`directory.facet.${facet}`);
    const label = localize(findField(facet)?.label ?? plain(own.name), language);
    return withKind ? `${label} (${inFacet.types?.(own.type) ?? own.type})` : label;
  };
  const sayValue = (facet: FacetId, value: string) => inFacet[facet]?.(value) ?? workbench.t(`directory.facet.${facet}.${value}`);
  const collator = new Intl.Collator(locale);
  return {
    title: sayFacet,
    label: (facet, value) => {
      const field = findField(facet);
      if (field) return sayField(field, value, workbench);
      return fieldOf(facet) ? value : sayValue(facet, value);
    },
    compare: (a, b) => collator.compare(a, b),
    parentOf: (need) => terms.get(need)?.parent,
  };
}

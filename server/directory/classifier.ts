// The classifier of all that plugins contribute now, and a short mark that changes with it.

import { createHash } from 'node:crypto';
import { createClassifier, type Classifier, type ClassifierContributions } from '#shared/directory/classify.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { ResourceType, SynonymSet, Taxonomy } from '#shared/plugin-api/points.ts';

const POINTS = ['resourceTypes', 'taxonomies', 'synonyms'] as const;

export interface ContributedClassifier {
  classifier: Classifier;
  /** What it is made of. */
  contributions: ClassifierContributions;
  /** Part of the index's version: other types make another index of the same data. */
  mark: string;
}

export function createContributedClassifier(registry: ContributionRegistry): ContributedClassifier {
  const values = <T>(point: string) =>
    registry
      .getPoint<T>(point)
      .all()
      .map((contribution) => contribution.value);
  const contributions = {
    resourceTypes: values<ResourceType>('resourceTypes'),
    taxonomies: values<Taxonomy>('taxonomies'),
    synonyms: values<SynonymSet>('synonyms'),
  };
  const mark = createHash('sha256').update(JSON.stringify(contributions)).digest('base64url').slice(0, 6);
  return { classifier: createClassifier(contributions), contributions, mark };
}

/** Calls back after any contribution that classifying hangs on came or went. */
export function onDidChangeClassifier(registry: ContributionRegistry, changed: () => void) {
  let listening = false;
  const subscriptions = POINTS.map((point) => registry.getPoint(point).onDidChange(() => listening && changed()));
  listening = true;
  return { dispose: () => subscriptions.forEach((subscription) => subscription.dispose()) };
}

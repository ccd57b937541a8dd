// Languages, themes and text sizes as things to choose: in the palette, the status line and the settings.

import { matchFuzzy } from '../workbench/fuzzy.ts';
import type { TextSize } from '../workbench/preferences.svelte.ts';
import type { QuickOpenItem } from '../workbench/types.ts';
import type { Workbench } from '../workbench/workbench.svelte.ts';

export const PICK_PREFIX = '=';
const TEXT_SIZES: readonly TextSize[] = ['default', 'large', 'larger'];

export interface Choice {
  value: string;
  label: string;
  /** The one in force. */
  chosen: boolean;
  choose(): void;
}

export function listLanguages(workbench: Workbench): Choice[] {
  const { preferences, messages } = workbench;
  return messages.languages.map(({ language, label }) => ({
    value: language,
    label,
    chosen: workbench.language === language,
    choose: () => preferences.set('language', language),
  }));
}

export function listThemes(workbench: Workbench): Choice[] {
  const { preferences, appearance } = workbench;
  const wished = preferences.values.theme;
  return [
    {
      value: 'system',
      label: workbench.t('settings.system'),
      chosen: wished === 'system',
      choose: () => preferences.set('theme', 'system'),
    },
    ...appearance.themes.map((theme) => ({
      value: theme.id,
      label: theme.label,
      chosen: wished === theme.id,
      choose: () => preferences.set('theme', theme.id),
    })),
  ];
}

export function listTextSizes(workbench: Workbench): Choice[] {
  const { preferences } = workbench;
  return TEXT_SIZES.map((size) => ({
    value: size,
    label: workbench.t(`settings.textSize.${size}`),
    chosen: preferences.values.textSize === size,
    choose: () => preferences.set('textSize', size),
  }));
}

/** For the palette; without a word only when it was asked for these alone. */
export function provideChoices(workbench: Workbench, query: string): QuickOpenItem[] {
  const alone = workbench.palette?.startsWith(PICK_PREFIX) ?? false;
  if (query === '' && !alone) return [];
  const groups = [
    { kind: 'language', icon: 'languages', choices: listLanguages(workbench) },
    { kind: 'theme', icon: 'contrast', choices: listThemes(workbench) },
    { kind: 'textSize', icon: 'type', choices: listTextSizes(workbench) },
  ];
  return groups.flatMap(({ kind, icon, choices }) =>
    choices.flatMap((choice) => {
      const label = workbench.t(`settings.pick.${kind}`, { name: choice.label });
      const match = matchFuzzy(query, label);
      if (!match) return [];
      return {
        id: `${kind}.${choice.value}`,
        label,
        icon: choice.chosen ? 'check' : icon,
        ...(choice.chosen ? { detail: workbench.t('settings.pick.now') } : {}),
        score: match.score,
        run: choice.choose,
      };
    }),
  );
}

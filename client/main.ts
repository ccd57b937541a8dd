// Starts the browser's side: the shell draws at once; who is signed in and what plugins contribute arrive beside it.

import '@fontsource-variable/noto-sans/wght.css';
import '@fontsource-variable/noto-sans-arabic/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { mount } from 'svelte';
import { z } from 'zod';
import App from './App.svelte';
import { contributeCasework } from './casework/contribution.ts';
import { contributeDirectory } from './directory/contribution.ts';
import { contributeEdit } from './edit/contribution.ts';
import { contributeFind } from './find/contribution.ts';
import { contributeGaps } from './gaps/contribution.ts';
import { contributeHandout } from './handout/contribution.ts';
import { contribute as contributeMap } from './map/contribution.ts';
import { contributeRules } from './rules/contribution.ts';
import { contributePlugins } from './plugins/contribution.ts';
import { contributeFirstSteps } from './plugins/first-steps/contribution.ts';
import { contributeSettings } from './settings/contribution.ts';
import { contributeWorkbench } from './workbench/contribution.ts';
import type { Contribute } from './workbench/types.ts';
import { Workbench } from './workbench/workbench.svelte.ts';

// The page's policy forbids making code from text, which Zod would otherwise try.
z.config({ jitless: true });

/** The features, in the order in which they are drawn where nothing else says. A new one is one more line. */
const FEATURES: readonly Contribute[] = [
  contributeMap,
  contributeFind,
  contributeCasework,
  contributeDirectory,
  contributeEdit,
  contributeRules,
  contributeGaps,
  contributeHandout,
  contributePlugins,
  contributeFirstSteps,
];

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element "app".');

const HANDOUT = '/h/';
// A linked handout stands alone: no workbench, no account.
if (location.pathname.startsWith(HANDOUT)) {
  const { showHandoutPage } = await import('./handout/page.ts');
  showHandoutPage(target, location.pathname.slice(HANDOUT.length));
} else {
  const workbench = new Workbench();
  contributeWorkbench(workbench);
  contributeSettings(workbench);
  for (const contribute of FEATURES) contribute(workbench);
  mount(App, { target, props: { workbench } });
}

// Starts the browser's side: the shell draws at once; who is signed in and what plugins contribute arrive beside it.

import '@fontsource-variable/noto-sans/wght.css';
import '@fontsource-variable/noto-sans-arabic/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { mount } from 'svelte';
import { z } from 'zod';
import App from './App.svelte';
import { contributeSettings } from './settings/contribution.ts';
import { contributeWorkbench } from './workbench/contribution.ts';
import type { Contribute } from './workbench/types.ts';
import { Workbench } from './workbench/workbench.svelte.ts';

// The page's policy forbids making code from text, which Zod would otherwise try.
z.config({ jitless: true });

const features = import.meta.glob<Record<string, Contribute>>(['./*/contribution.ts', '!./workbench/contribution.ts', '!./settings/contribution.ts'], { eager: true });

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element "app".');

const workbench = new Workbench();
contributeWorkbench(workbench);
contributeSettings(workbench);
for (const feature of Object.values(features)) for (const contribute of Object.values(feature)) contribute(workbench);
mount(App, { target, props: { workbench } });

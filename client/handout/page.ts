// Shows a linked handout in place of the workbench.

import { mount } from 'svelte';
import HandoutPage from './HandoutPage.svelte';

export function showHandoutPage(target: HTMLElement, token: string): void {
  document.documentElement.dataset['theme'] = 'light';
  mount(HandoutPage, { target, props: { token } });
}

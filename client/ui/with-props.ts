// A component with some of its props already given: how a feature hands its state to a part that someone else draws.

import type { Component } from 'svelte';

export function withProps<Given extends object, Rest extends object>(component: Component<Given & Rest>, given: Given): Component<Rest> {
  return ((anchor, rest) =>
    component(
      anchor,
      // Getters are kept as getters, so that what is reactive stays so.
      Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(rest), ...Object.getOwnPropertyDescriptors(given) }) as Given &
        Rest,
    )) as Component<Rest>;
}

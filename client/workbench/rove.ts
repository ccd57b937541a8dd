// Roving focus: a group of controls is one stop for Tab, and arrows move inside. Right and left follow the reading direction.

type Axis = 'horizontal' | 'vertical';

/** An attachment for the group's element; its focusable parts are the buttons (or `selector`) inside. */
export function rove(axis: Axis, selector = 'button, [role="tab"]'): (node: HTMLElement) => () => void {
  return (node) => {
    const onKey = (event: KeyboardEvent): void => {
      const parts = [...node.querySelectorAll<HTMLElement>(selector)].filter(
        (part) => !part.hasAttribute('disabled') && part.offsetParent !== null,
      );
      const at = parts.findIndex((part) => part === document.activeElement);
      if (at < 0) return;
      const rtl = getComputedStyle(node).direction === 'rtl';
      const next = { horizontal: rtl ? 'ArrowLeft' : 'ArrowRight', vertical: 'ArrowDown' }[axis];
      const previous = { horizontal: rtl ? 'ArrowRight' : 'ArrowLeft', vertical: 'ArrowUp' }[axis];
      let to: number;
      if (event.key === next) to = (at + 1) % parts.length;
      else if (event.key === previous) to = (at - 1 + parts.length) % parts.length;
      else if (event.key === 'Home') to = 0;
      else if (event.key === 'End') to = parts.length - 1;
      else return;
      event.preventDefault();
      for (const part of parts) part.tabIndex = -1;
      const target = parts[to];
      if (!target) return;
      target.tabIndex = 0;
      target.focus();
    };
    node.addEventListener('keydown', onKey);
    return () => node.removeEventListener('keydown', onKey);
  };
}

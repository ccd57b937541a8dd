// Prints one part of a page and nothing else: a copy of it stands beside the workbench, which print CSS takes away meanwhile.

import './print.css';

/** Opens the printer's dialog for a part of the page; the title of the window, which browsers print, names nobody. */
export async function printPart(part: HTMLElement): Promise<void> {
  const stage = document.createElement('div');
  stage.className = 'case-print';
  // Paper is white, whatever theme is worn.
  stage.dataset['theme'] = 'light';
  stage.dir = part.dir || document.documentElement.dir;
  stage.append(part.cloneNode(true));
  document.body.append(stage);
  document.documentElement.dataset['printing'] = 'case';
  const clear = () => {
    delete document.documentElement.dataset['printing'];
    stage.remove();
  };
  await document.fonts.ready;
  window.addEventListener('afterprint', clear, { once: true });
  window.print();
}

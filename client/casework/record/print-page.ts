// Prints a whole page that was made elsewhere. Nothing of it stays in this one.

/** Opens the printer's dialog for a whole page, which is drawn apart and runs no script. */
export function printPage(html: string): Promise<void> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-same-origin allow-modals');
    frame.setAttribute('aria-hidden', 'true');
    frame.style.cssText = 'position:fixed;inline-size:0;block-size:0;border:0';
    frame.onload = () => {
      const inside = frame.contentWindow!;
      inside.addEventListener('afterprint', () => frame.remove(), { once: true });
      inside.print();
      resolve();
    };
    frame.srcdoc = html;
    document.body.append(frame);
  });
}

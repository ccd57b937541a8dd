// Hands a calendar file to the browser. It is made here and nowhere stored: no server, cache or address holds it.

/** `name`: without its ending; nothing of a person. */
export function saveCalendar(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  [link.href, link.download] = [address, `${name}.ics`];
  link.click();
  // After the click the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

// Hands a file to the browser, which saves it on this device. It is made here and nowhere stored: no server, cache or address holds
// it, and its name tells nothing of a person.

export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  [link.href, link.download] = [address, name];
  link.click();
  // After the click the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

/** `name`: without its ending. */
export function saveCalendar(text: string, name: string): void {
  saveFile(`${name}.ics`, 'text/calendar', text);
}

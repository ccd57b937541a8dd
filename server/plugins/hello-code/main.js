// Each line is a row: name | telephone | note. A line without a name is told of and left out.

export default { importers: { bars: readBars } };

const COLUMNS = ['name', 'phone', 'note'];

async function* readBars(file) {
  const batch = { file: file.path, table: 'list', columns: COLUMNS, rows: [], issues: [] };
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of file.bytes) text += decoder.decode(piece, { stream: true });
  text += decoder.decode();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const [name = '', phone = '', note = ''] = line.split('|').map((part) => part.trim());
    if (name !== '') batch.rows.push({ row: i + 1, values: { name, phone, note } });
    else {
      const message = 'This line has no name, so it was left out.';
      batch.issues.push({ file: file.path, row: i + 1, column: 'name', code: 'name_missing', severity: 'error', message, value: null });
    }
  });
  yield batch;
}

// What is said of each kind of thing that an import notices, for readers of other languages than the server's own English:
// from its code, with the column and the value that it is about. Names of the codes are in import-codes.ts.

export const importSays: Record<string, string> = {
  'directory.import.say.bom': 'The file begins with a byte order mark, which was left out. Nothing needs to be done.',
  'directory.import.say.comments': 'Lines of comment were left out.',
  'directory.import.say.encoding':
    'The file is not UTF-8 and was read by another encoding. Look at names with accents, and save the file as UTF-8 if they are wrong.',
  'directory.import.say.json_unreadable': 'The JSON of this file could not be read to its end. Look for a missing quote, bracket or comma.',
  'directory.import.say.not_text': 'The file is no text, so nothing was read. Open it in its program and save it as CSV in UTF-8.',
  'directory.import.say.quote': 'A quote is not closed, or more text follows it. It was taken as text: check this row.',
  'directory.import.say.header_short':
    'The header has one name less than the rows have cells; one column was taken to be without a name. Check a row, and name every column in the source.',
  'directory.import.say.coordinate_swapped':
    'Latitude and longitude stand in each other’s place; they were exchanged. Check it on the map.',
  'directory.import.say.coordinate_notation':
    'The position is written in another way than as degrees with decimals, and was converted. Check one of them on the map.',
  'directory.import.say.coordinate_utm':
    'The position is given in metres of UTM and was converted to degrees. Check one of them on the map.',
  'directory.import.say.coordinate_zone_missing':
    'The position seems to be metres of UTM, but nothing says of which zone. It was kept as text; write degrees such as 41.8781 and -87.6298.',
  'directory.import.say.date_ambiguous': '“{column}”: day and month cannot be told apart. Write it as 2026-03-31.',
  'directory.import.say.date_placeholder': '“{column}”: this day stands for “not known”. Leave the cell empty where there is none.',
  'directory.import.say.date_serial': '“{column}”: the number was taken for a day as spreadsheets count them. Format the column as a date.',
  'directory.import.say.date_without_year': '“{column}”: a year is missing. Write a day as 2026-03-31.',
  'directory.import.say.hours_implausible':
    'The hours reach over more than 14 hours across midnight: perhaps “pm” is missing. They were kept; correct them in the source.',
  'directory.import.say.hsds_upgraded':
    'This table has the layout of an older version of HSDS. Its rows were brought to version 3; look at a few of them.',
  'directory.import.say.join_ambiguous':
    'An earlier row with the same key says something else in “{column}”. That was kept; correct one of them in the source.',
  'directory.import.say.location_hidden_too':
    'A place stands where a hidden place of the same organization stands, and would have given it away, so it is hidden too. Show it on its page if it is meant otherwise.',
  'directory.import.say.workbook_empty':
    'No sheet of this workbook holds a table. Put the names of the columns into the first row, and the records below.',
  'directory.import.say.type_missing':
    '“{column}” is empty, so it is not known what kind of help this is. Fill it in the source, or on the record’s page.',
  'directory.import.say.weekday_unreadable': '“{column}” holds no weekday. It was kept as it is; correct it in the source.',
  'directory.import.say.short_row': 'The row has fewer cells than the header has names. The missing ones were taken as empty.',
  'directory.import.say.long_row': 'The row has more cells than the header has names. What stood beyond was kept among the other columns.',
  'directory.import.say.gone_from_source': '“{value}” is no longer in the source. Nothing was removed: close it if it is gone.',
  'directory.import.say.mapping_saved': 'The mapping that was kept for “{value}” was used. Give another one to change it.',
  'directory.import.say.coordinate_shared':
    'Many rows with different addresses have exactly this position: it seems to stand for “not found”. It was kept; check it on the map.',
  'directory.import.say.cell_error': 'The formula of this cell gives an error. It was taken as empty; mend the formula.',
  'directory.import.say.cells_merged': 'Merged ranges reach over several rows. Each row was given the value; look at one of them.',
  'directory.import.say.column_repeated': 'Two columns have the same name. The later one was kept as “{column}”.',
  'directory.import.say.column_unnamed': 'A column has no name. It was kept as “{column}”.',
  'directory.import.say.formula_without_value':
    'The formula of this cell has never been computed, so it is empty. Open the workbook in its program and save it again.',
  'directory.import.say.rows_above_header': 'The table begins further down. What stands above it was left out.',
  'directory.import.say.sheet_hidden':
    'The sheet “{value}” is hidden, so it was not read. Show it in its program and save the workbook if it holds records.',
  'directory.import.say.conflict':
    'The record was edited here since the last import, and the input now differs. The edit stays until someone decides which of the two is right.',
  'directory.import.say.contradiction':
    'The files contradict each other in “{column}”. One value was kept; correct one of them in the source.',
  'directory.import.say.coordinate_incomplete': 'Only one of latitude and longitude is given. It was kept as text; add the other one.',
  'directory.import.say.coordinate_out_of_range':
    'The position is not on earth (latitude −90 to 90, longitude −180 to 180). It was kept, but is not shown on the map; correct it.',
  'directory.import.say.coordinate_projected':
    'The position is given in metres of a web map and was converted to degrees. Check one of them on the map.',
  'directory.import.say.coordinate_unreadable':
    'The position is no pair of numbers. It was kept as text; write degrees such as 41.8781 and -87.6298.',
  'directory.import.say.coordinate_zero': 'The position is 0, 0, which lies in the sea: it was taken as missing. Look the address up.',
  'directory.import.say.date_unreadable':
    '“{column}”: a date such as 2026-03-31 is expected. The value was kept as it is; correct it in the source.',
  'directory.import.say.file_skipped': 'No table is expected in this file, so it was not read.',
  'directory.import.say.geometry_not_point':
    'The shape is no point; the middle of its box was taken as the position. Give a point where that is wrong.',
  'directory.import.say.hours_as_text':
    'The hours can be read in more than one way, so they are kept as text and shown as they are; whether it is open is not computed.',
  'directory.import.say.html_entities':
    '“{column}” held HTML codes, which were replaced by the signs they stand for. Nothing needs to be done.',
  'directory.import.say.id_missing': 'The record has no id, so it could not be told from others. Give it one in the source.',
  'directory.import.say.id_repeated_merged': 'This id came before in this import. The rows were put together.',
  'directory.import.say.id_taken':
    'Another source already has a record with the id {value}. This one was given an id of its own. If they are the same, merge them on their pages.',
  'directory.import.say.line_unreadable': 'This could not be read, so it was left out. Look for a missing quote, bracket or comma.',
  'directory.import.say.location_hidden':
    'The text says that the place is confidential, so it is hidden: no map, list or export shows where it is. Show it on its page if it is meant otherwise.',
  'directory.import.say.name_missing': 'The row has no name, so no record can be made of it. Fill in a name, or leave the row out.',
  'directory.import.say.number_expected':
    '“{column}”: a number is expected. The value was kept as it is among the other columns; correct it in the source.',
  'directory.import.say.organization_missing':
    'No organization is named, so the service has none. Fill it in the source, or link it later.',
  'directory.import.say.phone_in_address': 'The address is a telephone number. It was kept as the telephone number; look the address up.',
  'directory.import.say.phone_in_hours': '“{column}” holds a telephone number, not hours. It was kept as the telephone number.',
  'directory.import.say.phone_unreadable': '“{column}” holds no telephone number. The cell was kept as it is among the other columns.',
  'directory.import.say.phones_split': '“{column}” holds several telephone numbers; each became one of its own.',
  'directory.import.say.reference_missing':
    '“{column}” names {value}, which is neither in the input nor in the directory. The reference was kept; add what it names or correct it.',
  'directory.import.say.table_unmapped':
    'The mapping does not say what the table “{value}” is, so its rows were left out. Add it to the mapping.',
  'directory.import.say.time_unreadable':
    '“{column}”: a time such as 09:30 is expected. The value was kept as it is; correct it in the source.',
  'directory.import.say.type_assumed':
    'Rows that name no kind of help were given one by the name of the file. Change it in the mapping if it is wrong.',
  'directory.import.say.value_unknown': '“{column}” holds a value that is not among those allowed. It was kept; correct it in the source.',
  'directory.import.say.issues_left_out': 'There are more of this kind than are listed.',
  'directory.import.say.nul_removed': 'The row holds a character that means nothing (NUL). It was left out; nothing needs to be done.',
};

/** A byte-order mark: by it spreadsheets know that a CSV is UTF-8, and without it read é as Ã©. */
export const CSV_MARK = '\ufeff'

/**
 * A file of CSV that a person saves from a page, and may open in a spreadsheet: marked where a letter needs that.
 *
 * Programs that do not pass over a mark, as ours do, see none before plain ASCII.
 */
export const markedCsv = (text: string): string => (/[\u0080-\uffff]/.test(text) ? CSV_MARK + text : text)

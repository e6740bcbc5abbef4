// Records stand in the page column by column, which compress to less: the inverse of `in_columns` in
// src/trabecula/page/columnar.py.

/**
 * The rows that columns tell; null stands where a row has no such key.
 * @param {object[] | { length: number, columns: Record<string, any> }} told
 * @returns {any[]}
 */
export function inRows(told) {
  if (Array.isArray(told)) return told;
  const rows = Array.from({ length: told.length }, () => /** @type {Record<string, any>} */ ({}));
  for (const [key, column] of Object.entries(told.columns)) fill(rows, key, cells(column));
  return rows;
}

const OWN = { configurable: true, enumerable: true, writable: true };

/**
 * Give every row its value. Each row by itself, out of pairs of keys and values, took four times as long.
 * @param {Record<string, any>[]} rows
 * @param {string} key
 * @param {any[]} values
 */
function fill(rows, key, values) {
  if (key in Object.prototype) { // such as __proto__, which is a key like others here
    for (let at = 0; at < rows.length; at++)
      if (values[at] !== null) Object.defineProperty(rows[at], key, { ...OWN, value: values[at] });
    return;
  }
  for (let at = 0; at < rows.length; at++) if (values[at] !== null) rows[at][key] = values[at];
}

/** @param {any[] | { rows: Parameters<typeof inRows>[0], counts: (number | null)[] }} column */
function cells(column) {
  if (Array.isArray(column)) return column;
  const rows = inRows(column.rows);
  let end = 0;
  return column.counts.map((count) => (count === null ? null : rows.slice(end, end += count)));
}

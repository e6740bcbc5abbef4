// Records stand in the page column by column, which compress to less: the inverse of `in_columns` in
// src/trabecula/page/columnar.py.

/**
 * The rows that columns tell; null stands where a row has no such key.
 * @param {object[] | { length: number, columns: Record<string, any> }} told
 * @returns {any[]}
 */
export function inRows(told) {
  if (Array.isArray(told)) return told;
  const columns = Object.entries(told.columns).map(([key, column]) => [key, cells(column)]);
  return Array.from({ length: told.length }, (_, at) =>
    // Such as keeps __proto__ a key like others.
    Object.fromEntries(columns.filter(([, all]) => all[at] !== null).map(([key, all]) => [key, all[at]])));
}

/** @param {any[] | { rows: Parameters<typeof inRows>[0], counts: (number | null)[] }} column */
function cells(column) {
  if (Array.isArray(column)) return column;
  const rows = inRows(column.rows);
  let end = 0;
  return column.counts.map((count) => (count === null ? null : rows.slice(end, end += count)));
}

/** Let the browser do what else it has to, so that long work stops nothing. */
export const pause = () => new Promise((resolve) => setTimeout(resolve));

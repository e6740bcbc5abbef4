// Where the page has been: the history of the browser, whose addresses have the state in them. A page
// that has no address of its own, in the cell of a notebook or opened from memory, remembers for itself
// and leaves the history of its surroundings alone.

/** Whether an address leads back to the page from elsewhere. @param {string} address */
export const isLasting = (address) => !/^(about|blob|data|javascript):/i.test(address);

/**
 * @typedef {object} Past
 * @property {(hash: string) => void} push  a step further, to a state written as part of an address
 * @property {(hash: string) => void} keep  another state in the place of the last
 * @property {() => void} back  a step back, if there was one
 * @property {number} depth  steps that one can go back
 */

/**
 * The past of this page; `arrive` is called with the state to show when one goes back, or forth, or
 * when an address is typed or pasted.
 * @param {(hash: string) => void} arrive
 * @returns {Past}
 */
export const past = (arrive) => (isLasting(document.URL) ? ofBrowser(arrive) : remembered(arrive));

/** @returns {Past} @param {(hash: string) => void} arrive */
function ofBrowser(arrive) {
  let depth = 0, shown = location.hash.replace(/^#/, "");

  // A page in a frame has the address of its surroundings as its base, so its own is named in full.
  /** @param {"pushState" | "replaceState"} how @param {string} hash */
  function write(how, hash) {
    const own = new URL(document.URL);
    own.hash = hash;
    shown = hash;
    try {
      history[how]({ depth }, "", own.href);
      return true;
    } catch {
      return false; // too long for this browser, or too many in a short time
    }
  }

  addEventListener("popstate", (event) => {
    depth = event.state?.depth ?? 0;
    shown = location.hash.replace(/^#/, "");
    arrive(shown);
  });
  addEventListener("hashchange", () => {
    const hash = location.hash.replace(/^#/, "");
    if (hash === shown) return;
    shown = hash;
    arrive(hash);
  });
  history.replaceState({ depth }, "");
  return {
    push(hash) {
      depth += 1;
      if (!write("pushState", hash)) depth -= 1;
    },
    keep: (hash) => void write("replaceState", hash),
    back() {
      if (depth > 0) history.back();
    },
    get depth() { return depth; },
  };
}

/** @returns {Past} @param {(hash: string) => void} arrive */
export function remembered(arrive) {
  const been = [""];
  return {
    push: (hash) => void been.push(hash),
    keep(hash) { been[been.length - 1] = hash; },
    back() {
      if (been.length < 2) return;
      been.pop();
      arrive(been[been.length - 1]);
    },
    get depth() { return been.length - 1; },
  };
}

/**
 * JavaScript that moves `Date` ahead, for Node.js and for workerd alike. Time passes as before, and
 * dates that are made from a value stay as they are.
 */
export const movedClock = (aheadMs: number): string =>
  `{
  const Real = globalThis.Date
  const now = () => Real.now() + ${aheadMs}
  globalThis.Date = class Date extends Real {
    constructor(...given) {
      super(...(given.length === 0 ? [now()] : given))
    }
    static now() {
      return now()
    }
  }
}
`

/** A module for `import` and for Node's flag of that name. */
export const clockModule = (aheadMs: number): string =>
  `data:text/javascript,${encodeURIComponent(movedClock(aheadMs))}`

/** Flags of a Node.js process whose clock is moved. */
export const clockFlags = (aheadMs: number): ReadonlyArray<string> =>
  aheadMs === 0 ? [] : ["--import", clockModule(aheadMs)]

type Listener<A, B> = (value: A) => B

/**
 * A promise whose listeners run at once when it settles. A native promise, and so an `async`
 * function of an adapter, would run them outside of virtual time.
 */
export class Later<A> implements PromiseLike<A> {
  #settled: { readonly value: A } | { readonly error: unknown } | undefined
  readonly #listeners: Array<() => void> = []

  constructor(start: (resolve: (value: A) => void, reject: (error: unknown) => void) => void) {
    start(
      (value) => this.#settle({ value }),
      (error) => this.#settle({ error })
    )
  }

  static of<A>(value: A): Later<A> {
    return new Later((resolve) => resolve(value))
  }

  /** The same, typed for an API that asks for a `Promise` and only calls `then`. */
  get asPromise(): Promise<A> {
    return this as unknown as Promise<A>
  }

  #settle(settled: { readonly value: A } | { readonly error: unknown }): void {
    if (this.#settled !== undefined) return
    this.#settled = settled
    for (const listener of this.#listeners.splice(0)) listener()
  }

  // biome-ignore lint/suspicious/noThenProperty: whoever waits for it calls `then`
  then<B = A, C = never>(
    onValue?: Listener<A, B | PromiseLike<B>> | null,
    onError?: Listener<unknown, C | PromiseLike<C>> | null
  ): Later<B | C> {
    return new Later((resolve, reject) => {
      const listener = () => {
        const settled = this.#settled
        if (settled === undefined) return
        if ("value" in settled) resolve(onValue?.(settled.value) as B)
        else if (onError == null) reject(settled.error)
        else resolve(onError(settled.error) as C)
      }
      if (this.#settled === undefined) this.#listeners.push(listener)
      else listener()
    })
  }
}

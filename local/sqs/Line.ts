/**
 * Messages in the order of arrival. A deleted message stays in the array until it reaches the
 * front, so every step takes constant time on average.
 */
export class Line<T extends { readonly gone: boolean }> {
  #items: Array<T> = []
  #front = 0

  push(item: T): void {
    this.#items.push(item)
  }

  first(): T | undefined {
    while (this.#items[this.#front]?.gone) this.#front++
    if (this.#front > 32 || this.#front === this.#items.length) this.#compact()
    return this.#items[this.#front]
  }

  #compact(): void {
    if (this.#front * 2 <= this.#items.length) return
    this.#items = this.#items.slice(this.#front)
    this.#front = 0
  }

  *[Symbol.iterator](): Generator<T> {
    for (let at = this.#front; at < this.#items.length; at++) {
      const item = this.#items[at]
      if (item !== undefined && !item.gone) yield item
    }
  }
}

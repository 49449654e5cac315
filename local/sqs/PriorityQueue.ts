/** A binary heap, which finds the smallest key in logarithmic time. */
export class PriorityQueue<T> {
  readonly #heap: Array<{ readonly key: number; readonly item: T }> = []

  push(key: number, item: T): void {
    const heap = this.#heap
    const entry = { key, item }
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const up = (at - 1) >> 1
      const parent = heap[up]
      if (parent === undefined || parent.key <= key) break
      heap[at] = parent
      at = up
    }
    heap[at] = entry
  }

  peek(): { readonly key: number; readonly item: T } | undefined {
    return this.#heap[0]
  }

  pop(): { readonly key: number; readonly item: T } | undefined {
    const first = this.#heap[0]
    const last = this.#heap.pop()
    if (last !== undefined && this.#heap.length > 0) this.#sink(last)
    return first
  }

  #sink(entry: { readonly key: number; readonly item: T }): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      const left = heap[2 * at + 1]
      const right = heap[2 * at + 2]
      const isRight = left !== undefined && right !== undefined && right.key < left.key
      const child = isRight ? right : left
      if (child === undefined || child.key >= entry.key) break
      heap[at] = child
      at = 2 * at + (isRight ? 2 : 1)
    }
    heap[at] = entry
  }
}

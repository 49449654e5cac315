/** A table of names and words. */
export interface Fact {
  readonly label: string
  readonly value: string
}

export interface Facts {
  readonly title: string
  readonly caption: string
  readonly rows: ReadonlyArray<Fact>
}

export const sessionIdLengthMax = 128

/** Up to 128 well-formed characters always fit an index key. */
export const isSessionId = (id: string): boolean =>
  id.length >= 1 && id.length <= sessionIdLengthMax && id.isWellFormed()

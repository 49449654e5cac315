/** FNV-1a, mixed once more: it scatters texts evenly, so that no place in an alphabet decides. */
export const textHash = (text: string): number => {
  let hash = 2_166_136_261
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
  }
  return Math.imul(hash ^ (hash >>> 15), 2_246_822_519) >>> 0
}

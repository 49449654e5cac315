/** HMAC-SHA-256 by WebCrypto, whose keys never show their bytes. */

const algorithm = { name: "HMAC", hash: "SHA-256" } as const

/** Copied, because Cloudflare's types leave open whose memory the encoder returns. */
export const bytesOf = (text: string) => Uint8Array.from(new TextEncoder().encode(text))

export const hmacKey = (secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", secret, algorithm, false, ["sign", "verify"])

export const hmac = async (key: CryptoKey, text: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.sign(algorithm, key, bytesOf(text)))

/** Takes the same time wherever the two differ. */
export const isHmac = (
  key: CryptoKey,
  mac: Uint8Array<ArrayBuffer>,
  text: string
): Promise<boolean> => crypto.subtle.verify(algorithm, key, mac, bytesOf(text))

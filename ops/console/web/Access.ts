/** Decides which requests may see the console: those of the browser that was given its address. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import type { LocalAnswer, LocalRequest } from "../../../local/LoopbackServer.ts"
import { page } from "./Page.ts"

/** The query parameter of the first address. */
const parameter = "token"

export const makeToken = (): string => randomBytes(32).toString("base64url")

/** Takes the same time for every text, because hashes of one length are compared. */
const isSame = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}

/** The first address, which the terminal shows and no log repeats. */
export const addressWith = (endpoint: string, token: string): string =>
  `${endpoint}/?${parameter}=${token}`

/** Names the port, because a browser gives the cookies of 127.0.0.1 to all of its ports. */
const cookieOf = (endpoint: string): string => `cv-console-${new URL(endpoint).port}`

const valueIn = (cookies: string, name: string): string =>
  cookies
    .split(";")
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ""

const strangers = (): LocalAnswer =>
  page(403, {
    title: "This console is closed to you",
    paragraphs: [
      "Its address needs the token that the console printed when it started.",
      "Open the whole address again, as the terminal shows it. Every start has another token, so " +
        "an address of yesterday does not open the console of today."
    ]
  })

const refusedMethod = (): LocalAnswer => {
  const answer = page(405, {
    title: "The console only reads",
    paragraphs: ["It answers GET and HEAD, because it changes nothing."]
  })
  return { ...answer, headers: { ...answer.headers, allow: "GET, HEAD" } }
}

/** Undefined for a request that may be answered; otherwise the answer in its place. */
export const admit =
  (token: string) =>
  ({ endpoint, headers, method, url }: LocalRequest): LocalAnswer | undefined => {
    if (method !== "GET" && method !== "HEAD") return refusedMethod()
    const asked = new URL(url, endpoint)
    const given = asked.searchParams.get(parameter)
    const name = cookieOf(endpoint)
    if (given === null) {
      return isSame(valueIn(headers.cookie ?? "", name), token) ? undefined : strangers()
    }
    if (!isSame(given, token)) return strangers()
    return {
      status: 303,
      headers: {
        location: "/",
        "set-cookie": `${name}=${token}; HttpOnly; SameSite=Strict; Path=/`
      },
      body: ""
    }
  }

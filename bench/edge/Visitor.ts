import { Agent, request } from "node:http"

export interface Waited {
  /** The time until the first byte of the answer's body, and until its last. */
  readonly firstMs: number
  readonly lastMs: number
  /** The time until each piece of a stream. */
  readonly piecesMs: ReadonlyArray<number>
}

interface Asking {
  readonly accept: string
  readonly visitors: number
  readonly path?: string
}

const piecesIn = (data: Buffer): number => {
  let count = 0
  for (let at = data.indexOf("\n\n"); at >= 0; at = data.indexOf("\n\n", at + 2)) count++
  return count
}

const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/142.0.0.0 Safari/537.36"

/** Asks as a page does, and fails without an answer. */
const ask = (agent: Agent, query: string, url: string, how: Asking): Promise<Waited> =>
  new Promise((resolve, reject) => {
    const { accept, path = "/query" } = how
    const body = JSON.stringify({ query })
    const headers = {
      accept,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "accept-language": "en-GB,en;q=0.9,de;q=0.7",
      referer: "https://example.com/about",
      "user-agent": userAgent
    }
    const from = performance.now()
    const asking = request(`${url}${path}`, { method: "POST", agent, headers }, (response) => {
      let firstMs = 0
      const piecesMs: Array<number> = []
      response.on("data", (data: Buffer) => {
        const ms = performance.now() - from
        firstMs ||= ms
        for (let left = piecesIn(data); left > 0; left--) piecesMs.push(ms)
      })
      response.on("end", () => {
        if (response.statusCode === 200) {
          resolve({ firstMs, lastMs: performance.now() - from, piecesMs })
        } else reject(new Error(`a question was answered with ${response.statusCode}`))
      })
      response.on("error", reject)
    })
    asking.on("error", (error) => {
      // workerd may end a connection while the next question is on its way
      if (asking.reusedSocket) resolve(ask(agent, query, url, how))
      else reject(error)
    })
    asking.end(body)
  })

/** Each visitor asks the next question as soon as the last one is answered. */
export const askAll = async (
  url: string,
  questions: ReadonlyArray<string>,
  asking: Asking
): Promise<ReadonlyArray<Waited>> => {
  // fresh connections, because workerd ends those that are idle for a few seconds
  const agent = new Agent({ keepAlive: true })
  const waited: Array<Waited> = []
  const left = questions.values()
  const visit = async () => {
    for (const question of left) waited.push(await ask(agent, question, url, asking))
  }
  await Promise.all(Array.from({ length: asking.visitors }, visit))
  agent.destroy()
  return waited
}

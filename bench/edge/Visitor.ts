import { Agent, request } from "node:http"

export interface Waited {
  /** The time until the first byte of the answer's body, and until its last. */
  readonly firstMs: number
  readonly lastMs: number
}

const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/142.0.0.0 Safari/537.36"

/** Asks as a page does, and fails without an answer. */
const ask = (agent: Agent, url: string, query: string, accept: string): Promise<Waited> =>
  new Promise((resolve, reject) => {
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
    const asking = request(`${url}/query`, { method: "POST", agent, headers }, (response) => {
      let firstMs = 0
      response.on("data", () => {
        firstMs ||= performance.now() - from
      })
      response.on("end", () => {
        if (response.statusCode === 200) resolve({ firstMs, lastMs: performance.now() - from })
        else reject(new Error(`a question was answered with ${response.statusCode}`))
      })
      response.on("error", reject)
    })
    asking.on("error", reject)
    asking.end(body)
  })

/** Each visitor asks the next question as soon as the last one is answered. */
export const askAll = async (
  url: string,
  questions: ReadonlyArray<string>,
  { accept, visitors }: { readonly accept: string; readonly visitors: number }
): Promise<ReadonlyArray<Waited>> => {
  // fresh connections, because workerd ends those that are idle for a few seconds
  const agent = new Agent({ keepAlive: true })
  const waited: Array<Waited> = []
  const left = questions.values()
  const visit = async () => {
    for (const question of left) waited.push(await ask(agent, url, question, accept))
  }
  await Promise.all(Array.from({ length: visitors }, visit))
  agent.destroy()
  return waited
}

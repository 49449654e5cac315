/** Counts the signatures of a bundle per question, where each one is made. */

interface Handler {
  readonly fetch: (
    request: Request,
    env: object,
    platform: { readonly waitUntil: (promise: Promise<unknown>) => void }
  ) => Promise<Response>
}

const env = {
  CV_ANALYTICS_REGION: "eu-west-1",
  CV_ANALYTICS_ACCESS_KEY_ID: "local",
  CV_ANALYTICS_SECRET_ACCESS_KEY: "local",
  CV_ANALYTICS_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/123456789012/cv-analytics.fifo"
}

const questions = 10

const accept = async (request: Request): Promise<Response> => {
  const { Entries } = (await request.json()) as { readonly Entries: ReadonlyArray<object> }
  return Response.json({ Successful: Entries.map((_, id) => ({ Id: String(id) })), Failed: [] })
}

const ask = async (handler: Handler): Promise<void> => {
  const work: Array<Promise<unknown>> = []
  const response = await handler.fetch(
    new Request("https://example.com/query", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "What did she study?" })
    }),
    env,
    { waitUntil: (promise) => work.push(promise) }
  )
  if (!response.ok) throw new Error(`the bundle answered ${response.status}`)
  await Promise.all(work)
}

/** Signatures per question after the first one, without a network. */
export const signaturesPerQuestion = async (bundle: string): Promise<number> => {
  const { subtle } = crypto
  const { sign } = subtle
  const { fetch } = globalThis
  let signatures = 0
  try {
    globalThis.fetch = (input) => accept(input as Request)
    subtle.sign = (...signed: Parameters<typeof sign>) => {
      signatures++
      return sign.apply(subtle, signed)
    }
    const { default: handler }: { readonly default: Handler } = await import(bundle)
    await ask(handler)
    signatures = 0
    for (let n = 0; n < questions; n++) await ask(handler)
  } finally {
    globalThis.fetch = fetch
    subtle.sign = sign
  }
  return signatures / questions
}

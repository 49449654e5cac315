/** Takes the place of aws4fetch in our Worker: the same requests through the AWS client. */
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs"

interface Options {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
}

export class AwsClient {
  readonly #options: Options
  #client: SQSClient | undefined

  constructor(options: Options) {
    this.#options = options
  }

  async fetch(url: string, { body, signal }: { body: string; signal: AbortSignal }) {
    const { region, ...credentials } = this.#options
    this.#client ??= new SQSClient({ region, endpoint: url, credentials, maxAttempts: 1 })
    const command = new SendMessageBatchCommand(JSON.parse(body))
    return Response.json(await this.#client.send(command, { abortSignal: signal }))
  }
}

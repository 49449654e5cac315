/** Classes of Cloudflare: entrypoints, Durable Objects with a WebSocket. */
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers"
import { drainOutbox, record, withAnalytics } from "cv-analytics"

interface Env {
  readonly BOT_NAME: string
}

class Api extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    return Response.json({ answer: this.env.BOT_NAME + request.url })
  }

  override async queue(batch: MessageBatch): Promise<void> {
    await drainOutbox(batch, this.env)
  }

  greet(name: string): string {
    return `${this.env.BOT_NAME} ${name}`
  }
}

const Wrapped = withAnalytics(Api, { at: "/chat" })
export class Named extends Wrapped {
  override greet(name: string): string {
    return super.greet(name.trim())
  }
}

export class Room extends DurableObject<Env> {
  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer) {
    const answer = this.env.BOT_NAME
    socket.send(answer)
    await record(this.env, this.ctx, { question: String(message), answer, outcome: "answered" })
  }
}

export default Wrapped

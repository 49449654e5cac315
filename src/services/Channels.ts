import * as Context from "effect/Context"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type { ChannelName } from "../schema/Channel.ts"
import type { Notice } from "../schema/Notice.ts"

/** The channel did not answer, or asked to wait; later it may take the message. */
export class ChannelUnavailable extends Data.TaggedError("ChannelUnavailable")<{
  readonly channel: ChannelName
  readonly detail: string
  /** `unknown` while no answer came: people may see the message. */
  readonly accepted: "no" | "unknown"
  /** The pause that the channel asked for. */
  readonly waitMs?: number
}> {
  override get message() {
    const may = this.accepted === "no" ? "did not take" : "may have taken"
    return `${this.channel} ${may} the message: ${this.detail}`
  }
}

/** The channel refused the message: its address was deleted, or it takes no such message. */
export class ChannelRejected extends Data.TaggedError("ChannelRejected")<{
  readonly channel: ChannelName
  readonly detail: string
}> {
  override get message() {
    return `${this.channel} did not take the message: ${this.detail}`
  }
}

export interface Channel {
  readonly name: ChannelName
  /** Success is the channel's acceptance. No error names the address, because it is a secret. */
  readonly post: (notice: Notice) => Effect.Effect<void, ChannelUnavailable | ChannelRejected>
}

/** The channels that the owner has set up, which may be none. */
export class Channels extends Context.Service<Channels, ReadonlyArray<Channel>>()(
  "services/Channels"
) {}

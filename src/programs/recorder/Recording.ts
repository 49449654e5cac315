import type { EventQueue } from "../../services/EventQueue.ts"
import type { Outbox } from "../../services/Outbox.ts"
import type { Losses } from "./Losses.ts"
import type { Notices } from "./Notices.ts"

/** The services that recording needs. */
export type Recording = EventQueue | Outbox | Losses | Notices

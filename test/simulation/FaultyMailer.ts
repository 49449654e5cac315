import * as Context from "effect/Context"
import type { EmailMessage } from "../../src/schema/EmailMessage.ts"
import type { WeekId } from "../../src/schema/IsoWeek.ts"
import { Mailer, MailerUnavailable } from "../../src/services/Mailer.ts"
import type { FaultyLedger } from "./FaultyLedger.ts"
import { remoteCall } from "./RemoteCall.ts"
import type { Run } from "./Run.ts"
import type { World } from "./World.ts"

/** As the reporter's client has it. */
const patienceMs = 10_000

/** An e-mail that the mail service accepted, and whose run sent it. */
export interface Mail {
  readonly weekId: WeekId | undefined
  readonly run: Run
  readonly message: EmailMessage
}

/** The mail service, and the books on what it accepted. */
export class FaultyMailer {
  readonly #world: World
  readonly #ledger: FaultyLedger
  readonly #mailer: Mailer["Service"]
  readonly mails: Array<Mail> = []

  constructor(world: World, ledger: FaultyLedger) {
    this.#world = world
    this.#ledger = ledger
    this.#mailer = Context.get(world.machines, Mailer)
  }

  #accepted(run: Run, message: EmailMessage): void {
    const { weekId } = run
    this.#world.chronicle.tell(`${run.name} sent the e-mail of ${weekId}`)
    const isConfirmed = weekId !== undefined && this.#ledger.confirmed.has(weekId)
    if (isConfirmed && !run.instance.isOver) {
      this.#world.chronicle.violate("a confirmed week is not sent again", String(weekId))
    }
    if (this.mails.some((mail) => mail.weekId === weekId))
      this.#world.count("report: second e-mail")
    this.mails.push({ weekId, run, message })
  }

  /** The mail service as one run has it. */
  of(run: Run): Mailer["Service"] {
    return Mailer.of({
      send: (message) => {
        run.hasSent = true
        return remoteCall(this.#world, run, {
          call: "send",
          apply: () => {
            this.#accepted(run, message)
            return run.instance.now(this.#mailer.send(message))
          },
          unavailable: (detail) => new MailerUnavailable({ detail }),
          patienceMs
        })
      }
    })
  }
}

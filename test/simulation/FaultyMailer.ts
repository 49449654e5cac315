import * as Context from "effect/Context"
import * as Exit from "effect/Exit"
import type { EmailMessage } from "../../src/schema/EmailMessage.ts"
import type { WeeklyReport } from "../../src/schema/report/WeeklyReport.ts"
import { Mailer, MailerUnavailable, type MailRejected } from "../../src/services/Mailer.ts"
import type { Mishap } from "./Coverage.ts"
import type { FaultyLedger } from "./FaultyLedger.ts"
import { remoteCall } from "./RemoteCall.ts"
import type { LedgerEntry, Run } from "./Run.ts"
import type { World } from "./World.ts"

/** The reporter's client waits so long for an answer. */
const patienceMs = 10_000

/** The mail service answered that it has not taken the e-mail. */
const isRefusal = (mishap: Mishap): boolean =>
  mishap === "throttled" || mishap === "failed before it took effect"

/** An e-mail that the mail service accepted, and the run that sent it. */
export interface Mail {
  readonly entry: LedgerEntry
  readonly run: Run
  readonly message: EmailMessage
  /** The numbers that were frozen for the week when it was sent. */
  readonly frozen: WeeklyReport | undefined
}

/** The mail service, and the books on the e-mails that it accepted. */
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

  #accepted(run: Run, message: EmailMessage, messageId: string): void {
    const { chronicle } = this.#world
    const { entry, isResend } = run
    const { accepted, confirmed, frozen, skipped } = this.#ledger
    chronicle.tell(`${run.name} sent the e-mail of ${entry}`)
    if (isResend) this.#world.count("report: sent again by hand")
    else {
      if (confirmed.has(entry) && !run.instance.isOver) {
        chronicle.violate("a confirmed week is not sent again", entry)
      }
      if (skipped.has(entry)) chronicle.violate("a skipped week is not sent", entry)
      const isSecond = this.mails.some((mail) => mail.entry === entry && !mail.run.isResend)
      if (isSecond) this.#world.count("report: second e-mail")
      accepted.set(entry, (accepted.get(entry) ?? new Set()).add(messageId))
    }
    this.mails.push({ entry, run, message, frozen: frozen.get(entry) })
  }

  /** The mail service as one run has it. */
  of(run: Run): Mailer["Service"] {
    return Mailer.of({
      send: (message) => {
        run.hasSent = true
        return remoteCall<{ readonly messageId: string }, MailerUnavailable | MailRejected>(
          this.#world,
          run,
          {
            call: "send",
            apply: () => {
              const exit = run.instance.now(this.#mailer.send(message))
              if (Exit.isSuccess(exit)) this.#accepted(run, message, exit.value.messageId)
              return exit
            },
            unavailable: (detail) =>
              new MailerUnavailable({ detail, accepted: isRefusal(detail) ? "no" : "unknown" }),
            patienceMs
          }
        )
      }
    })
  }
}

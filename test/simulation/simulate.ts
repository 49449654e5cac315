import type { Violation } from "./Chronicle.ts"
import { machineKinds } from "./Clocks.ts"
import type { Coverage } from "./Coverage.ts"
import type { Deployment } from "./Deployment.ts"
import { Drains } from "./drain/Drains.ts"
import { Edge } from "./edge/Edge.ts"
import { FaultyStore } from "./FaultyStore.ts"
import { historyOf } from "./History.ts"
import { checkConservation, checkStore } from "./invariants/conservation.ts"
import { checkEdge } from "./invariants/edge.ts"
import { enterExpiry } from "./invariants/expiry.ts"
import { checkReports } from "./invariants/reports.ts"
import { Pollers } from "./Pollers.ts"
import { Queues } from "./Queues.ts"
import { Reporter } from "./Reporter.ts"
import { World } from "./World.ts"

export interface Outcome {
  readonly seed: number
  readonly violations: ReadonlyArray<Violation>
  readonly trace: ReadonlyArray<string>
  readonly coverage: Coverage
}

interface Parts {
  readonly world: World
  readonly queues: Queues
  readonly edge: Edge
  readonly reporter: Reporter
}

const enterClocks = (world: World): void => {
  const { agenda, chronicle, history } = world
  for (const kind of machineKinds) {
    for (const { at, error } of history.clockSteps[kind]) {
      agenda.at(at, () => {
        chronicle.tell(`the clock of the ${kind} is now wrong by ${error / 1000} s`)
        if (!world.isAtWork(kind)) return
        if (kind === "processor") world.count("processor: clock stepped in mid-batch")
        if (kind === "reporter") world.count("report: clock stepped in mid-run")
      })
    }
  }
}

const enter = ({ edge, queues, reporter, world }: Parts): void => {
  const { agenda, chronicle, history } = world
  enterClocks(world)
  for (const request of history.requests) agenda.at(request.at, () => edge.ask(request))
  for (const sending of history.sendings) agenda.at(sending.at, () => queues.send(sending))
  for (const { at, how } of history.redrives) agenda.at(at, () => queues.redrive(how))
  for (const at of history.fires) agenda.at(at, () => reporter.fire())
  for (const { at, what } of history.asks) {
    agenda.at(at, () => (what === "report" ? reporter.ask() : reporter.resend()))
  }
  agenda.at(history.calmAt, () => chronicle.tell("from here on everything works"))
}

/**
 * Lives through the history of a seed. Faults come first, until the queue has drained. Then an
 * operator redrives and asks for the missing reports, and everything must add up. After 90
 * days everything must have expired.
 */
export const simulate = (deployment: Deployment, seed: number, isTold = false): Outcome => {
  const world = new World(deployment, historyOf(seed), isTold)
  const queues = new Queues(world)
  const store = new FaultyStore(world)
  const reporter = new Reporter(world, store, () => queues.deadLetters.length)
  const edge = new Edge(world, queues)
  if (world.history.delivery === "trigger") new Pollers(world, queues, store)
  else new Drains({ world, queues, store })
  enter({ edge, queues, reporter, world })
  world.agenda.run()
  queues.redriveEvents()
  world.agenda.run()
  for (const weekId of reporter.weeks) reporter.finish(weekId)
  world.agenda.run()
  checkEdge(world, edge)
  checkConservation(world, queues)
  checkStore(world, queues, store)
  checkReports(world, reporter)
  enterExpiry(world, store, reporter)
  world.agenda.run()
  const { agenda, chronicle, coverage } = world
  // a native promise of an adapter has this effect too, because it settles outside of virtual time
  if (agenda.isEndless) chronicle.violate("a history comes to an end", "too many actions")
  return { seed, violations: chronicle.violations, trace: chronicle.lines, coverage }
}

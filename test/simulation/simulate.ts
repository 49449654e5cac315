import type { Violation } from "./Chronicle.ts"
import type { Coverage } from "./Coverage.ts"
import type { Deployment } from "./Deployment.ts"
import { FaultyStore } from "./FaultyStore.ts"
import { historyOf } from "./History.ts"
import { checkConservation, checkStore } from "./invariants/conservation.ts"
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

/** A clock is set while no run relies on it; small steps would be inside the lease's reserve. */
const stepClock = (world: World, reporter: Reporter, error: number): void => {
  if (reporter.isRunning && !world.isCalm) {
    world.agenda.after(10_000, () => stepClock(world, reporter, error))
    return
  }
  world.chronicle.tell(`the functions' clock is now wrong by ${error / 60_000} minutes`)
  world.clockError = error
}

const enter = (world: World, queues: Queues, reporter: Reporter): void => {
  const { agenda, history } = world
  for (const sending of history.sendings) agenda.at(sending.at, () => queues.send(sending))
  for (const { at, how } of history.redrives) agenda.at(at, () => queues.redrive(how))
  for (const at of history.fires) agenda.at(at, () => reporter.fire())
  for (const { at, error } of history.clockSteps) {
    agenda.at(at, () => stepClock(world, reporter, error))
  }
  agenda.at(history.calmAt, () => {
    world.chronicle.tell("from here on nothing goes wrong")
    world.clockError = 0
  })
}

const check = (world: World, queues: Queues, reporter: Reporter): void => {
  checkConservation(world, queues)
  checkStore(world, queues)
  checkReports(world, reporter)
}

/**
 * Lives through the history of a seed: first with its faults until the queue has drained, then an
 * operator redrives and asks for the reports that are not out; then everything must add up.
 */
export const simulate = (deployment: Deployment, seed: number, isTold = false): Outcome => {
  const world = new World(deployment, historyOf(seed), isTold)
  const queues = new Queues(world)
  const store = new FaultyStore(world)
  const reporter = new Reporter(world, store)
  new Pollers(world, queues, store)
  enter(world, queues, reporter)
  world.agenda.run()
  queues.redriveEvents()
  world.agenda.run()
  for (const weekId of reporter.weeks) reporter.finish(weekId)
  world.agenda.run()
  check(world, queues, reporter)
  const { chronicle, coverage } = world
  return { seed, violations: chronicle.violations, trace: chronicle.lines, coverage }
}

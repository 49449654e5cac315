/**
 * `npm run check:cloud` meets an engine of other people: moto, AWS's services in Python. It makes
 * everything that Terraform and SAM define, and runs the built functions and the operator's
 * commands. The product's own commands deploy, examine and take down a second account.
 */
import * as Console from "effect/Console"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { failWith, inOneLine, runCommandLine } from "../../cli/runCommandLine.ts"
import { buildBundles } from "../../infra/bundles.ts"
import { version } from "../../src/runtime/version.ts"
import { startCloud } from "./Cloud.ts"
import { tellChapters } from "./chapters.ts"
import { contracts } from "./contracts.ts"
import { delivery } from "./delivery.ts"
import { functions } from "./functions.ts"
import { infrastructure, removal } from "./infrastructure.ts"
import * as Moto from "./Moto.ts"
import { operations } from "./operations.ts"
import { deployment } from "./product/deployment.ts"
import { destruction } from "./product/destruction.ts"
import { draining } from "./product/draining.ts"
import { examination } from "./product/examination.ts"
import { startProduct } from "./product/Product.ts"

/** Each goes on from what the one before has left in the account. */
const chapters = { infrastructure, functions, delivery, operations, removal }
const productChapters = { deployment, examination, draining, destruction }

const tellAll = Effect.flatMap(startCloud, (cloud) => tellChapters(chapters, cloud))
const tellProduct = Effect.flatMap(startProduct, (product) =>
  tellChapters(productChapters, product)
)

const checkAll = Effect.gen(function* () {
  const [ofContracts, ofSystem, ofProduct] = yield* Effect.all([contracts, tellAll, tellProduct], {
    concurrency: 3
  })
  yield* Console.log("\ncontracts")
  yield* Console.log(ofContracts.text)
  const ofCloud = [...ofSystem, ...ofProduct]
  const failed = ofCloud.filter(({ fault }) => fault !== undefined).length + ofContracts.failed
  return { failed, passed: ofCloud.length + ofContracts.passed + ofContracts.failed - failed }
})

const notRun = Effect.gen(function* () {
  yield* Console.log("not run: moto is not here (pip install 'moto[server]' aws-sam-translator)")
  const skipped = Object.keys({ ...chapters, ...productChapters, contracts }).length
  yield* Console.log(`0 passed, 0 failed, ${skipped} skipped`)
})

const command = Command.make(
  "check:cloud",
  {},
  Effect.fn("check:cloud")(
    function* () {
      const found = yield* Moto.version
      if (found === undefined) return yield* notRun
      yield* Console.log(`moto ${found}`)
      yield* Effect.promise(buildBundles)
      const { failed, passed } = yield* checkAll
      yield* Console.log(`\n${passed} passed, ${failed} failed`)
      if (failed > 0) return yield* failWith(`${failed} claims do not hold`)
    },
    Effect.scoped,
    inOneLine
  )
)

runCommandLine(command, version)

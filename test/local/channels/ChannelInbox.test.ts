/** The adapter of the reporter, against the channels of the local system. */
import { readdirSync, readFileSync, statSync } from "node:fs"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as ChannelInbox from "../../../local/channels/ChannelInbox.ts"
import * as ChannelsHttp from "../../../src/layers/ChannelsHttp.ts"
import { addressesOf, channelSettings } from "../../../src/programs/reporter/channelSettings.ts"
import * as Settings from "../../../src/runtime/Settings.ts"
import { Channels } from "../../../src/services/Channels.ts"
import { temporaryFolder } from "../../e2e/temporaryFolder.ts"
import { notice } from "../../layers/channels/NoticeExamples.ts"

layer(NodeServices.layer, { excludeTestServices: true })("The local channels", (it) => {
  it.effect("keep what each channel would get, in files of their owner alone", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      const told: Array<string> = []
      const onMessage = (channel: string) => Effect.sync(() => void told.push(channel))
      const variables = yield* ChannelInbox.serve({ folder, onMessage })
      const env = yield* Settings.read(channelSettings).pipe(
        Effect.provideService(
          ConfigProvider.ConfigProvider,
          ConfigProvider.fromEnvRecord(variables)
        )
      )
      const channels = yield* Channels.pipe(Effect.provide(ChannelsHttp.layer(addressesOf(env))))
      for (const channel of channels) yield* channel.post(notice)
      assert.deepStrictEqual(told, ["slack", "discord", "webhook"])
      const files = readdirSync(folder)
      assert.lengthOf(files, 3)
      for (const { name } of channels) {
        const file = `${folder}/${files.find((each) => each.startsWith(name))}`
        const message = JSON.parse(readFileSync(file, "utf8"))
        assert.deepStrictEqual(message, ChannelsHttp.messageOf(name, notice))
        assert.strictEqual(statSync(file).mode & 0o777, 0o600)
      }
    })
  )
})

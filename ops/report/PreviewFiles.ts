import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import { rejectedAs } from "../../cli/FileRejected.ts"
import { encodeMime } from "../../src/layers/ses/MimeMessage.ts"
import type { EmailMessage } from "../../src/schema/EmailMessage.ts"

/** An e-mail as three files that only their owner reads, for they may hold what visitors wrote. */
export const writePreview = Effect.fnUntraced(
  function* (folder: string, message: EmailMessage) {
    const [files, path] = [yield* FileSystem.FileSystem, yield* Path.Path]
    yield* files.makeDirectory(folder, { recursive: true })
    const write = (type: string, content: Uint8Array) => {
      const file = path.join(folder, `report.${type}`)
      // a file that stays would keep the mode that it has
      return files
        .remove(file, { force: true })
        .pipe(Effect.andThen(files.writeFile(file, content, { mode: 0o600 })), Effect.as(file))
    }
    const utf8 = new TextEncoder()
    return {
      html: yield* write("html", utf8.encode(message.html)),
      txt: yield* write("txt", utf8.encode(message.text)),
      eml: yield* write("eml", yield* encodeMime(message))
    }
  },
  (effect, folder) => Effect.mapError(effect, rejectedAs(folder, "cannot be written"))
)

import { readAnthropic } from "../../../src/schema/chat/answers/anthropic.ts"
import { readOpenAiChat } from "../../../src/schema/chat/answers/openAiChat.ts"
import { readOpenAiResponses } from "../../../src/schema/chat/answers/openAiResponses.ts"
import { readPlainFields } from "../../../src/schema/chat/answers/plainFields.ts"
import { readWorkersAi } from "../../../src/schema/chat/answers/workersAi.ts"
import { messageReader } from "../../../src/schema/chat/messageReader.ts"

/** The page must stay small, so it knows the formats that its own Worker may pass on. */
export const readPageMessage = messageReader([
  readOpenAiChat,
  readOpenAiResponses,
  readAnthropic,
  readWorkersAi,
  readPlainFields
])

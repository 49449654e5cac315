import { readAnthropic } from "../../../schema/chat/answers/anthropic.ts"
import { readOpenAiChat } from "../../../schema/chat/answers/openAiChat.ts"
import { readOpenAiResponses } from "../../../schema/chat/answers/openAiResponses.ts"
import { readPlainFields } from "../../../schema/chat/answers/plainFields.ts"
import { readWorkersAi } from "../../../schema/chat/answers/workersAi.ts"
import { messageReader } from "../../../schema/chat/messageReader.ts"

/** The page must stay small, so it knows the formats that its own Worker may pass on. */
export const readPageMessage = messageReader([
  readOpenAiChat,
  readOpenAiResponses,
  readAnthropic,
  readWorkersAi,
  readPlainFields
])

/** Every format that we know; each has a file in `answers/`. */
import { readA2a } from "./answers/a2a.ts"
import { readAgUi } from "./answers/agUi.ts"
import { readAiSdkUiStream } from "./answers/aiSdkUiStream.ts"
import { readAnthropic } from "./answers/anthropic.ts"
import { readBedrock } from "./answers/bedrock.ts"
import { readCohere } from "./answers/cohere.ts"
import { readDify } from "./answers/dify.ts"
import { readFlowise } from "./answers/flowise.ts"
import { readGemini, readGeminiList } from "./answers/gemini.ts"
import { readHuggingFace } from "./answers/huggingFace.ts"
import { readLangChain, readLangGraphList } from "./answers/langChain.ts"
import { readMessageList } from "./answers/messageLists.ts"
import { readN8n } from "./answers/n8n.ts"
import { readOllama } from "./answers/ollama.ts"
import { readOpenAiAssistants } from "./answers/openAiAssistants.ts"
import { readOpenAiChat } from "./answers/openAiChat.ts"
import { readOpenAiResponses } from "./answers/openAiResponses.ts"
import { readPlainFields } from "./answers/plainFields.ts"
import { readWorkersAi } from "./answers/workersAi.ts"
import type { ReadMessage } from "./ChatPart.ts"
import { messageReader } from "./messageReader.ts"

/** Accepts any JSON, and never throws. */
export const readChatMessage: ReadMessage = messageReader(
  [
    readOpenAiChat,
    readOpenAiResponses,
    readOpenAiAssistants,
    readAnthropic,
    readGemini,
    readAiSdkUiStream,
    readOllama,
    readDify,
    readFlowise,
    readCohere,
    readN8n,
    readAgUi,
    readBedrock,
    readA2a,
    readHuggingFace,
    readWorkersAi,
    readLangChain,
    readPlainFields
  ],
  [readGeminiList, readLangGraphList, readMessageList]
)

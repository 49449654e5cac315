import { type Asked, answerTo } from "./said.ts"

export const notFound = "I could not find that in our documents."

const chatId = "5f0b0d8e-1b0e-4c2a-8a57-3d0c4f6b7a10"

/** Flowise's prediction; the flow has one document, which is about opening hours. */
export const prediction = ({ question = "" }: Asked): object => {
  const isFound = /open/i.test(question)
  const source = { pageContent: "We open at nine.", metadata: { source: "opening-hours.md" } }
  return {
    text: isFound ? answerTo(question) : notFound,
    question,
    chatId,
    chatMessageId: "0e4d7f83-6a5c-4b19-9d2e-7c1f8b3a5d64",
    isStreamValid: false,
    sessionId: chatId,
    memoryType: "Buffer Memory",
    sourceDocuments: isFound ? [source] : []
  }
}

/** A chatbot that existed before, and costs next to nothing. */
export default {
  fetch: async (request: Request): Promise<Response> => {
    const { query } = (await request.json()) as { readonly query: string }
    return Response.json({ answer: `You asked: ${query}` })
  }
}

/** An existing chatbot that does almost no work. */
export default {
  fetch: async (request: Request): Promise<Response> => {
    const { query } = (await request.json()) as { readonly query: string }
    return Response.json({ answer: `You asked: ${query}` })
  }
}

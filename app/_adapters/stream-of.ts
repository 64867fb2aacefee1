/**
 * A body that asks for the next part only when the reader takes it. An error on the way breaks the connection, so that the
 * browser calls the download failed; a reader who leaves ends the making.
 */
export function streamOf(content: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const parts = content[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        console.error(error);
        controller.error(error);
      }
    },
    async cancel() {
      await parts.return?.();
    },
  });
}

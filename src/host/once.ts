/** Does something at the first call and gives the same to all that follow; what failed is done anew at the next. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return async () => {
    done ??= work();
    const mine = done;
    try {
      return await mine;
    } catch (error) {
      if (done === mine) done = undefined;
      throw error;
    }
  };
}

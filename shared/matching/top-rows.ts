// The best k of many, without sorting the many: a heap of the worst on top, in typed arrays.

/**
 * Places of the `k` largest keys, largest first; of equal keys the one that `before` puts first.
 * @param before whether place a stands before place b where their keys are equal: a total order
 */
export function topPlaces(keys: Float64Array, k: number, before: (a: number, b: number) => boolean): number[] {
  const better = (a: number, b: number): boolean => keys[a]! > keys[b]! || (keys[a]! === keys[b]! && before(a, b));
  const size = Math.min(k, keys.length);
  const heap = new Uint32Array(size);
  const sift = (from: number, place: number, length: number): void => {
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && better(heap[child]!, heap[child + 1]!)) child++;
      if (better(heap[child]!, place)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = place;
  };
  for (let i = 0; i < size; i++) heap[i] = i;
  for (let i = (size >> 1) - 1; i >= 0; i--) sift(i, heap[i]!, size);
  for (let i = size; i < keys.length; i++) if (better(i, heap[0]!)) sift(0, i, size);

  const places: number[] = new Array<number>(size);
  for (let length = size; length > 0; length--) {
    places[length - 1] = heap[0]!;
    sift(0, heap[length - 1]!, length - 1);
  }
  return places;
}

/**
 * The straight line through measurements: what grows without end shows in its slope.
 *
 * Errors  None.
 * Source  The method of least squares.
 *
 * @module
 */

export interface Point {
  readonly x: number
  readonly y: number
}

/** Units of y for each unit of x; 0 for fewer than two points. */
export function slopeOf(points: readonly Point[]): number {
  const mean = (pick: (point: Point) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const [midX, midY] = [mean(({ x }) => x), mean(({ y }) => y)]
  const covariance = points.reduce((sum, { x, y }) => sum + (x - midX) * (y - midY), 0)
  const variance = points.reduce((sum, { x }) => sum + (x - midX) ** 2, 0)
  return variance === 0 || points.length === 0 ? 0 : covariance / variance
}

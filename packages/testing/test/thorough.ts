/** Whether searches send everything, as `npm run thorough` has it; else what takes a seventh of the time. */
export const thorough = process.env['IAMKIT_THOROUGH'] !== undefined

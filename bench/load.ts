import autocannon from 'autocannon';

/** Requests a second of 32 connections over `seconds`, cycling through the requests. Throws when an answer is no success: a fast error is no figure. */
export async function requestsPerSecond(
  url: string,
  requests: readonly { path: string; headers?: Record<string, string> }[],
  seconds: number,
): Promise<number> {
  const result = await autocannon({
    url,
    connections: 32,
    duration: seconds,
    requests: requests.map(({ path, headers = {} }) => ({ method: 'GET' as const, path, headers })),
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers of ${url} were no success, ${result.errors} failed`);
  return result.requests.average;
}

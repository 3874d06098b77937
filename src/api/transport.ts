/** The verbs the three services use. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One request as it goes over the wire. */
export interface TransportRequest {
  readonly method: HttpMethod;
  /** `https://host[:port]`, without a path. */
  readonly origin: string;
  /** Exact path and query: these bytes are signed, so nothing between here and the wire may change them. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the call to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Largest body that is read, after decompression. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

/** An answer with its whole body. Redirects are answers like any other: nobody follows them here. */
export interface TransportResponse {
  readonly status: number;
  /** A header's value; the name in any case. */
  header(name: string): string | undefined;
  readonly text: string;
}

/** The one way out of this process to a cloud. */
export interface Transport {
  /**
   * @throws CloudError `network`, `timeout`, or `unexpectedResponse` (`tooLarge`), each with `mayHaveArrived`
   * @throws CancelledError when the signal ended it
   */
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

// One file on its way to the server. XMLHttpRequest, because fetch does not tell how much has been sent.

export interface UploadOptions {
  signal: AbortSignal;
  /** Bytes sent so far. */
  onProgress(bytes: number): void;
}

/** Rejects with the server's own sentence where it refused the file. */
export function uploadFile(url: string, file: File, { signal, onProgress }: UploadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error(sayRefusal(request))));
    request.onerror = () => reject(new Error(request.statusText || 'The server could not be reached.'));
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.open('POST', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function sayRefusal({ responseText, statusText }: XMLHttpRequest): string {
  try {
    return (JSON.parse(responseText) as { problem?: { say?: string } }).problem?.say ?? statusText;
  } catch {
    return statusText;
  }
}

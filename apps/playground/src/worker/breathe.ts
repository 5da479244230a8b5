/** Lets the messages in that wait. A message channel, since timers wait for 4 ms in browsers when they follow each other. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(undefined);
  });
}

const channel = new MessageChannel();

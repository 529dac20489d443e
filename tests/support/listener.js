// What a page of the app and its server say to each other, for tests that wait until all is answered.
// A question is a BackMsg with a rerun_script; the answer begins with a ForwardMsg that has a new_session
// and ends with one that has a script_finished, unless that says that the script begins again.
(() => {
  const RERUN = 11, BEGINS = 4, ENDS = 6, AGAIN = 2; // numbers of fields, and a status
  const Plain = window.WebSocket;
  const letters = new TextDecoder("latin1");
  const talk = (window.talk = {
    asked: 0,
    last: "", // question, as letters
    open: false,
    waiting: true,
    begun: false,
    crossed: false, // asked while another question waited: whose answer is it?
    heard: 0,
    // An answer is drawn an instant after it was heard; of crossed questions the first may be heard alone.
    atRest: () =>
      talk.open && talk.asked > 0 && !talk.waiting && performance.now() - talk.heard > (talk.crossed ? 1000 : 100),
    said: (bytes) => talk.last.includes(letters.decode(new Uint8Array(bytes))),
  });

  // [number, value] of each field of a message: the value of a number, null of anything longer.
  function* fields(bytes) {
    let at = 0;
    const number = () => {
      let value = 0, power = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * power;
        power *= 128;
      } while (byte & 128);
      return value;
    };
    while (at < bytes.length) {
      const tag = number(), kind = tag & 7;
      if (kind === 0) yield [tag >> 3, number()];
      else {
        const size = kind === 2 ? number() : kind === 1 ? 8 : 4;
        at += size;
        yield [tag >> 3, null];
      }
    }
  }

  const ask = (bytes) => {
    if (![...fields(bytes)].some(([name]) => name === RERUN)) return;
    talk.crossed = talk.asked > 0 && talk.waiting;
    talk.waiting = true;
    talk.begun = false;
    talk.last = letters.decode(bytes);
    talk.asked++;
  };
  const hear = (bytes) => {
    talk.heard = performance.now();
    for (const [name, value] of fields(bytes)) {
      if (name === BEGINS) talk.begun = true;
      if (name === ENDS && value !== AGAIN && talk.begun) talk.waiting = false;
    }
  };
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("open", () => (talk.open = true));
      this.addEventListener("close", () => Object.assign(talk, { open: false, waiting: false }));
      this.addEventListener("message", ({ data }) => {
        if (data instanceof ArrayBuffer) hear(new Uint8Array(data));
      });
    }
    send(data) {
      if (typeof data !== "string") ask(new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength));
      super.send(data);
    }
  };
})();

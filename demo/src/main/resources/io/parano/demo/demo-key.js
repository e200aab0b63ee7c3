// Demo only. Stands in for navigator.credentials with the software keys of the demo, so that a
// newcomer can sign in with a browser that has no security key plugged in. The real product
// serves no such script.
(() => {
  "use strict";

  const french = (document.documentElement.lang || navigator.language || "").startsWith("fr");
  const say = french
    ? {
        title: "Touchez une clé",
        note: "Clés logicielles de la démo : elles remplacent ici les clés matérielles.",
        fits: "connue pour ce nom",
        other: "d’une autre personne, ou neuve",
        fresh: "nouvelle clé à enregistrer",
        wrong: "saisir un mauvais code PIN",
        leave: "Ne rien toucher",
        of: "Clé de ",
      }
    : {
        title: "Touch a key",
        note: "Software keys of the demo: here they stand in for hardware.",
        fits: "known for this name",
        other: "somebody else’s, or new",
        fresh: "a new key to enrol",
        wrong: "enter a wrong PIN",
        leave: "Touch nothing",
        of: "Key of ",
      };

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/.demo/demo-key.css";
  document.head.append(style);

  const text = (buffer) => {
    const view = buffer instanceof ArrayBuffer
      ? new Uint8Array(buffer)
      : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    let binary = "";
    for (const byte of view) binary += String.fromCharCode(byte);
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const bytes = (encoded) =>
    Uint8Array.from(atob(encoded.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))
      .buffer;

  // What travels: the options with every buffer as base64url.
  const plain = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return text(value);
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
    }
    return value;
  };

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const picture = (hue, blinks) => {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    svg.setAttribute("viewBox", "0 0 52 26");
    svg.setAttribute("aria-hidden", "true");
    const part = (name, attributes) => {
      const made = document.createElementNS(ns, name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      svg.append(made);
    };
    part("rect", { x: 1, y: 3, width: 36, height: 20, rx: 6, fill: `hsl(${hue} 45% 42%)` });
    part("rect", { x: 37, y: 7, width: 14, height: 12, rx: 1.5, fill: "#b9bfc7" });
    part("rect", { x: 41, y: 9.5, width: 8, height: 2.4, fill: "#8a929c" });
    part("rect", { x: 41, y: 14, width: 8, height: 2.4, fill: "#8a929c" });
    part("circle", {
      cx: 19, cy: 13, r: 6, fill: "#f3d98b", class: blinks ? "demo-key-disc" : "",
    });
    return svg;
  };

  const hue = (name) => {
    let sum = 0;
    for (const c of name) sum = (sum * 31 + c.charCodeAt(0)) % 360;
    return sum;
  };

  // Resolves with {key, hand}, or null when nothing is touched.
  const choose = (keys, fits, registering, signal) =>
    new Promise((resolve) => {
      const dialog = element("dialog", { class: "demo-key", "aria-labelledby": "demo-key-title" });
      const wrong = element("input", { type: "checkbox", id: "demo-key-pin" });
      const finish = (chosen) => {
        dialog.close();
        dialog.remove();
        resolve(chosen);
      };
      const list = element("ul", {});
      const sorted = [...keys].sort((a, b) => fits(b) - fits(a));
      for (const key of sorted) {
        const known = fits(key);
        const note = registering ? say.fresh : known ? say.fits : say.other;
        const touch = element(
          "button",
          { type: "button", class: "demo-key-touch", "data-key": key.id },
          picture(hue(key.id), known),
          element("span", {}, say.of + key.holder, element("small", {}, note)),
        );
        touch.addEventListener("click", () =>
          finish({ key, hand: wrong.checked ? "ENTERS_WRONG_PIN" : "TOUCHES" }));
        list.append(element("li", known ? { class: "demo-key-fits" } : {}, touch));
      }
      const leave = element("button", { type: "button" }, say.leave);
      leave.addEventListener("click", () => finish(null));
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        finish(null);
      });
      signal?.addEventListener("abort", () => finish(null));
      dialog.append(
        element("div", { class: "demo-key-head" },
          element("h2", { id: "demo-key-title" }, say.title),
          element("p", {}, say.note)),
        list,
        element("footer", {},
          element("label", { for: "demo-key-pin" }, wrong, say.wrong),
          leave),
      );
      document.body.append(dialog);
      dialog.showModal();
      list.querySelector("button")?.focus();
    });

  const refuse = (name) => {
    throw new DOMException("The operation either timed out or was not allowed.", name);
  };

  const ask = async (ceremony, publicKey, registering, signal) => {
    const options = plain(publicKey);
    const keys = await (await fetch("/.demo/keys")).json();
    const wanted = (options.allowCredentials ?? []).map((credential) => credential.id);
    const fits = registering
      ? (key) => key.credentials.length === 0
      : (key) => key.credentials.some((id) => wanted.includes(id));
    const chosen = await choose(keys, fits, registering, signal);
    if (!chosen) refuse("NotAllowedError");
    const answer = await fetch(`/.demo/keys/${chosen.key.id}/${ceremony}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ options, hand: chosen.hand }),
    });
    const json = await answer.json();
    if (json.error) refuse(json.error);
    return credential(json);
  };

  const credential = (json) => {
    const response = {};
    for (const [name, value] of Object.entries(json.response)) {
      response[name] = name === "transports" ? value : bytes(value);
    }
    response.getTransports = () => json.response.transports ?? ["usb"];
    response.userHandle ??= null;
    return {
      id: json.id,
      rawId: bytes(json.rawId),
      type: json.type,
      authenticatorAttachment: json.authenticatorAttachment,
      response,
      getClientExtensionResults: () => ({}),
      toJSON: () => json,
    };
  };

  const standIn = {
    create: ({ publicKey, signal }) => {
      const options = { ...publicKey };
      options.rp = { id: location.hostname, ...publicKey.rp };
      return ask("create", options, true, signal);
    },
    get: ({ publicKey, signal }) =>
      ask("get", { rpId: location.hostname, ...publicKey }, false, signal),
    preventSilentAccess: async () => {},
    store: async () => refuse("NotSupportedError"),
  };
  Object.defineProperty(navigator, "credentials", { value: standIn, configurable: true });
})();

// Passkeys: the talk between the browser's own dialogue and the program. What it
// works on is hidden until the browser shows that it can:
//
//   <section data-passkey="get|create" data-begin="…" data-finish="…" data-failed="…" hidden>
//     <button type="button">…</button> <p role="status"></p>
//   </section>
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const post = async (address, body) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error);
    return said;
  };

  // The bytes of the options travel as base64url.
  const decoded = (options) => {
    const out = { ...options, challenge: bytes(options.challenge) };
    if (options.user) out.user = { ...options.user, id: bytes(options.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (options[list]) out[list] = options[list].map((c) => ({ ...c, id: bytes(c.id) }));
    }
    return out;
  };

  const encoded = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  };

  const ceremony = async (box) => {
    const { publicKey } = await post(box.dataset.begin, {});
    const credential = await navigator.credentials[box.dataset.passkey]({ publicKey: decoded(publicKey) });
    const { to } = await post(box.dataset.finish, encoded(credential));
    location.assign(to);
  };

  for (const box of document.querySelectorAll("[data-passkey]")) {
    const button = box.querySelector("button");
    const status = box.querySelector("[role=status]");
    box.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      status.textContent = "";
      try {
        await ceremony(box);
      } catch (error) {
        // The browser's own errors are in its language and mean nothing to a person.
        status.textContent = error instanceof DOMException || !error.message ? box.dataset.failed : error.message;
        button.disabled = false;
        button.focus();
      }
    });
  }
})();

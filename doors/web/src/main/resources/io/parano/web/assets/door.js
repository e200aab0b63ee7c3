// The pages' one script: it carries bytes between the browser's WebAuthn and the door's JSON calls,
// and shows one part of a page after the other. It decides nothing, and holds no text: what it says
// comes from the page or from the answers, in the reader's language.

const main = document.querySelector("main");
const words = main.dataset;

/** What the door, or the browser, has to say to the person in front of it. */
class Told extends Error {
  constructor(text, code, status) {
    super(text);
    this.code = code;
    this.status = status;
  }
}

// Bytes travel as base64url without padding (RFC 4648 section 5).

const bytes = text =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));

const base64url = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function call(path, body = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
    });
  } catch {
    throw new Told(words.offline);
  }
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Told(json.title ?? words.offline, json.code, answer.status);
  }
  return json;
}

// WebAuthn Level 3 sections 5.1.3 and 5.1.4: security keys only, with user verification.

function browserTold(error) {
  const by = { NotAllowedError: words.notTouched, InvalidStateError: words.registered };
  return new Told(by[error.name] ?? words.wrongKey);
}

async function touch(options) {
  if (!navigator.credentials?.get) {
    throw new Told(words.noWebauthn);
  }
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(options.challenge),
      rpId: options.rpId,
      allowCredentials: options.allowed.map(id => ({ type: "public-key", id: bytes(id) })),
      userVerification: "required",
      timeout: options.timeout,
      hints: ["security-key"],
    },
  }).catch(error => { throw browserTold(error); });
  const response = credential.response;
  return {
    id: base64url(credential.rawId),
    authenticatorData: base64url(response.authenticatorData),
    clientData: base64url(response.clientDataJSON),
    signature: base64url(response.signature),
    userHandle: response.userHandle?.byteLength ? base64url(response.userHandle) : null,
  };
}

async function register(options) {
  if (!navigator.credentials?.create) {
    throw new Told(words.noWebauthn);
  }
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(options.challenge),
      rp: { id: options.rpId, name: options.rpName },
      user: { id: bytes(options.userHandle), name: options.name, displayName: options.displayName },
      pubKeyCredParams: options.algorithms.map(alg => ({ type: "public-key", alg })),
      excludeCredentials: options.exclude.map(id => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: {
        authenticatorAttachment: "cross-platform",
        residentKey: "discouraged",
        userVerification: "required",
      },
      attestation: "direct",
      timeout: options.timeout,
      hints: ["security-key"],
    },
  }).catch(error => { throw browserTold(error); });
  return {
    id: base64url(credential.rawId),
    clientData: base64url(credential.response.clientDataJSON),
    attestationObject: base64url(credential.response.attestationObject),
  };
}

// The page

const notice = document.querySelector("[data-notice]");

function say(text, wrong = false) {
  notice.textContent = text ?? "";
  notice.classList.toggle("wrong", wrong);
}

/** Shows one part, hides the others, and moves the reader there. */
function show(name) {
  for (const part of main.querySelectorAll("[data-part]")) {
    part.hidden = part.dataset.part !== name;
    if (!part.hidden) {
      (part.querySelector("[data-focus]") ?? part).focus();
    }
  }
}

/** Which rung of the ladder is being climbed: 1, 2, 3, or 4 for all done. */
function rung(number) {
  main.querySelectorAll(".ladder li").forEach((item, index) => {
    item.classList.toggle("done", index + 1 < number);
    item.classList.toggle("current", index + 1 === number);
    if (index + 1 === number) {
      item.setAttribute("aria-current", "step");
    } else {
      item.removeAttribute("aria-current");
    }
  });
}

/** Runs a step with its button out of reach; whatever it has to tell is shown. */
async function step(button, work) {
  if (button?.disabled) {
    return;
  }
  if (button) {
    button.disabled = true;
  }
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Told)) {
      throw error;
    }
    say(error.message, true);
    return error;
  } finally {
    if (button) {
      button.disabled = false;
    }
  }
}

function on(selector, event, handler) {
  for (const element of main.querySelectorAll(selector)) {
    element.addEventListener(event, happening => {
      happening.preventDefault();
      handler(element, happening);
    });
  }
}

function field(form, name) {
  return form.elements.namedItem(name);
}

const waiting = yes => main.classList.toggle("waiting", yes);

async function touched(options) {
  waiting(true);
  try {
    return await touch(options);
  } finally {
    waiting(false);
  }
}

/** Goes where the person was headed, with a fresh code where that is an application. */
async function onward() {
  const { location } = await call("/api/host-code", { rd: words.rd });
  window.location.replace(location);
}

/** With a session already there, nobody has to do anything; but an application that does not keep
 *  its cookie sends people back at once, and that must not go on for ever. */
async function resume() {
  const now = Date.now();
  const recent = JSON.parse(sessionStorage.getItem("onward") ?? "[]").filter(at => now - at < 20000);
  if (recent.length > 2) {
    sessionStorage.removeItem("onward");
    say(words.cookies, true);
    return;
  }
  try {
    const { location } = await call("/api/host-code", { rd: words.rd });
    sessionStorage.setItem("onward", JSON.stringify([...recent, now]));
    window.location.replace(location);
  } catch {
    // Nobody is signed in: the form is there.
  }
}

/** Onto the clipboard; where the browser has none for us, it is marked for the person to copy. */
async function copy(button) {
  const text = button.parentElement.querySelector("pre");
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = button.dataset.copied;
  } catch {
    window.getSelection().selectAllChildren(text);
  }
}

const flows = {
  "sign-in"() {
    let ceremony;
    let options;
    let shown; // The ceremony in which a one-time password went instead of the touch.
    const nameForm = main.querySelector("form[data-part=name]");
    const passwordForm = main.querySelector("form[data-part=password]");

    const again = () => {
      say("");
      rung(1);
      show("name");
    };

    const touchKey = async () => {
      say("");
      const begun = ceremony;
      let assertion;
      try {
        assertion = await touched(options);
      } catch (error) {
        if (shown === begun) {
          return;
        }
        throw error;
      }
      await call("/api/sign-in/touch", { ceremony, assertion });
      rung(3);
      show("password");
      say(words.touchDone);
    };

    const tell = error => {
      if (error?.code && error.code !== "password-wrong") {
        again();
        say(error.message, true);
      }
    };

    on("form[data-part=name]", "submit", async form => {
      const name = field(form, "name").value.trim().toLowerCase();
      tell(await step(form.querySelector("button[type=submit]"), async () => {
        options = await call("/api/sign-in/begin", { name });
        ceremony = options.ceremony;
        field(passwordForm, "username").value = name;
        rung(2);
        show("touch");
        await touchKey();
      }));
    });
    on("[data-do=touch]", "click", async button => tell(await step(button, touchKey)));
    on("form[data-do=otp]", "submit", async form => {
      const otp = field(form, "otp");
      tell(await step(form.querySelector("button[type=submit]"), async () => {
        say("");
        const typed = otp.value;
        otp.value = "";
        await call("/api/sign-in/otp", { ceremony, otp: typed });
        shown = ceremony;
        rung(3);
        show("password");
        say(words.touchDone);
      }));
    });
    on("[data-do=again]", "click", again);
    on("form[data-part=password]", "submit", async form => {
      const password = field(form, "password");
      const error = await step(form.querySelector("button[type=submit]"), async () => {
        await call("/api/sign-in/password", { ceremony, password: password.value });
        password.value = "";
        rung(4);
        say(words.signInDone);
        await onward();
      });
      if (error?.code === "password-wrong") {
        password.setAttribute("aria-invalid", "true");
        password.select();
        password.focus();
      }
      tell(error);
    });
    nameForm.querySelector("input").focus();
    resume();
  },

  "step-up"() {
    on("[data-do=touch]", "click", button => step(button, async () => {
      say("");
      try {
        const options = await call("/api/step-up/begin");
        const assertion = await touched(options);
        await call("/api/step-up/finish", { ceremony: options.ceremony, assertion });
      } catch (error) {
        if (error.status === 401) {
          window.location.replace("/sign-in?rd=" + encodeURIComponent(words.rd));
          return;
        }
        throw error;
      }
      say(words.touchDone);
      await onward();
    }));
  },

  enrol() {
    let options;
    let registration;
    const passwordForm = main.querySelector("form[data-part=password]");

    const again = error => {
      rung(1);
      show("code");
      say(error.message, true);
    };

    const registerKey = async () => {
      say("");
      waiting(true);
      try {
        registration = await register(options);
      } finally {
        waiting(false);
      }
      for (const part of passwordForm.querySelectorAll("[data-when]")) {
        part.hidden = part.dataset.when !== (options.setsPassword ? "new" : "present");
      }
      field(passwordForm, "password").autocomplete =
        options.setsPassword ? "new-password" : "current-password";
      if (!options.setsPassword) {
        field(passwordForm, "password").removeAttribute("aria-describedby");
      }
      rung(3);
      show("password");
    };

    on("form[data-part=code]", "submit", async form => {
      const name = field(form, "name").value.trim().toLowerCase();
      await step(form.querySelector("button[type=submit]"), async () => {
        options = await call("/api/enrol/begin", { name, code: field(form, "code").value.trim() });
        field(passwordForm, "username").value = name;
        rung(2);
        show("touch");
        await registerKey();
      });
    });
    on("[data-do=touch]", "click", button => step(button, registerKey));
    on("[data-do=again]", "click", () => again(new Told("")));
    on("form[data-part=password]", "submit", async form => {
      const password = field(form, "password");
      const error = await step(form.querySelector("button[type=submit]"), async () => {
        const { model } = await call("/api/enrol/finish", {
          ceremony: options.ceremony,
          registration,
          password: password.value,
          label: field(form, "label").value,
        });
        password.value = "";
        say("");
        rung(4);
        main.querySelector("[data-model]").textContent =
          main.querySelector("[data-model]").dataset.model.replace("{0}", model);
        show("done");
      });
      if (error?.code?.startsWith("password-")) {
        password.setAttribute("aria-invalid", "true");
        password.focus();
      } else if (error?.code) {
        again(error);
      }
    });
    main.querySelector("form[data-part=code] input").focus();
  },

  glass() {
    on("form[data-part=glass]", "submit", async form => {
      await step(form.querySelector("button[type=submit]"), async () => {
        say("");
        const of = Object.fromEntries(new FormData(form));
        const { code, otherCode } = await call("/api/break-glass", of);
        form.reset();
        main.querySelector("[data-first]").textContent = of.name;
        main.querySelector("[data-second]").textContent = of.otherName;
        main.querySelector("[data-code]").textContent = code;
        main.querySelector("[data-other-code]").textContent = otherCode;
        rung(4);
        show("done");
      });
    });
    main.querySelector("form[data-part=glass] input").focus();
  },

  vpn() {
    let ceremony;
    let options;
    const nameForm = main.querySelector("form[data-part=name]");
    const passwordForm = main.querySelector("form[data-part=password]");

    const again = () => {
      say("");
      rung(1);
      show("name");
    };

    const touchKey = async () => {
      say("");
      const assertion = await touched(options);
      await call("/api/vpn/touch", { ceremony, assertion });
      rung(3);
      show("password");
      say(words.touchDone);
    };

    const tell = error => {
      if (error?.code && !["password-wrong", "which-device"].includes(error.code)) {
        again();
        say(error.message, true);
      }
    };

    on("form[data-part=name]", "submit", async form => {
      const name = field(form, "name").value.trim().toLowerCase();
      tell(await step(form.querySelector("button[type=submit]"), async () => {
        options = await call("/api/vpn/begin", { name });
        ceremony = options.ceremony;
        field(passwordForm, "username").value = name;
        rung(2);
        show("touch");
        await touchKey();
      }));
    });
    on("[data-do=touch]", "click", async button => tell(await step(button, touchKey)));
    on("[data-do=again]", "click", again);
    on("[data-do=copy]", "click", copy);
    on("form[data-part=password]", "submit", async form => {
      const password = field(form, "password");
      const device = field(form, "device");
      const error = await step(form.querySelector("button[type=submit]"), async () => {
        const armed = await call("/api/vpn/arm", {
          ceremony, password: password.value, device: device.value.trim() || undefined,
        });
        password.value = "";
        say("");
        rung(4);
        main.querySelector("[data-configuration]").textContent = armed.configuration;
        main.querySelector("[data-device]").textContent = armed.device;
        const until = main.querySelector("[data-until]");
        until.dateTime = armed.until;
        localise(until);
        show("done");
      });
      const wrong = { "password-wrong": password, "which-device": device }[error?.code];
      if (wrong) {
        wrong.setAttribute("aria-invalid", "true");
        wrong.select();
        wrong.focus();
      }
      tell(error);
    });
    nameForm.querySelector("input").focus();
  },

  confirm() {
    let options;

    const again = error => {
      rung(2);
      show("code");
      say(error?.message, Boolean(error?.message));
    };

    const confirm = async () => {
      say("");
      const assertion = await touched(options);
      await call("/api/confirm/finish", { ceremony: options.ceremony, assertion });
      rung(4);
      show("done");
    };

    const tell = error => {
      if (error?.code) {
        again(error);
      }
    };

    on("form[data-part=code]", "submit", async form => {
      await step(form.querySelector("button[type=submit]"), async () => {
        say("");
        const name = field(form, "name").value.trim().toLowerCase();
        options = await call("/api/confirm/begin", { name, code: field(form, "code").value.trim() });
        field(form, "code").value = "";
        const asks = main.querySelector("[data-asks]");
        asks.textContent =
          asks.dataset.asks.replace("{0}", options.server).replace("{1}", options.station);
        rung(3);
        show("touch");
      });
    });
    on("[data-do=touch]", "click", async button => tell(await step(button, confirm)));
    on("[data-do=again]", "click", () => again());
    const form = main.querySelector("form[data-part=code]");
    // A VPN client that opens the page brings its code along, where no server's log has it.
    field(form, "code").value = decodeURIComponent(window.location.hash.slice(1)).slice(0, 64);
    rung(2);
    form.querySelector("input").focus();
  },

  freeze() {
    on("form[data-part=freeze]", "submit", async form => {
      const password = field(form, "password");
      const error = await step(form.querySelector("button[type=submit]"), async () => {
        say("");
        const name = field(form, "name").value.trim().toLowerCase();
        await call("/api/freeze", { name, password: password.value });
        password.value = "";
        rung(3);
        show("done");
      });
      if (error?.code === "password-wrong") {
        password.setAttribute("aria-invalid", "true");
        password.select();
        password.focus();
      }
    });
    main.querySelector("form[data-part=freeze] input").focus();
  },

  reset() {
    const again = error => {
      rung(1);
      show("code");
      say(error.message, true);
    };
    const choice = choosing(again);
    on("form[data-part=code]", "submit", async form => {
      const name = field(form, "name").value.trim().toLowerCase();
      const error = await step(form.querySelector("button[type=submit]"), async () => {
        await choice.begin("/api/password/reset", { name, code: field(form, "code").value.trim() });
        rung(2);
        show("touch");
        await choice.touchKey(name);
      });
      if (error?.code) {
        again(error);
      }
    });
    on("[data-do=touch]", "click", async button => {
      const error = await step(button, () => choice.touchKey());
      if (error?.code) {
        again(error);
      }
    });
    on("[data-do=again]", "click", () => again(new Told("")));
    main.querySelector("form[data-part=code] input").focus();
  },

  change() {
    const again = error => {
      rung(2);
      show("touch");
      say(error.message, true);
    };
    const choice = choosing(again);
    rung(2);
    on("[data-do=touch]", "click", button => step(button, async () => {
      try {
        await choice.begin("/api/password/begin", {});
        await choice.touchKey();
      } catch (error) {
        if (error.status === 401) {
          window.location.replace("/sign-in?rd=%2Fpassword");
          return;
        }
        throw error;
      }
    }));
  },

  portal() {
    on("[data-do=sign-out]", "click", button => step(button, async () => {
      await call("/api/sign-out");
      window.location.replace("/signed-out");
    }));
    on("[data-do=end]", "click", button => step(button, async () => {
      await call("/api/cut", { kind: "session", session: button.dataset.session, because: "portal" });
      button.closest("tr").remove();
    }));
  },

  devices() {
    on("form[data-part=device]", "submit", form => step(form.querySelector("button"), async () => {
      say("");
      let made;
      try {
        const options = await call("/api/devices/begin");
        const assertion = await touched(options);
        made = await call("/api/devices/make", {
          ceremony: options.ceremony,
          assertion,
          label: field(form, "label").value.trim(),
        });
      } catch (error) {
        if (error.status === 401) {
          window.location.replace("/sign-in?rd=%2Fdevices");
          return;
        }
        throw error;
      }
      const handover = main.querySelector("[data-handover]");
      handover.querySelector("output").textContent = made.password;
      const until = handover.querySelector("time");
      until.dateTime = made.endsAt;
      localise(until);
      form.hidden = true;
      handover.hidden = false;
      handover.focus();
    }));
    on("[data-do=cut]", "click", button => step(button, async () => {
      await call("/api/cut", { kind: "device", device: button.dataset.device, because: "portal" });
      button.closest("tr").remove();
    }));
  },

  command() {
    let code;
    on("form[data-part=look]", "submit", form => step(form.querySelector("button"), async () => {
      say("");
      code = field(form, "code").value.trim();
      const { source, elsewhere } = await call("/api/command/look", { code });
      main.querySelector("[data-code]").textContent = code;
      main.querySelector("[data-source]").textContent = source;
      main.querySelector("[data-elsewhere]").hidden = !elsewhere;
      show("confirm");
    }));
    on("[data-do=confirm]", "click", button => step(button, async () => {
      say("");
      const options = await call("/api/step-up/begin");
      const assertion = await touched(options);
      await call("/api/step-up/finish", { ceremony: options.ceremony, assertion });
      await call("/api/command/confirm", { code });
      show("done");
    }));
    on("[data-do=again]", "click", () => {
      say("");
      show("look");
    });
  },

  acts() {
    const article = element => element.closest("[data-act]");
    const path = element => "/api/acts/" + article(element).dataset.act;

    const close = (element, text) => {
      const act = article(element);
      act.querySelector("[data-buttons]").hidden = true;
      act.querySelector("[data-outcome]").textContent = text;
    };

    on("[data-do=approve]", "click", button => step(button, async () => {
      say("");
      const options = await call(path(button) + "/begin");
      const assertion = await touched(options);
      const outcome = await call(path(button) + "/approve", { assertion });
      if (outcome.missing > 0) {
        close(button, words.actWaiting.replace("{0}", outcome.missing));
        return;
      }
      close(button, words.actDone);
      if (outcome.code) {
        const handover = article(button).querySelector("[data-handover]");
        handover.querySelector("output").textContent = outcome.code;
        const until = handover.querySelector("time");
        // A machine's key works until it is taken away.
        until.parentElement.hidden = !outcome.until;
        if (outcome.until) {
          until.dateTime = outcome.until;
          localise(until);
        }
        handover.hidden = false;
        handover.focus();
      }
    }));
    on("[data-do=reject]", "click", button => step(button, async () => {
      await call(path(button) + "/reject");
      close(button, words.actRejected);
    }));
    proposing();
    pulling();
  },
};

/** The last two steps of both ways to a new password: the touch, and the choice. */
function choosing(again) {
  let options;
  const form = main.querySelector("form[data-part=password]");
  const present = field(form, "present");
  const chosen = field(form, "password");
  on("form[data-part=password]", "submit", async () => {
    say("");
    const error = await step(form.querySelector("button[type=submit]"), async () => {
      await call("/api/password/choose", {
        ceremony: options.ceremony,
        present: present?.value ?? null,
        password: chosen.value,
      });
      form.reset();
      rung(4);
      show("done");
    });
    if (error?.code?.startsWith("password-")) {
      const wrong = error.code === "password-wrong" ? present ?? chosen : chosen;
      form.querySelectorAll("input").forEach(input => input.removeAttribute("aria-invalid"));
      wrong.setAttribute("aria-invalid", "true");
      wrong.select();
      wrong.focus();
    } else if (error?.code && error.code !== "later") {
      again(error);
    }
  });
  return {
    async begin(path, body) {
      options = await call(path, body);
    },
    async touchKey(name = "") {
      say("");
      const assertion = await touched(options);
      await call("/api/password/touch", { ceremony: options.ceremony, assertion });
      field(form, "username").value ||= name;
      rung(3);
      show("password");
      say(words.touchDone);
    },
  };
}

/** Only the fields of the chosen kind are shown, and only they are sent. */
function choose(form) {
  const kind = field(form, "kind").value;
  for (const part of form.querySelectorAll("[data-for]")) {
    const wanted = part.dataset.for.split(" ").includes(kind);
    part.hidden = !wanted;
    for (const input of part.querySelectorAll("input, select, textarea")) {
      input.disabled = !wanted;
    }
  }
}

/** Fills the choice of keys with those of the person named. */
async function keysOf(form) {
  const choice = field(form, "token");
  const { tokens } = await call("/api/people/find", { name: field(form, "person").value.trim() });
  choice.replaceChildren(...tokens.map(token => new Option(`${token.label} (${token.state})`, token.id)));
}

function proposing() {
  const form = main.querySelector("form[data-do=propose]");
  const value = name => field(form, name).value.trim();
  const groups = () => value("groups").split(/[\s,]+/).filter(Boolean);
  const until = () => (value("until") ? new Date(value("until")).toISOString() : null);
  const acts = {
    "admit-staff": () => ({
      newcomers: [{
        name: value("newName").toLowerCase(),
        displayName: value("displayName"),
        email: value("email"),
        groups: groups(),
        language: value("language"),
      }],
    }),
    "enrol-token": () => ({ person: value("person"), until: until() }),
    "replace-token": () => ({ person: value("person"), until: until() }),
    "reset-password": () => ({ person: value("person") }),
    "seal-code": () => ({ person: value("person") }),
    "change-groups": () => ({ person: value("person"), groups: groups() }),
    "appoint-officer": () => ({ person: value("person") }),
    "dismiss-officer": () => ({ person: value("person") }),
    "dismiss-staff": () => ({ person: value("person") }),
    "erase-staff": () => ({ person: value("person") }),
    "reopen-person": () => ({ person: value("person") }),
    "reopen-token": () => ({ person: value("person"), token: value("token") }),
    "reopen-network": () => ({ network: value("network") }),
    "reopen-zone": () => ({ zone: value("zone") }),
    "reopen-everybody": () => ({}),
  };
  choose(form);
  field(form, "kind").addEventListener("change", () => choose(form));
  on("form[data-do=propose] [data-do=find]", "click", button => step(button, () => keysOf(form)));
  on("form[data-do=propose]", "submit", () => step(form.querySelector("button[type=submit]"), async () => {
    const kind = value("kind");
    await call("/api/acts", { act: { kind, ...acts[kind]() } });
    sessionStorage.setItem("said", words.proposed);
    window.location.reload();
  }));
}

/** The lever: pressed once it is armed, pressed again it cuts. */
function pulling() {
  const form = main.querySelector("form[data-do=cut]");
  const button = form.querySelector("button[type=submit]");
  const label = button.textContent;
  const arm = armed => {
    button.classList.toggle("armed", armed);
    button.textContent = armed ? words.cutSure : label;
  };
  choose(form);
  form.addEventListener("input", () => arm(false));
  field(form, "kind").addEventListener("change", () => choose(form));
  on("form[data-do=cut] [data-do=find]", "click", finder => step(finder, () => keysOf(form)));
  on("form[data-do=cut]", "submit", () => {
    if (!button.classList.contains("armed")) {
      arm(true);
      return;
    }
    arm(false);
    step(button, async () => {
      const of = Object.fromEntries(new FormData(form));
      const report = await call("/api/cut", of);
      const silent = report.silent?.length
        ? " " + words.cutSilent.replace("{0}", report.silent.join(", "))
        : "";
      say(words.cutDone.replace("{0}", report.sessionsEnded) + silent);
      notice.scrollIntoView({ block: "center" });
    });
  });
}

/** Times come in UTC; the reader's clock is on the wall. */
function localise(time) {
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date(time.dateTime));
}

main.querySelectorAll("time[datetime]").forEach(localise);

on("[data-do=reveal]", "click", button => {
  const input = button.parentElement.querySelector("input");
  const hidden = input.type === "password";
  input.type = hidden ? "text" : "password";
  button.textContent = hidden ? button.dataset.hide : button.dataset.show;
  button.setAttribute("aria-pressed", String(hidden));
  input.focus();
});

const said = sessionStorage.getItem("said");
if (said && notice) {
  sessionStorage.removeItem("said");
  say(said);
}

flows[main.dataset.flow]?.();

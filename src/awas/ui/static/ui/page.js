/* Small comforts for pages that already work without a script: theme without a reload, menus that close, steppers,
   photo previews, filters over a list, one submission per tap, sharing and copying. It decides nothing. */
"use strict";
(() => {
  const root = document.documentElement;
  const words = document.body.dataset;

  // ---- theme: the form posts without a script; with one, the choice is kept here and the page stays
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.matches("[data-theme-form]") || !button) return;
    event.preventDefault();
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${button.value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    if (button.value === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = button.value;
    for (const other of event.target.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
  });

  // ---- one tap, one record: a second tap while the first is on its way does nothing
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.classList.add("is-busy");
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll(".is-busy")) {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-disabled");
    }
  });

  // ---- a form keeps its number for whoever comes back to it: sent once more, it finds its first receipt
  const numbers = document.querySelectorAll("input[name=nonce][id]"); // forms of one tap have none: their lists change
  if (numbers.length) {
    const known = history.state?.numbers || {};
    const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    for (const input of numbers) if (back && known[input.id]) input.value = known[input.id];
    history.replaceState({ ...history.state, numbers: Object.fromEntries([...numbers].map((input) => [input.id, input.value])) }, "");
  }

  // ---- menus close on a tap elsewhere and on Escape
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // ---- steppers: the number field stands alone without a script
  const stepButton = (sign, label, input) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign > 0 ? "+" : "−";
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      const step = Number(input.step) || 1;
      const next = (Number(input.value) || 0) + sign * step;
      input.value = Math.min(input.max === "" ? Infinity : Number(input.max), Math.max(input.min === "" ? -Infinity : Number(input.min), next));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    return button;
  };
  for (const stepper of document.querySelectorAll("[data-stepper]")) {
    const input = stepper.querySelector("input");
    stepper.prepend(stepButton(-1, stepper.dataset.less, input));
    stepper.append(stepButton(1, stepper.dataset.more, input));
  }

  // ---- photos: what was chosen is seen before it is sent
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches(".photo input[type=file]")) return;
    const box = input.closest(".photo");
    for (const old of box.querySelectorAll("img")) { URL.revokeObjectURL(old.src); old.remove(); }
    for (const file of [...input.files].slice(0, 4)) {
      if (!file.type.startsWith("image/")) continue;
      const image = document.createElement("img");
      image.alt = file.name;
      image.src = URL.createObjectURL(file);
      box.append(image);
    }
  });

  // ---- filter over a list that is already on the page
  for (const input of document.querySelectorAll("input[data-filter]")) {
    input.closest("[hidden]")?.removeAttribute("hidden");
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLocaleLowerCase();
      for (const row of document.querySelectorAll(`${input.dataset.filter} > li`)) {
        row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
      }
    });
  }

  // ---- share, copy and print: shown only where they can work
  const able = { share: Boolean(navigator.share), copy: Boolean(navigator.clipboard), print: true };
  for (const button of document.querySelectorAll("[data-do]")) if (able[button.dataset.do]) button.hidden = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-do]");
    if (!button) return;
    if (button.dataset.do === "print") window.print();
    if (button.dataset.do === "share") {
      await navigator.share({ title: document.title, text: button.dataset.text, url: button.dataset.url || location.href }).catch(() => {});
    }
    if (button.dataset.do === "copy") {
      await navigator.clipboard.writeText(button.dataset.text);
      const said = button.querySelector("span");
      const before = said.textContent;
      said.textContent = words.copied;
      setTimeout(() => { said.textContent = before; }, 2000);
    }
  });

  // an error summary is read first
  document.querySelector(".errors")?.focus({ preventScroll: true });
})();

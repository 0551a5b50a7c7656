/* Lets this browser in for push messages: asks its owner, subscribes at the browser's push service, and hands the
   address in by the page's own form. Without a script the page says that this browser can't be told. */
"use strict";
(() => {
  const box = document.querySelector("[data-push]");
  if (!box) return;
  const words = box.dataset;
  const form = box.querySelector("form");
  const button = form.querySelector("button");
  const said = box.querySelector("[data-said]");
  const say = (text) => { said.textContent = text; said.hidden = !text; };

  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) { say(words.unable); return; }
  form.hidden = false;

  const key = Uint8Array.from(atob(words.key.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const same = (one) => !one || (one.byteLength === key.length && new Uint8Array(one).every((byte, at) => byte === key[at]));

  const subscribe = async () => {
    const worker = await navigator.serviceWorker.register(words.worker);
    let made = await worker.pushManager.getSubscription();
    if (made && !same(made.options.applicationServerKey)) { await made.unsubscribe(); made = null; }
    made ||= await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = made.toJSON();
    form.elements.endpoint.value = endpoint;
    form.elements.p256dh.value = keys.p256dh;
    form.elements.auth.value = keys.auth;
  };

  form.addEventListener("submit", (event) => {
    if (form.elements.endpoint.value) return; // subscribed: now it is sent as any form
    event.preventDefault();
    event.stopImmediatePropagation();
    button.disabled = true;
    say("");
    Notification.requestPermission()
      .then((given) => { if (given !== "granted") throw new Error("denied"); })
      .then(subscribe)
      .then(() => form.submit())
      .catch((error) => { button.disabled = false; say(error.message === "denied" ? words.denied : words.failed); });
  }, true);
})();

/* Shows push messages on the phone, also while no page is open. It keeps nothing, fetches nothing and decides nothing:
   a message is a title, a level and an address on this server. A message that comes twice replaces itself by its tag. */
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data ? event.data.json() : {}; } catch { said = {}; }
  event.waitUntil(self.registration.showNotification(said.title || "Awas", {
    tag: said.tag,
    data: { link: said.link },
    requireInteraction: said.level === "awas",
    icon: "/static/ui/favicon.svg",
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const link = new URL(event.notification.data?.link || "/pesan/", self.location.origin);
  if (link.origin !== self.location.origin) return; // only ever our own pages
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((open) => {
    const page = open.find((one) => "navigate" in one);
    return page ? page.navigate(link.href).then((shown) => shown?.focus()).catch(() => self.clients.openWindow(link.href)) : self.clients.openWindow(link.href);
  }));
});

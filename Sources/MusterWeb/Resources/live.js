// Live updates: when the server says that something has changed, the page fetches itself again and puts the new
// content in the place of the old. Without this file every page works; it is then as new as its last load.
(() => {
  "use strict";
  const status = document.getElementById("live");
  const content = document.getElementById("content");
  if (!status || !content || !window.EventSource) return;

  let shown = content.dataset.revision;
  let wanted = shown;
  let connected = null;
  let edited = false;
  let loading = false;
  let paused = false;
  let over = false;
  let wait = 10;

  content.addEventListener("input", () => { edited = true; });
  // Going back, a browser may put in again what was typed.
  const isTyped = (one) => one.options
    ? one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected))
    : one.type !== "hidden" && one.value !== one.defaultValue;
  addEventListener("pageshow", () => {
    edited ||= [...content.querySelectorAll("form.act input, form.act select")].some(isTyped);
  });

  // What is said again is not read out again.
  function say(text) { if (status.textContent !== text) status.textContent = text; }

  function tell() {
    if (over) say("You are signed out: this page stays as it is. Sign in on another page, then load it again.");
    else if (paused) say("Paused: this page stays as it is.");
    else if (connected === false) say("Not live: the connection to the server is lost. Trying again.");
    else if (edited && wanted !== shown) say("There is newer data. Finish your form, or load the page again.");
    else if (connected) say("Live: this page updates itself.");
  }

  const pause = document.createElement("button");
  pause.type = "button";
  pause.className = "pause";
  const stamp = document.createElement("span");
  stamp.className = "hint noprint";
  status.after(pause, stamp);
  function label() { pause.textContent = over ? "Load the page again" : paused ? "Go on updating this page" : "Pause updates"; }
  label();
  pause.addEventListener("click", () => {
    if (over) { location.reload(); return; }
    paused = !paused;
    label();
    tell();
    refresh();
  });

  // Links, summaries and the like have no id: theirs is what they are, where they lead, and how manieth of these they are.
  const reachable = "a[href],button,input,select,textarea,summary,[tabindex]";
  const sign = (one) => one.id || [one.tagName, one.getAttribute("href"), one.textContent].join(" ");
  const alike = (one) => [...content.querySelectorAll(reachable)].filter((other) => sign(other) === sign(one));

  function focus() {
    const one = document.activeElement;
    if (!one || !content.contains(one)) return () => {};
    const [mark, index] = [sign(one), alike(one).indexOf(one)];
    return () => {
      const found = [...content.querySelectorAll(reachable)].filter((other) => sign(other) === mark);
      (found[index] || found[0])?.focus({ preventScroll: true });
    };
  }

  function scrolled() {
    const places = [...content.querySelectorAll(".scroll")].map((one) => [one.scrollLeft, one.scrollTop]);
    return () => content.querySelectorAll(".scroll").forEach((one, index) => {
      [one.scrollLeft, one.scrollTop] = places[index] || [0, 0];
    });
  }

  const clock = () => new Date().toLocaleTimeString("en-GB", { timeZone: "Europe/London" });

  const read = () => fetch(location.href, { credentials: "same-origin", cache: "no-cache" });
  // Whoever may not see the page any more, as when the session is over, is told so by the server.
  const isOver = (answer) => answer.redirected || [401, 403, 404].includes(answer.status);

  async function refresh() {
    if (loading || paused || edited || wanted === shown) return;
    loading = true;
    try {
      const answer = await read();
      if (isOver(answer)) { location.reload(); return; }
      const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("content");
      // What was not answered is asked for at the next beat; what has begun meanwhile is left alone.
      if (!fresh) { wanted = shown; return; }
      if (edited || paused) return;
      const open = new Set([...content.querySelectorAll("details[open][id]")].map((one) => one.id));
      const back = [focus(), scrolled()];
      content.replaceChildren(...fresh.childNodes);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      for (const put of back) put();
      shown = fresh.dataset.revision;
      content.dataset.revision = shown;
      stamp.textContent = "Updated at " + clock() + ".";
    } catch {
      wanted = shown;
    } finally {
      loading = false;
      tell();
    }
    refresh();
  }

  function listen() {
    const source = new EventSource(content.dataset.events);
    source.addEventListener("revision", (event) => {
      wanted = event.data;
      connected = true;
      wait = 10;
      tell();
      refresh();
    });
    source.addEventListener("error", () => {
      connected = false;
      tell();
      if (source.readyState === EventSource.CLOSED) retry();
    });
  }

  // A browser gives up where the server answers with an error: while it is restarted behind a proxy, which passes, or because
  // the session is over, which does not.
  async function retry() {
    try {
      if (isOver(await read())) {
        over = edited || paused;
        if (over) { label(); tell(); }
        else location.reload();
        return;
      }
    } catch {
      // It is away altogether.
    }
    setTimeout(listen, wait * 1000 * (1 + Math.random()));
    wait = Math.min(300, wait * 2);
  }

  listen();
})();

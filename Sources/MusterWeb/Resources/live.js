// Live updates: when the server says that something has changed, the page fetches itself again and puts the new
// content in the place of the old. Without this file every page works; it is then as new as its last load.
(() => {
  "use strict";
  const status = document.getElementById("live");
  const content = document.getElementById("content");
  if (!status || !content || !window.EventSource) return;

  let shown = content.dataset.revision;
  let edited = false;
  let loading = false;
  let wanted = shown;
  content.addEventListener("input", () => { edited = true; });
  // Going back, a browser puts in again what was typed.
  const isTyped = (one) => one.options
    ? one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected))
    : one.type !== "hidden" && one.value !== one.defaultValue;
  addEventListener("pageshow", () => {
    edited ||= [...content.querySelectorAll("form.act input, form.act select")].some(isTyped);
  });

  let paused = false;
  const pause = document.createElement("button");
  pause.type = "button";
  pause.className = "pause";
  const stamp = document.createElement("span");
  stamp.className = "hint noprint";
  status.after(pause, stamp);
  function label() { pause.textContent = paused ? "Go on updating this page" : "Pause updates"; }
  pause.addEventListener("click", () => {
    paused = !paused;
    label();
    say(paused ? "Paused: this page stays as it is." : live);
    refresh();
  });
  label();

  // What is said again is not read out again.
  const live = "Live: this page updates itself.";
  function say(text) { if (status.textContent !== text) status.textContent = text; }

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

  async function refresh() {
    if (loading || paused || wanted === shown) return;
    if (edited) {
      say("There is newer data. Finish your form, or load the page again.");
      return;
    }
    loading = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-cache" });
      // Whoever may not see it any more is told so; a server that is restarted is asked again.
      if (answer.redirected || [401, 403, 404].includes(answer.status)) { location.reload(); return; }
      if (!answer.ok) { wanted = shown; lost(); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("content");
      if (!fresh || edited) return;
      const open = new Set([...content.querySelectorAll("details[open][id]")].map((one) => one.id));
      const back = [focus(), scrolled()];
      content.replaceChildren(...fresh.childNodes);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      for (const put of back) put();
      shown = fresh.dataset.revision;
      content.dataset.revision = shown;
      stamp.textContent = "Updated at " + clock() + ".";
      say(live);
    } catch {
      wanted = shown;
      lost();
    } finally {
      loading = false;
    }
    refresh();
  }

  function lost() { say("Not live: the connection to the server is lost. Trying again."); }

  // Where the server answers with an error, as while it is restarted behind a proxy, a browser gives up.
  function listen() {
    const source = new EventSource(content.dataset.events);
    source.addEventListener("revision", (event) => {
      wanted = event.data;
      if (wanted === shown && !paused && !edited) say(live);
      refresh();
    });
    source.addEventListener("error", () => {
      lost();
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 10000 + Math.random() * 10000);
    });
  }
  listen();
})();

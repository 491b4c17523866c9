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
    if (loading || wanted === shown) return;
    if (edited) {
      status.textContent = "There is newer data. Finish your form, or load the page again.";
      return;
    }
    loading = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-cache" });
      if (answer.redirected || !answer.ok) { location.reload(); return; }
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
      status.textContent = "Updated at " + clock() + ".";
    } finally {
      loading = false;
    }
    refresh();
  }

  const source = new EventSource(content.dataset.events);
  source.addEventListener("revision", (event) => {
    wanted = event.data;
    if (wanted === shown) status.textContent = "Live: this page updates itself.";
    refresh();
  });
  source.addEventListener("error", () => {
    status.textContent = "Not live: the connection to the server is lost. Trying again.";
  });
})();

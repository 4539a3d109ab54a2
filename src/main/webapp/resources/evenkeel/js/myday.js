/*
  My day and the roster of a session: marks without leaving the page, undo as long as it lasts, and what the desk has changed. Without this script every button
  still works as a form.
*/
(function () {
  'use strict';
  const ASK_EVERY = 15000;
  let busy = false;
  const waiting = [];
  let sent = null;
  let read = performance.now();
  /** Takes back that there was no answer. */
  let closeAlert = () => {};

  const roster = () => document.getElementById('roster');

  /** Whether the answer is this page: whoever is not signed in any more is led elsewhere. */
  const isHere = answer => new URL(answer.url).pathname === location.pathname;

  /**
   * Puts the page that the server answered in place of what is shown; the focus stays in the same row, or goes on from there, and what is
   * open or typed stays, unless it was used.
   */
  function show(html, used) {
    const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('roster');
    const old = roster();
    if (!fresh || !old) { location.reload(); return; }
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const open = [...old.querySelectorAll('details[open]')].filter(d => d !== used).map(d => d.dataset.of);
    const typed = [...old.querySelectorAll('[data-typed]')].filter(field => field.value !== field.defaultValue && field.closest('details') !== used);
    old.replaceWith(document.adoptNode(fresh));
    read = performance.now();
    fresh.querySelectorAll('details').forEach(d => { d.open = open.includes(d.dataset.of) || d.dataset.stays === 'true'; });
    typed.forEach(field => {
      const row = rowOf(fresh, field.closest('[data-who]').dataset.who);
      const same = row && row.querySelector('[data-typed="' + field.dataset.typed + '"]');
      if (same) { same.value = field.value; }
    });
    if (focused) {
      const same = focused.id && document.getElementById(focused.id);
      const seen = same && same.checkVisibility() ? same : null;
      const who = focused.closest('[data-who]');
      (who && inRow(fresh, who.dataset.who, seen) || document.getElementById('undo') || seen || focusable(fresh.querySelector('h1'))).focus();
    }
    fades();
    tell();
  }

  const rowOf = (page, who) => page.querySelector('[data-who="' + who + '"]');

  function focusable(element) {
    element.tabIndex = -1;
    return element;
  }

  /** Where it goes on: at what is wrong, at the same button, in the row after the one that was marked; after the last one, in that one. */
  function inRow(fresh, who, same) {
    const row = rowOf(fresh, who);
    if (!row) { return null; }
    const wrong = row.querySelector('[aria-invalid="true"]');
    const first = r => r && r.querySelector('input[type=submit], summary');
    return wrong || (row.contains(same) ? same : null) || first(row.nextElementSibling) || first(row);
  }

  /** What was said is told to who listens: the page around it stays, so that it is heard. */
  function tell() {
    const live = document.getElementById('rosterLive');
    const said = document.querySelector('.ek-day-said span');
    if (!live || !said) { return; }
    live.textContent = '';
    requestAnimationFrame(() => { live.textContent = said.textContent; });
  }

  /** What was said, and the way to take it back, goes after a while, but not from under a finger or the focus. */
  function fades() {
    const note = document.querySelector('.ek-day-said .ek-note');
    if (!note) { return; }
    const wait = seconds => setTimeout(() => { if (note.matches(':hover, :focus-within')) { wait(1); } else { note.remove(); } }, seconds * 1000);
    wait(note.dataset.seconds);
  }

  /** How long it is until the next session. */
  function count() {
    const until = document.querySelector('[data-left]');
    if (!until) { return; }
    const minutes = Math.ceil((until.dataset.left - (performance.now() - read) / 1000) / 60);
    until.textContent = minutes <= 0 ? until.dataset.now
      : minutes < 60 ? until.dataset.minutes.replace('{0}', minutes)
      : until.dataset.hours.replace('{0}', Math.floor(minutes / 60)).replace('{1}', minutes % 60);
  }

  async function send(form, button) {
    busy = true;
    sent = tapOf(button);
    try {
      const body = new URLSearchParams(new FormData(form));
      body.append(button.name, button.value);
      const answer = await fetch(form.action, { method: 'POST', body: body, credentials: 'same-origin' });
      const refused = answer.status >= 400 && answer.status < 500; // an old page, as a rule: the one that is there now says what can be done
      if (refused || !isHere(answer)) { location.reload(); return; }
      if (!answer.ok) { throw new Error(answer.status); }
      const page = await answer.text();
      closeAlert();
      show(page, button.closest('details'));
    } catch (e) {
      waiting.length = 0;
      closeAlert();
      closeAlert = Evenkeel.alert(roster().dataset.unsent);
    } finally {
      free();
    }
  }

  /** A tap is of someone and of a mark: on a page that was read meanwhile another button may be at its place. */
  function tapOf(button) {
    const row = button.closest('[data-who]');
    return { button: button, who: row && row.dataset.who, mark: button.dataset.mark };
  }

  function buttonOf(tap) {
    if (tap.button.isConnected) { return tap.button; }
    const where = tap.who ? rowOf(roster(), tap.who) : roster();
    return where && tap.mark ? where.querySelector('[data-mark="' + tap.mark + '"]') : null;
  }

  /** What was tapped meanwhile is done now, if it can be as the page stands by now. */
  function free() {
    busy = false;
    sent = null;
    while (!busy && waiting.length) {
      const button = buttonOf(waiting.shift());
      if (button) { button.click(); } else { Evenkeel.alert(roster().dataset.gone); }
    }
  }

  /** Keeps a tap until the one before it is answered; twice on the same button is once. */
  function wait(tap) {
    const same = other => other && other.who === tap.who && other.mark === tap.mark;
    if (!same(sent) && !waiting.some(same)) { waiting.push(tap); }
  }

  /** Asks whether anything has changed; only then the page is read anew. Neither keeps anyone signed in. */
  async function ask() {
    const shown = roster();
    if (busy || !shown || document.hidden || shown.querySelector('details[open]')) { return; }
    busy = true;
    try {
      const background = { headers: { 'X-Background': 'true' }, credentials: 'same-origin' };
      const answer = await fetch(shown.dataset.ask, background);
      if (answer.ok && (await answer.text()) !== shown.dataset.stamp) {
        const page = await fetch(location.href, background);
        if (page.ok && isHere(page)) { show(await page.text()); }
      }
    } catch (e) {
      // The next time may do.
    } finally {
      free();
    }
  }

  document.addEventListener('submit', event => {
    if (event.target.id === 'dayForm' && event.submitter && event.submitter.name) {
      event.preventDefault();
      if (busy) { wait(tapOf(event.submitter)); } else { send(event.target, event.submitter); }
    }
  });
  document.addEventListener('click', event => {
    if (event.target.closest && event.target.closest('[data-print]')) { window.print(); }
  });
  document.addEventListener('visibilitychange', () => { count(); ask(); });
  setInterval(() => { count(); ask(); }, ASK_EVERY);
  fades();
})();

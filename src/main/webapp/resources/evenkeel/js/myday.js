/*
  My day and the roster of a session: marks without leaving the page, undo as long as it lasts, and what the desk has changed. Without this script every button
  still works as a form.
*/
(function () {
  'use strict';
  const ASK_EVERY = 15000;
  let busy = false;
  let next = '';

  const roster = () => document.getElementById('roster');

  /** Whether the answer is this page: whoever is not signed in any more is led elsewhere. */
  const isHere = answer => new URL(answer.url).pathname === location.pathname;

  /** Puts the page that the server answered in place of what is shown; the focus stays on the same button, or on what was said, and what is open stays open, unless it was used. */
  function show(html, used) {
    const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('roster');
    const old = roster();
    if (!fresh || !old) { location.reload(); return; }
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const open = [...old.querySelectorAll('details[open]')].filter(d => d !== used).map(d => d.dataset.of);
    old.replaceWith(document.adoptNode(fresh));
    fresh.querySelectorAll('details').forEach(d => { d.open = open.includes(d.dataset.of) || d.dataset.stays === 'true'; });
    if (focused) {
      const same = focused.id && document.getElementById(focused.id);
      const undo = document.getElementById('undo');
      const row = focused.closest('[data-who]');
      const seen = same && same.checkVisibility() ? same : null;
      (row ? inRow(fresh, row.dataset.who, seen) || undo : undo || seen || focusable(fresh.querySelector('h1'))).focus();
    }
    undoLasts();
    tell();
  }

  function focusable(element) {
    element.tabIndex = -1;
    return element;
  }

  /** Where it goes on: at what is wrong, at the same button, in the row after the one that was marked; after the last one, in that one. */
  function inRow(fresh, who, same) {
    const row = fresh.querySelector('[data-who="' + who + '"]');
    if (!row) { return null; }
    const wrong = row.querySelector('[aria-invalid="true"]');
    const first = r => r && r.querySelector('input[type=submit], summary');
    return wrong || same || first(row.nextElementSibling) || first(row);
  }

  /** What was said is told to who listens: the page around it stays, so that it is heard. */
  function tell() {
    const live = document.getElementById('rosterLive');
    const said = document.querySelector('.ek-day-said span');
    if (live && said) { live.textContent = said.textContent; }
  }

  function undoLasts() {
    const undo = document.querySelector('.ek-day-undo');
    if (undo) { setTimeout(() => undo.remove(), undo.dataset.seconds * 1000); }
  }

  async function send(form, button) {
    busy = true;
    try {
      const body = new URLSearchParams(new FormData(form));
      body.append(button.name, button.value);
      const answer = await fetch(form.action, { method: 'POST', body: body, credentials: 'same-origin' });
      if (!answer.ok || !isHere(answer)) { location.reload(); return; }
      show(await answer.text(), button.closest('details'));
    } catch (e) {
      location.reload();
    } finally {
      free();
    }
  }

  /** What was tapped meanwhile is done now, as the page stands by now. */
  function free() {
    busy = false;
    const waiting = next && document.getElementsByName(next)[0];
    next = '';
    if (waiting) { waiting.click(); }
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
      if (busy) { next = event.submitter.name; } else { send(event.target, event.submitter); }
    }
  });
  document.addEventListener('click', event => {
    if (event.target.closest && event.target.closest('[data-print]')) { window.print(); }
  });
  document.addEventListener('visibilitychange', ask);
  setInterval(ask, ASK_EVERY);
  undoLasts();
})();

/*
  Asks every minute whether its user is still signed in, and leaves for the login page if not, so that a desk nobody sits at does not show
  patients. What the user did meanwhile, such as typing, keeps the session alive; the question alone does not.
*/
(() => {
  'use strict';
  const EVERY = 60000;
  const base = new URL(document.currentScript.dataset.base, location.href);
  let touched = false;
  for (const kind of ['pointerdown', 'keydown', 'wheel']) {
    addEventListener(kind, () => { touched = true; }, { capture: true, passive: true });
  }
  setInterval(async () => {
    const headers = touched ? {} : { 'X-Background': 'true' };
    touched = false;
    try {
      const answer = await fetch(new URL('signed-in', base), { headers, cache: 'no-store', redirect: 'manual' });
      if (answer.status === 401 || answer.type === 'opaqueredirect') {
        const here = location.pathname + location.search;
        location.assign(new URL('login?ended=true&to=' + encodeURIComponent(here), base));
      }
    } catch {
      // No connection: the page's own signs tell, and the next minute asks again.
    }
  }, EVERY);
})();

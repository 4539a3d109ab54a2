/* What every page does: toasts and alerts, fields that name their hints and errors, menus that close, Ctrl+Enter that saves. */
(function () {
  'use strict';
  const byId = id => document.getElementById(id);

  // A key that comes while a list is still opening would leave it open for good; and whoever works here does not wait for what slides.
  if (window.PrimeFaces) { PrimeFaces.utils.disableAnimations(); }

  function toast(box, text, options) {
    if (!box) { return; }
    const item = document.createElement('div');
    item.className = 'ek-toast';
    const words = document.createElement('span');
    words.textContent = text;
    item.append(words);
    let timer = 0;
    const close = () => { clearTimeout(timer); item.remove(); };
    if (options.undo) {
      const undo = button(box.dataset.undo, 'ek-button');
      undo.addEventListener('click', () => { close(); options.undo(); });
      item.append(undo);
    }
    if (options.link) {
      const go = document.createElement('a');
      go.className = 'ek-button';
      go.href = options.link;
      go.textContent = options.linkText;
      item.append(go);
    }
    const x = button('\u00d7', 'ek-button bare');
    x.setAttribute('aria-label', box.dataset.close);
    x.addEventListener('click', close);
    item.append(x);
    while (box.children.length > 2) { box.firstElementChild.remove(); }
    box.append(item);
    if (options.seconds) {
      const wait = () => {
        timer = setTimeout(() => item.matches(':hover, :focus-within') ? wait() : close(), options.seconds * 1000);
      };
      wait();
    }
    return close;
  }

  function button(text, classes) {
    const b = document.createElement('button');
    b.type = 'button';
    b.className = classes;
    b.textContent = text;
    return b;
  }

  /** Inputs point to their hint and their error: once at start, and again whenever a part was rendered anew. */
  function describeFields(root) {
    root.querySelectorAll('.ek-field').forEach(field => {
      const input = field.querySelector('input:not([type=hidden]), select, textarea');
      if (!input) { return; }
      const error = field.querySelector('.ek-error');
      const ids = [...field.querySelectorAll('.ek-hint, .ek-error')].filter(e => e.id && e.textContent).map(e => e.id);
      if (ids.length) { input.setAttribute('aria-describedby', ids.join(' ')); } else { input.removeAttribute('aria-describedby'); }
      if (error && error.textContent) { input.setAttribute('aria-invalid', 'true'); } else { input.removeAttribute('aria-invalid'); }
    });
  }

  window.Evenkeel = {
    /** Tells that something was done; options: {undo: function, seconds: number}. */
    toast: (text, options) => toast(byId('ek-toasts'), text, Object.assign({ seconds: 8 }, options)),
    /** Tells of a refusal, at once. It stays until closed. */
    alert: text => toast(byId('ek-alerts'), text, {}),
    /** The state of the live connection: up, or down since. */
    link: live => {
      const link = byId('ek-link');
      const state = live ? 'live' : 'lost';
      if (!link || link.dataset.state === state) { return; }
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
      link.dataset.state = state;
      link.textContent = live ? link.dataset.live : link.dataset.lost.replace('{0}', time);
    },
    describeFields: describeFields,
    /** The field of that form in which something was typed while the answer was under way, the last one. */
    typedMeanwhile: form => [...typed.keys()].map(byId).filter(field => field && field.form === form).pop(),
    /** Whether the event comes from where letters are typed. */
    typing: event => event.target.closest && event.target.closest('input:not([type="button"], [type="submit"]), select, textarea, [contenteditable="true"]') !== null
  };

  /** What saves a field: the button of its part of the form, or of the form. A form of many buttons, which begins with e:enter, has no other. */
  function saveOf(field) {
    const form = field.closest && field.closest('form');
    if (!form) { return null; }
    const part = field.closest('[data-part]');
    return [...form.querySelectorAll('[data-save]')].find(save => save.closest('[data-part]') === part)
      || (form.querySelector('.ek-enter') ? null : form.querySelector('[type="submit"].ek-button:not(.quiet)'));
  }

  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      document.querySelectorAll('details.ek-menu[open], .ek-more[open]').forEach(menu => {
        menu.open = false;
        if (menu.contains(document.activeElement)) { menu.querySelector('summary').focus(); }
      });
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      const save = saveOf(event.target);
      if (save) { event.preventDefault(); save.click(); }
    } else if (event.key === 'Enter' && !event.isComposing && !event.defaultPrevented && event.target.matches('input:not([type=submit], [type=button])')
      && event.target.form && event.target.form.querySelector('.ek-enter')) {
      const save = saveOf(event.target);
      event.preventDefault();
      if (save) { save.click(); }
    }
  });
  document.addEventListener('click', event => {
    document.querySelectorAll('details.ek-menu[open]').forEach(menu => {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
    if (matchMedia('(max-width: 1099px)').matches) {
      document.querySelectorAll('.ek-more[open]').forEach(menu => {
        if (!menu.contains(event.target)) { menu.open = false; }
      });
    }
  });

  /** A list that opens beneath a resting pointer is not chosen from by it: browsers tell of that as if it had moved there. */
  let pointer = '';
  const place = event => event.clientX + ' ' + event.clientY;
  document.addEventListener('mousemove', event => { pointer = place(event); }, true);
  document.addEventListener('mouseover', event => {
    if (pointer === place(event) && event.target.closest && event.target.closest('.ui-autocomplete-panel')) { event.stopPropagation(); }
  }, true);

  /**
   * A field that changes, or a button, may have fields of its form rendered anew. What was typed or chosen in those while the answer was
   * under way, which the answer cannot know, stays.
   */
  const typed = new Map();
  const kind = field => field.type === 'checkbox' || field.type === 'radio' ? 'checked' : 'value';
  function remember(field) {
    if (!field.id) { return; }
    typed.delete(field.id);
    typed.set(field.id, field[kind(field)]);
  }
  document.addEventListener('input', event => { remember(event.target); }, true);
  if (window.PrimeFaces) {
    $(document).on('pfAjaxSend', () => typed.clear());
    $(document).on('pfAjaxUpdated', (event, request, settings) => {
      const source = byId(settings.source && settings.source.id || settings.source);
      if (!source || !source.form) { return; }
      typed.forEach((value, id) => {
        const field = byId(id);
        if (field && field.form === source.form && field[kind(field)] !== value) { field[kind(field)] = value; }
      });
    });
  }

  /** A toolbar is one tab stop; the arrow keys move between its buttons. */
  document.querySelectorAll('[role="toolbar"]').forEach(bar => {
    const tools = [...bar.querySelectorAll('button')];
    tools.forEach((tool, i) => { tool.tabIndex = i ? -1 : 0; });
    bar.addEventListener('keydown', event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = tools.indexOf(document.activeElement);
      if (!step || at < 0) { return; }
      event.preventDefault();
      const next = tools[(at + step + tools.length) % tools.length];
      tools.forEach(tool => { tool.tabIndex = tool === next ? 0 : -1; });
      next.focus();
    });
  });

  describeFields(document);
  const firstError = document.querySelector('.ek-field [aria-invalid="true"]');
  // A line that was just added, or what the page asks about, unless something is wrong.
  const wanted = firstError || document.querySelector('[data-focus="true"]');
  if (wanted) { wanted.focus(); }
  // On wide screens "More" stays open where its own pages are.
  const here = document.querySelector('.ek-more [aria-current="page"]');
  if (here && matchMedia('(min-width: 1100px)').matches) { here.closest('details').open = true; }
  let pending = 0;
  new MutationObserver(() => { cancelAnimationFrame(pending); pending = requestAnimationFrame(() => describeFields(document)); })
    .observe(document.body, { childList: true, subtree: true });
})();

/* "Go to" (Ctrl+K): pages by name, days of the board, patients by three letters. */
(function () {
  'use strict';
  const opener = document.getElementById('goto');
  const dialog = document.getElementById('gotoDialog');
  if (!opener || !dialog) { return; }
  const input = document.getElementById('gotoText');
  const list = document.getElementById('gotoList');
  const state = document.getElementById('gotoState');
  const home = document.querySelector('.ek-brand').getAttribute('href');
  let options = [];
  let chosen = 0;
  let asked = 0;

  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
  const iso = date => date.getFullYear() + '-' + String(date.getMonth() + 1).padStart(2, '0') + '-' + String(date.getDate()).padStart(2, '0');

  function pages(words) {
    return [...document.querySelectorAll('.ek-nav a')]
      .map(link => ({ text: link.textContent.trim(), address: link.href }))
      .filter(page => plain(page.text).includes(words));
  }

  /** "today", "tomorrow", "yesterday", a weekday, a date: a day of the board. */
  function days(words) {
    if (!document.querySelector('.ek-nav a[href$="/board"]') || words.length < 2) { return []; }
    const names = opener.dataset.days.split(',').map(plain);
    const at = new Date();
    const relative = names.slice(0, 3).findIndex(name => name.startsWith(words));
    const weekday = names.slice(3).findIndex(name => name.startsWith(words));
    if (relative >= 0) { at.setDate(at.getDate() + [0, 1, -1][relative]); }
    else if (weekday >= 0) { at.setDate(at.getDate() + ((weekday + 1 - at.getDay() + 7) % 7 || 7)); }
    else if (/^\d{4}-\d{2}-\d{2}$/.test(words) && !isNaN(new Date(words))) { return [board(words)]; }
    else { return []; }
    return [board(iso(at))];
  }

  const board = date => ({
    text: opener.dataset.board + ': ' + new Date(date + 'T12:00').toLocaleDateString(document.documentElement.lang, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    address: home + 'board?date=' + date + site()
  });

  /** The day is of the site that is shown. */
  const site = () => {
    const shown = document.querySelector('.ek-board-where [name="site"]');
    return shown ? '&site=' + shown.value : '';
  };

  async function patients(words, turn) {
    if (opener.dataset.patients !== 'true' || words.length < 3) { return []; }
    const answer = await fetch(home + 'patient/goto', { method: 'POST', body: new URLSearchParams({ q: words }) });
    if (!answer.ok || turn !== asked || !(answer.headers.get('content-type') || '').includes('json')) { return []; }
    return (await answer.json()).map(p => ({ text: p.name, hint: p.hint, address: home + 'patient/view?id=' + p.id }));
  }

  function show(found, typed) {
    options = found;
    chosen = 0;
    list.replaceChildren(...found.map((option, i) => {
      const item = document.createElement('li');
      item.id = 'goto' + i;
      item.setAttribute('role', 'option');
      item.textContent = option.text;
      if (option.hint) {
        const hint = document.createElement('span');
        hint.className = 'ek-hint';
        hint.textContent = ' ' + option.hint;
        item.append(hint);
      }
      item.addEventListener('click', () => { location.href = option.address; });
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute('aria-expanded', String(found.length > 0));
    state.textContent = !typed ? '' : found.length ? opener.dataset.count.replace('{0}', found.length) : opener.dataset.none;
    mark();
  }

  function mark() {
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === chosen)));
    if (list.children[chosen]) {
      input.setAttribute('aria-activedescendant', list.children[chosen].id);
      list.children[chosen].scrollIntoView({ block: 'nearest' });
    } else { input.removeAttribute('aria-activedescendant'); }
  }

  let timer = 0;
  function typed() {
    const turn = ++asked;
    const words = plain(input.value);
    const near = words ? [...days(words), ...pages(words)] : [];
    show(near, words && words.length < 3);
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const people = await patients(input.value.trim(), turn);
      if (turn === asked) { show([...near, ...people], words); }
    }, 200);
  }

  function open() { input.value = ''; show([], ''); dialog.showModal(); input.focus(); }

  opener.addEventListener('click', open);
  input.addEventListener('input', typed);
  input.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (options.length) { chosen = (chosen + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length; mark(); }
    } else if (event.key === 'Enter' && options[chosen]) {
      event.preventDefault();
      location.href = options[chosen].address;
    }
  });
  dialog.addEventListener('click', event => { if (event.target === dialog) { dialog.close(); } });
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (dialog.open) { dialog.close(); } else { open(); }
    }
  });
})();

/*
  The day board: arrow keys, moving by keys, pointer or pick and drop, and re-rendering that keeps the focus.
  Times are minutes since 1970. The widget outlives a re-rendering of its table; everything under "the table" is read anew.
*/
(function () {
  'use strict';
  const STEP = 15;
  const $id = id => document.getElementById(id);

  /** Whether a message is of a date; some are of every date. */
  const isOf = (message, date) => message.dates.includes(date) || message.dates.includes('*');

  function help() { const dialog = $id('boardHelp'); if (dialog && !dialog.open) { dialog.showModal(); } }

  /** What needs no session: whether the key means any of it. */
  function pageKey(key) {
    if (key === '?') { help(); return true; }
    if (key.length !== 1 || !'[]tnfp'.includes(key.toLowerCase())) { return false; }
    const link = document.querySelector('[data-board-key="' + key.toLowerCase() + '"]');
    if (link) { link.click(); }
    return true;
  }

  PrimeFaces.widget.DayBoard = class extends PrimeFaces.widget.BaseWidget {

    init(cfg) {
      super.init(cfg);
      this.read();
      if (!this.bound) {
        this.bound = new AbortController();
        document.addEventListener('keydown', e => this.onEscape(e), { capture: true, signal: this.bound.signal });
        document.addEventListener('click', e => this.onTool(e), { signal: this.bound.signal });
        this.ticking = setInterval(() => this.showNow(), 30000);
      }
    }

    /** Nobody works that day any more. Another board may come in its place. */
    destroy() {
      super.destroy();
      this.bound.abort();
      clearInterval(this.ticking);
      clearTimeout(this.timer);
    }

    refresh(cfg) {
      const top = this.scrolled;
      const before = this.place;
      this.init(cfg);
      if (top) { this.scroll.scrollTop = top.y; this.scroll.scrollLeft = top.x; }
      if (before) {
        const cell = this.find(before);
        if (cell) { this.stop(cell); if (this.inside) { cell.focus({ preventScroll: true }); } }
      }
      if (this.move) { this.resumeMove(); }
    }

    /* --- the table --- */

    read() {
      this.root = this.jq[0];
      this.scroll = this.root.querySelector('.ek-board-scroll');
      this.sheet = this.root.querySelector('.ek-board-sheet');
      this.table = this.root.querySelector('table');
      this.rows = [...this.table.tBodies[0].rows];
      this.heads = [...this.table.tHead.rows[0].cells].slice(1);
      this.columns = this.heads.map(() => []);
      this.rows.forEach((row, r) => {
        for (const cell of row.querySelectorAll('td')) {
          cell.from = r;
          cell.to = r + cell.rowSpan;
          this.columns[+cell.dataset.c].push(cell);
        }
      });
      const last = this.rows[this.rows.length - 1];
      this.times = this.rows.map(row => +row.dataset.s);
      this.times.push(this.times[this.times.length - 1] + (last.classList.contains('m5') ? 5 : last.classList.contains('m10') ? 10 : 15));
      this.clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: this.cfg.zone });
      this.current = this.table.querySelector('td[tabindex="0"]');
      this.row = this.current ? this.current.from : 0;
      this.table.addEventListener('keydown', e => this.onKey(e));
      this.table.addEventListener('click', e => this.onClick(e));
      this.table.addEventListener('pointerdown', e => this.onPointer(e));
      this.table.addEventListener('focusin', e => this.onFocus(e));
      this.scroll.addEventListener('scroll', () => { this.scrolled = { x: this.scroll.scrollLeft, y: this.scroll.scrollTop }; }, { passive: true });
      this.picker();
      this.showNow(!this.scrolled);
      this.tools();
    }

    /** On narrow screens one column at a time. */
    picker() {
      const select = this.root.querySelector('.ek-board-picker select');
      const show = index => {
        this.shown = index;
        select.value = String(index);
        this.therapistShown = this.heads[index].dataset.id;
        this.heads.forEach((head, c) => head.classList.toggle('on', c === index));
        this.columns.forEach((cells, c) => cells.forEach(cell => cell.classList.toggle('on', c === index)));
        if (this.current && !this.current.offsetParent) { this.stop(this.columns[index][0]); }
      };
      this.show = show;
      select.addEventListener('change', () => show(+select.value));
      if (this.heads.length) { show(Math.max(0, this.heads.findIndex(h => h.dataset.id === this.therapistShown))); }
    }

    showNow(scrollTo) {
      const line = this.root.querySelector('.ek-board-now');
      const now = Date.now() / 60000;
      const shown = now >= this.times[0] && now <= this.times[this.times.length - 1];
      line.hidden = !shown;
      if (!shown) { return; }
      const top = this.top(now);
      line.style.top = top + 'px';
      if (scrollTo && top > this.scroll.clientHeight / 2) { this.scroll.scrollTop = top - this.scroll.clientHeight / 3; }
    }

    /** Where a time lies on the sheet, in pixels. */
    top(minutes) {
      let r = this.rows.length - 1;
      while (r > 0 && this.times[r] > minutes) { r--; }
      const row = this.rows[r];
      const share = (minutes - this.times[r]) / (this.times[r + 1] - this.times[r]);
      return row.offsetTop + row.offsetHeight * Math.min(1, Math.max(0, share));
    }

    timeAt(y) {
      let r = this.rows.length - 1;
      while (r > 0 && this.rows[r].offsetTop > y) { r--; }
      const row = this.rows[r];
      const share = (y - row.offsetTop) / row.offsetHeight;
      return this.times[r] + (this.times[r + 1] - this.times[r]) * share;
    }

    columnAt(x) {
      const c = this.heads.findIndex(h => h.offsetParent && x < h.offsetLeft + h.offsetWidth);
      return c < 0 ? this.heads.length - 1 : c;
    }

    cellAt(c, minutes) {
      const cells = this.columns[c];
      return cells.find(cell => minutes >= this.times[cell.from] && minutes < this.times[cell.to]);
    }

    /** The cell of a session; a group stands in several columns, of which this one is preferred. */
    cellOf(id, c) {
      const cells = [...this.table.querySelectorAll('td[data-id="' + id + '"]')];
      return cells.find(cell => +cell.dataset.c === c) || cells[0];
    }

    find(place) {
      const c = Math.max(0, this.heads.findIndex(h => h.dataset.id === place.therapist));
      const byId = place.session && this.cellOf(place.session, c);
      if (byId) { return byId; }
      return this.cellAt(c, place.start) || (this.columns[c] || [])[0];
    }

    say(text) { const live = $id('boardLive'); if (live) { live.textContent = ''; requestAnimationFrame(() => { live.textContent = text; }); } }

    text(key, ...values) {
      return values.reduce((t, v, i) => t.replace('{' + i + '}', v), this.root.dataset['say' + key[0].toUpperCase() + key.slice(1)]);
    }

    time(minutes) { return this.clock.format(new Date(minutes * 60000)); }

    /* --- focus --- */

    stop(cell) {
      if (this.current) { this.current.removeAttribute('tabindex'); }
      this.current = cell;
      cell.tabIndex = 0;
    }

    go(cell, row) {
      if (!cell) { return; }
      this.unfold(+cell.dataset.c);
      this.stop(cell);
      this.row = row === undefined ? cell.from : row;
      cell.focus({ preventScroll: true });
      this.reveal(cell);
    }

    /** Where one column is shown at a time: shows this one. */
    unfold(c) { if (!this.heads[c].offsetParent) { this.show(c); } }

    /** Scrolls so that neither the head nor the times cover the cell. */
    reveal(cell) {
      const box = cell.getBoundingClientRect();
      const view = this.scroll.getBoundingClientRect();
      const head = this.heads[0].offsetHeight;
      const side = this.rows[0].cells[0].offsetWidth;
      if (box.top < view.top + head) { this.scroll.scrollTop -= view.top + head - box.top; }
      else if (box.bottom > view.bottom) { this.scroll.scrollTop += Math.min(box.bottom - view.bottom + 8, box.top - view.top - head); }
      if (box.left < view.left + side) { this.scroll.scrollLeft -= view.left + side - box.left; }
      else if (box.right > view.right) { this.scroll.scrollLeft += box.right - view.right + 8; }
      const page = cell.getBoundingClientRect();
      if (page.top < 120 || page.bottom > innerHeight - 40) { cell.scrollIntoView({ block: 'center', inline: 'nearest' }); }
    }

    onFocus(e) {
      const cell = e.target.closest('td');
      if (!cell) { return; }
      if (cell !== this.current) { this.stop(cell); this.row = cell.from; }
      this.place = { session: cell.dataset.id, therapist: this.heads[+cell.dataset.c].dataset.id, start: +cell.dataset.s };
      this.tools();
    }

    /* --- keys --- */

    onKey(e) {
      const cell = e.target.closest('td');
      // Where [ and ] are typed with AltGr, the browser tells of Alt and Ctrl.
      const altGr = e.getModifierState('AltGraph');
      if (!cell || e.metaKey || (e.altKey && !altGr)) { return; }
      if (this.move) { this.moveKey(e); return; }
      const c = +cell.dataset.c;
      const cells = this.columns[c];
      const i = cells.indexOf(cell);
      const beside = (col, row) => this.columns[col] && this.columns[col].find(x => x.from <= row && row < x.to);
      const byHour = hours => {
        const wanted = this.times[this.row] + hours * 60;
        const end = this.times[this.times.length - 1] - 1;
        return this.cellAt(c, Math.max(this.times[0], Math.min(end, wanted)));
      };
      switch (e.key) {
        case 'ArrowDown': this.go(cells[i + 1]); break;
        case 'ArrowUp': this.go(cells[i - 1]); break;
        case 'ArrowRight': this.go(beside(c + 1, this.row), this.row); break;
        case 'ArrowLeft': this.go(beside(c - 1, this.row), this.row); break;
        case 'Home': e.ctrlKey ? this.go(this.columns[0][0]) : this.go(beside(0, this.row), this.row); break;
        case 'End': e.ctrlKey ? this.go(this.columns.at(-1).at(-1)) : this.go(beside(this.columns.length - 1, this.row), this.row); break;
        case 'PageDown': this.go(byHour(1)); break;
        case 'PageUp': this.go(byHour(-1)); break;
        case 'Enter': case ' ': if (e.ctrlKey) { return; } this.act(cell); break;
        default:
          if ((e.ctrlKey && !altGr) || !this.cfg.keys || !this.letter(e.key, cell)) { return; }
      }
      e.preventDefault();
    }

    letter(key, cell) {
      switch (key.length === 1 ? key.toLowerCase() : '') {
        case 'm': this.startMove(cell, false); break;
        case 'c': this.onSession('checkin', cell); break;
        case 'a': if (!this.tool('attendance')) { return false; } this.onSession('attendance', cell); break;
        case 'x': this.onSession('cancel', cell); break;
        case 'u': this.undo(); break;
        case 'g': this.onSession('roster', cell); break;
        case 'w': this.waitlist(cell); break;
        default: return pageKey(key);
      }
      return true;
    }

    /** "?" works on the whole page where single keys do, but not where letters are typed; Escape ends a move wherever the focus is. */
    onEscape(e) {
      if (e.key === 'Escape' && (this.move || this.drag)) { e.preventDefault(); e.stopPropagation(); this.abort(); return; }
      if (e.key === '?' && this.cfg.keys && !Evenkeel.typing(e) && !this.table.contains(e.target)) { e.preventDefault(); help(); }
    }

    /* --- what can be done --- */

    onClick(e) {
      const cell = e.target.closest('td');
      if (!cell || this.dragged) { this.dragged = false; return; }
      if (this.move) {
        this.move.c = this.move.lead ? this.move.fromC : +cell.dataset.c;
        this.move.start = +cell.dataset.s;
        this.drop();
        return;
      }
      this.go(cell);
      this.act(cell);
    }

    act(cell) {
      if (cell.dataset.id) { this.onSession('open', cell); }
      else if (cell.matches('.f, .o') && !cell.classList.contains('p')) {
        this.fire('book', { therapist: this.heads[+cell.dataset.c].dataset.id, start: cell.dataset.s });
      }
    }

    onSession(event, cell) {
      if (!cell || !cell.dataset.id) { this.say(this.text('noSession')); return; }
      this.fire(event, { session: cell.dataset.id, version: cell.dataset.v });
    }

    /** The last change; one that has a button beside it only as long as there is none after it. */
    undo(change) { this.fire('undo', {}, false, change ? [{ name: 'undo.change', value: change }] : []); }

    /** Who waits for the group of a session, or could take its time, or a free one. */
    waitlist(cell) {
      const link = document.querySelector('#boardTools [data-board-do="waitlist"]');
      if (!link) { return; }
      const values = cell.dataset.id ? { session: cell.dataset.id }
        : cell.matches('.f, .o') ? { therapist: this.heads[+cell.dataset.c].dataset.id, site: this.cfg.site, at: cell.dataset.s } : {};
      const team = new URLSearchParams(location.search).get('team');
      if (team) { values.team = team; }
      location.href = link.href + '?' + new URLSearchParams(values);
    }

    /** Sends an event; what comes back tells what to say. The focus, if it is in the table, goes on in the new one. */
    fire(event, values, background, more) {
      const params = Object.entries(values).map(([name, value]) => ({ name: 'board.' + name, value: value })).concat(more || []);
      if (background) { params.push({ name: 'evenkeel.background', value: true }); }
      if (['checkin', 'attendance', 'move'].includes(event)) { this.own = +values.session; }
      this.callBehavior(event, {
        params: params,
        onsuccess: () => { this.inside = this.table.contains(document.activeElement); },
        oncomplete: (xhr, status, args) => this.answered(event, values, args || {}),
        onerror: () => { this.unmark(); this.own = 0; }
      });
    }

    answered(event, values, args) {
      this.unmark();
      if (args.refusal || args.rules) { this.own = 0; } else { setTimeout(() => { this.own = 0; }, 2000); }
      if (args.say) { Evenkeel.toast(args.say, { seconds: args.seconds, undo: args.undo ? () => this.undo(args.undo) : null }); }
      if (args.refusal) { Evenkeel.alert(args.refusal); }
      if (args.rules) { this.ask(event, values, args); }
    }

    /** A rule that a reason gets past: asks for it, and tries again. */
    ask(event, values, args) {
      const dialog = $id('boardReason');
      dialog.querySelector('.why').textContent = args.why;
      const input = dialog.querySelector('textarea');
      input.value = '';
      dialog.returnValue = '';
      // A reason of blanks is none: the field is required.
      input.onchange = () => { input.value = input.value.trim(); };
      dialog.onclose = () => {
        const reason = input.value.trim();
        if (dialog.returnValue === 'go' && reason) {
          this.fire(event, Object.assign({}, values, { rules: args.rules, reason: reason }));
        } else { this.say(this.text('aborted')); }
        if (this.current) { this.current.focus(); }
      };
      dialog.showModal();
      input.focus();
    }

    /* --- the toolbar does by click what the keys do --- */

    tools() {
      const bar = $id('boardTools');
      if (!bar) { return; }
      const session = this.current && this.current.dataset.id;
      bar.querySelectorAll('[data-do]').forEach(b => b.setAttribute('aria-disabled', session && this.may(b.dataset.do) ? 'false' : 'true'));
    }

    tool(what) { return document.querySelector('#boardTools [data-do="' + what + '"]'); }

    /** Who only facilitates a group neither moves nor cancels it. */
    may(what) { return !this.cfg.own || !this.current.dataset.lead || !['move', 'cancel'].includes(what); }

    onTool(e) {
      const tool = e.target.closest && e.target.closest('#boardTools [data-do], [data-board-do]');
      if (!tool) { return; }
      const what = tool.dataset.do || tool.dataset.boardDo;
      if (what === 'waitlist') { if (this.current && this.place) { e.preventDefault(); this.waitlist(this.current); } }
      else if (what === 'move') { this.startMove(this.current, true); }
      else { this.onSession(what, this.current); }
    }

    /* --- moving --- */

    /** From outside, such as the booking panel: "Move" there, then a click on the target here. */
    moveSession(id) { const cell = this.table.querySelector('td[data-id="' + id + '"]'); if (cell) { this.go(cell); this.startMove(cell, true); } }

    startMove(cell, pick) {
      if (!cell || !cell.dataset.id) { this.say(this.text('noSession')); return; }
      this.move = this.moveOf(cell);
      this.root.classList.add('moving');
      this.showGhost();
      const name = this.name(cell);
      if (pick) { Evenkeel.toast(this.text('pick', name), { seconds: 12 }); cell.focus(); } else { this.say(this.text('moving', name)); }
    }

    /** A group that is taken from the column of someone who only facilitates it moves in time alone: its lead stays. */
    moveOf(cell) {
      const start = +(cell.dataset.from || cell.dataset.s);
      return { session: cell.dataset.id, version: cell.dataset.v, minutes: +cell.dataset.m, c: +cell.dataset.c, start: start,
        fromC: +cell.dataset.c, fromStart: start, lead: cell.dataset.lead };
    }

    name(cell) { const b = cell.querySelector('b'); return b ? b.textContent : ''; }

    /** The table was rendered anew while a move was under way: it goes on if the session is still there. */
    resumeMove() {
      const cell = this.cellOf(this.move.session, this.move.fromC);
      if (!cell) { this.abort(); return; }
      this.move.version = cell.dataset.v;
      this.root.classList.add('moving');
      this.showGhost();
    }

    moveKey(e) {
      const m = this.move;
      const end = this.times[this.times.length - 1];
      switch (e.key) {
        case 'ArrowDown': m.start = Math.min(end - 5, this.snap(m.start + STEP)); break;
        case 'ArrowUp': m.start = Math.min(m.start, Math.max(this.times[0], this.snap(m.start - 1))); break;
        case 'ArrowRight': m.c = m.lead ? m.c : Math.min(this.heads.length - 1, m.c + 1); break;
        case 'ArrowLeft': m.c = m.lead ? m.c : Math.max(0, m.c - 1); break;
        case 'PageDown': m.start = Math.min(end - 5, m.start + 60); break;
        case 'PageUp': m.start = Math.min(m.start, Math.max(this.times[0], m.start - 60)); break;
        case 'Enter': e.preventDefault(); this.drop(); return;
        case 'Tab': this.abort(); return;
        default: e.preventDefault(); return;
      }
      e.preventDefault();
      if (!this.heads[m.c].offsetParent) { this.go(this.cellAt(m.c, m.start) || this.columns[m.c][0]); }
      this.showGhost();
      const free = this.isFree(m) ? '' : ', ' + this.text('taken');
      this.say(this.text('target', this.heads[m.c].textContent, this.time(m.start), this.time(m.start + m.minutes)) + free);
    }

    /** The quarter hour at or before. */
    snap(minutes) { return minutes - (((minutes - this.times[0]) % STEP) + STEP) % STEP; }

    isFree(m) {
      return this.columns[m.c].every(cell => cell.matches('.f, .o') || cell.dataset.id === m.session
        || this.times[cell.to] <= m.start || this.times[cell.from] >= m.start + m.minutes);
    }

    showGhost() {
      const m = this.move || this.drag;
      if (!this.ghost) { this.ghost = document.createElement('div'); this.ghost.className = 'ek-board-ghost'; }
      if (this.ghost.parentNode !== this.sheet) { this.sheet.append(this.ghost); }
      const head = this.heads[m.c];
      const top = this.top(m.start);
      const end = Math.min(m.start + m.minutes, this.times[this.times.length - 1]);
      this.ghost.style.cssText = 'left:' + head.offsetLeft + 'px;width:' + head.offsetWidth + 'px;top:' + top + 'px;height:' + (this.top(end) - top) + 'px';
      this.ghost.textContent = this.time(m.start) + '\u2013' + this.time(m.start + m.minutes);
      this.ghost.classList.toggle('taken', !this.isFree(m));
      if (this.move) {
        const at = this.ghost.getBoundingClientRect();
        const view = this.scroll.getBoundingClientRect();
        if (at.bottom > view.bottom) { this.scroll.scrollTop += at.bottom - view.bottom + 12; }
        if (at.top < view.top + 40) { this.scroll.scrollTop -= view.top + 40 - at.top; }
        if (at.right > view.right) { this.scroll.scrollLeft += at.right - view.right + 12; }
        if (at.left < view.left + 64) { this.scroll.scrollLeft -= view.left + 64 - at.left; }
      }
    }

    drop() {
      const m = this.move || this.drag;
      this.move = this.drag = null;
      this.root.classList.remove('moving');
      if (m.c === m.fromC && m.start === m.fromStart) { this.unmark(); this.say(this.text('aborted')); return; }
      this.ghost.classList.add('pending');
      this.say(this.text('dropped', this.text('target', this.heads[m.c].textContent, this.time(m.start), this.time(m.start + m.minutes))));
      this.fire('move', { session: m.session, version: m.version, therapist: m.lead || this.heads[m.c].dataset.id, start: m.start });
      this.later();
    }

    abort() {
      this.move = this.drag = null;
      this.root.classList.remove('moving');
      this.unmark();
      this.say(this.text('aborted'));
      this.later();
    }

    unmark() { if (!this.move && !this.drag && this.ghost) { this.ghost.remove(); this.ghost = null; } }

    /* --- dragging with a mouse or a pen; on touch screens a drag scrolls, and "Move" moves --- */

    onPointer(e) {
      const cell = e.target.closest('td.s');
      if (!cell || e.button !== 0 || e.pointerType === 'touch' || this.move) { return; }
      const from = { x: e.clientX, y: e.clientY };
      const box = this.sheet.getBoundingClientRect();
      const grab = from.y - box.top - this.top(+cell.dataset.s);
      const onMove = ev => {
        if (!this.drag) {
          if (Math.hypot(ev.clientX - from.x, ev.clientY - from.y) < 6) { return; }
          this.drag = this.moveOf(cell);
          this.root.classList.add('moving');
        }
        const view = this.scroll.getBoundingClientRect();
        if (ev.clientY > view.bottom - 32) { this.scroll.scrollTop += 12; }
        if (ev.clientY < view.top + 64) { this.scroll.scrollTop -= 12; }
        if (ev.clientX > view.right - 32) { this.scroll.scrollLeft += 12; }
        if (ev.clientX < view.left + 96) { this.scroll.scrollLeft -= 12; }
        const sheet = this.sheet.getBoundingClientRect();
        this.drag.c = this.drag.lead ? this.drag.fromC : this.columnAt(ev.clientX - sheet.left);
        const wanted = this.timeAt(ev.clientY - sheet.top - grab);
        const start = Math.max(this.times[0], Math.min(this.times[this.times.length - 1] - 5, this.snap(wanted + STEP / 2)));
        this.drag.start = start === +cell.dataset.s ? this.drag.fromStart : start;
        this.showGhost();
        ev.preventDefault();
      };
      const done = ev => {
        removeEventListener('pointermove', onMove);
        removeEventListener('pointerup', done);
        removeEventListener('pointercancel', done);
        if (!this.drag) { return; }
        this.dragged = true;
        setTimeout(() => { this.dragged = false; });
        if (ev.type === 'pointerup') { this.drop(); } else { this.abort(); }
      };
      addEventListener('pointermove', onMove);
      addEventListener('pointerup', done);
      addEventListener('pointercancel', done);
    }

    /* --- changes of other desks --- */

    /** A change somewhere: shows it, once for many, and not in the middle of a drag. What was changed here comes with the answer. */
    changed(message) {
      if (!isOf(message, this.cfg.date)) { return; }
      if (this.own && this.own === message.session) { this.own = 0; return; }
      this.stale = true;
      this.later();
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        if (!this.stale || this.drag || this.move) { return; }
        if (!PrimeFaces.ajax.Queue.isEmpty()) { this.later(); return; }
        this.stale = false;
        this.fire('refresh', {}, true);
      }, 100);
    }
  };

  /** The connection may be up before the deferred scripts have run. */
  function link(live) {
    if (window.Evenkeel) { Evenkeel.link(live); } else { document.addEventListener('DOMContentLoaded', () => Evenkeel.link(live)); }
  }

  /** How often the connection was tried in vain, and the next time. */
  let tries = 0;
  let retry = 0;

  /** A day on which nobody works, or one of which the reader sees counts alone, has no board to read it anew. */
  let again = 0;
  function boardlessAgain() {
    clearTimeout(again);
    again = setTimeout(() => window.boardAgain([{ name: 'evenkeel.background', value: true }]), 100);
  }

  function readAgain() { const board = PrimeFaces.widgets.board; if (board) { board.stale = true; board.later(); } }

  /** For f:websocket, which does not try again by itself. While it is down the board is read at the same intervals: pages may still come. */
  window.EvenkeelBoard = {
    changed: message => {
      const board = PrimeFaces.widgets.board;
      if (board) { board.changed(message); }
      else if (isOf(message, $id('day').dataset.date)) { boardlessAgain(); }
    },
    live: () => {
      link(true);
      clearTimeout(retry);
      retry = 0;
      if (!tries) { return; }
      tries = 0;
      readAgain();
      const board = PrimeFaces.widgets.board;
      if (board) { board.say(board.text('refreshed')); }
    },
    lost: () => {
      link(false);
      if (retry) { return; }
      const seconds = Math.min(30, 2 ** tries++) * (0.75 + Math.random() / 2);
      retry = setTimeout(() => {
        retry = 0;
        faces.push.open('boardPush');
        if (tries > 1) { readAgain(); }
      }, seconds * 1000);
    }
  };

  /** Where nobody works there is no board that could have the focus: the whole page answers, except where letters are typed. */
  document.addEventListener('keydown', e => {
    const boardless = !PrimeFaces.widgets.board && $id('day').dataset.keys === 'true';
    const plain = e.getModifierState('AltGraph') || !(e.ctrlKey || e.altKey || e.metaKey);
    if (boardless && plain && !Evenkeel.typing(e) && pageKey(e.key)) { e.preventDefault(); }
  });
  document.addEventListener('click', e => {
    if (e.target.closest && e.target.closest('[data-board-do="help"]')) { help(); }
  });
  document.addEventListener('change', e => {
    if (e.target.matches('.ek-board-where input, .ek-board-where select')) { e.target.form.requestSubmit(); }
  });
  document.addEventListener('click', e => {
    const close = e.target.closest && e.target.closest('dialog [data-close]');
    if (close) { close.closest('dialog').close(close.dataset.close); }
  });
})();

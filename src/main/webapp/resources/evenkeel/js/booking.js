/*
  The booking panel: opens, closes, puts the focus where the server says, tells what was done, counts down what is held, and leaves with
  the server what is typed, so that it outlasts the end of the session.
*/
(function () {
  'use strict';
  const byId = id => document.getElementById(id);
  let from = null;
  let ends = 0;
  let said = null;
  let resting = 0;

  function panel() { return PrimeFaces.widgets.bookingPanel; }

  /** While the panel slides in nothing in it can have the focus yet; once it slides out, whoever has closed it has the focus elsewhere. */
  function focus(target, typing, tries) {
    if (!panel().isVisible()) { return; }
    target.focus();
    if (document.activeElement !== target) {
      if (tries > 0) { setTimeout(() => focus(target, typing, tries - 1), 40); }
      return;
    }
    if (!typing && target.select && target.type !== 'date' && target.type !== 'time') { target.select(); }
    target.scrollIntoView({ block: 'nearest' });
  }

  /** Where someone goes on typing, or the first field with an error, or what the server names. */
  function place(id) {
    requestAnimationFrame(() => {
      const typing = Evenkeel.typedMeanwhile(byId('bookingForm'));
      const wrong = [...document.querySelectorAll('#bookingForm .ek-error')].find(e => e.textContent.trim());
      const named = wrong ? wrong.closest('.ek-field').querySelector('input:not([type=hidden]), select') : byId(id);
      const target = typing || named;
      if (target) { focus(target, target === typing, 25); }
    });
  }

  function countDown() {
    const held = document.querySelector('.ek-booking-held');
    if (!held) { ends = 0; return; }
    ends = ends || Date.now() + held.dataset.seconds * 1000;
    const left = Math.ceil((ends - Date.now()) / 1000);
    if (left > 0) {
      held.querySelector('b').textContent = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
    } else if (!held.classList.contains('over')) {
      held.classList.add('over');
      held.textContent = held.dataset.over;
    }
  }

  /** The focus goes back to where the panel was opened from; a board that was rendered anew meanwhile knows the place. */
  function back() {
    const board = PrimeFaces.widgets.board;
    const target = from && from.isConnected && from !== document.body ? from : board && board.current;
    if (target) { target.focus({ preventScroll: true }); }
  }

  window.EvenkeelBooking = {
    open: id => {
      ends = 0;
      if (!panel().isVisible()) {
        from = document.activeElement;
        panel().show();
        // A click beside the panel must not throw away what was typed.
        if (panel().modalOverlay) { panel().modalOverlay.off('click.sidebar'); }
      }
      countDown();
      place(id);
    },
    close: () => panel().hide(),
    hidden: () => {
      if (window.bookingClosed && byId('bookingTitle')) { window.bookingClosed(); }
      back();
      document.dispatchEvent(new CustomEvent('evenkeel:panel-closed'));
      from = null;
    },
    /** What the server has said: see PanelReply. */
    answered: args => {
      if (!args) { return; }
      if (args.close) { panel().hide(); }
      if (args.changed && said) { said(); }
      if (args.say) { said = Evenkeel.toast(args.say, { seconds: args.seconds, undo: args.undo ? () => window.bookingUndo([{ name: 'undo.change', value: args.undo }]) : null, link: args.link, linkText: args.linkText }); }
      if (args.refusal) { Evenkeel.alert(args.refusal); }
      if (args.changed) { document.dispatchEvent(new CustomEvent('evenkeel:changed')); }
      if (!args.close) { place(args.focus); }
    }
  };

  document.addEventListener('keydown', event => {
    const widget = window.PrimeFaces && panel();
    if (event.key !== 'Escape' || !widget || !widget.isVisible() || event.defaultPrevented) { return; }
    const list = document.querySelector('#bookingForm .ui-autocomplete-panel');
    if (list && list.offsetParent) { return; }
    event.preventDefault();
    widget.hide();
  });
  document.addEventListener('click', event => {
    if (event.target.closest && event.target.closest('[data-booking-close]')) { panel().hide(); }
  });
  document.addEventListener('evenkeel:changed', () => {
    const board = PrimeFaces.widgets.board;
    if (board) { board.fire('refresh', {}); }
    if (window.historyAgain) { window.historyAgain(); }
  });
  /** What was typed goes to the server once the typing rests, and what was chosen: nothing of it is stored in the browser. */
  function keep(source) {
    if (!source || !source.closest || !source.closest('#bookingForm')) { return; }
    clearTimeout(resting);
    resting = setTimeout(() => { if (panel().isVisible()) { window.bookingDraft(); } }, 700);
  }
  document.addEventListener('input', event => keep(event.target));
  $(document).on('pfAjaxComplete', (event, request, settings) => keep(byId(settings.source && settings.source.id || settings.source)));

  /** Not before PrimeFaces has put its nonce into the form: a request without it is refused. */
  function resume() {
    if (byId('bookingForm').elements.namedItem('primefaces.nonce')) { window.bookingResume(); } else { setTimeout(resume, 30); }
  }

  addEventListener('load', () => { if (byId('bookingDraftWaiting')) { resume(); } });
  setInterval(countDown, 1000);
})();

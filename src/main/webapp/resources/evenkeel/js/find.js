/* Find a time: the address follows the wishes, digits book, what was booked elsewhere leaves the list. */
(function () {
  'use strict';
  window.EvenkeelFind = {
    found: args => { if (args && args.address) { history.replaceState(history.state, '', args.address); } }
  };
  document.addEventListener('keydown', event => {
    const form = document.getElementById('findForm');
    if (!form || form.dataset.keys !== 'true' || !/^[1-9]$/.test(event.key)) { return; }
    if (event.ctrlKey || event.altKey || event.metaKey || Evenkeel.typing(event) || PrimeFaces.widgets.bookingPanel.isVisible()) { return; }
    const time = form.querySelector('[data-digit="' + event.key + '"]');
    if (time) { event.preventDefault(); time.focus(); time.click(); }
  });
  document.addEventListener('evenkeel:changed', () => { if (window.findAgain) { window.findAgain(); } });
  document.addEventListener('change', event => {
    // A patient who is deleted from the field is no wish any more.
    if (event.target.id === 'findPatient_input' && !event.target.value) { window.findAgain(); }
  });
})();

/* The day sheet prints by its button, and at once where the board sent it here to be printed. */
(function () {
  'use strict';
  document.addEventListener('click', event => {
    if (event.target.closest && event.target.closest('[data-print]')) { window.print(); }
  });
  if (location.hash === '#print') {
    history.replaceState(null, '', location.pathname + location.search);
    window.print();
  }
})();

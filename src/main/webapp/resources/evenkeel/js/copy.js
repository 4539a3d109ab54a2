/* Buttons that copy what an input holds; hidden where the browser cannot. */
(function () {
  'use strict';
  if (!navigator.clipboard) { return; }
  document.querySelectorAll('[data-copies]').forEach(button => {
    const input = document.getElementById(button.dataset.copies);
    button.hidden = false;
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(input.value).then(
        () => window.Evenkeel.toast(button.dataset.copied, {}),
        () => { input.focus(); input.select(); });
    });
  });
})();

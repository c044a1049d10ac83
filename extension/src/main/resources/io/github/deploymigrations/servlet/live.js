// Makes the status page quicker and adds the reader's time zone. Everything works without it.
'use strict';
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const day = new Intl.DateTimeFormat('en-CA', {year: 'numeric', month: '2-digit', day: '2-digit'});
  const clock = new Intl.DateTimeFormat(undefined, {
    hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short',
  });

  // Adds the time as the reader's clock has it.
  function localize(root) {
    if (zone === 'UTC') return;
    for (const time of root.querySelectorAll('time[datetime]')) {
      const instant = new Date(time.dateTime);
      if (isNaN(instant)) continue;
      const date = day.format(instant);
      const local = document.createElement('span');
      local.className = 'note local';
      local.textContent = (time.dateTime.startsWith(date) ? '' : date + ' ') + clock.format(instant);
      time.after(' ', local);
    }
  }

  // Makes a node like another one and leaves alone what is like it already: focus, scrolling and what was opened stay.
  function become(now, next) {
    if (now.nodeType !== next.nodeType || now.nodeName !== next.nodeName || (now.id || '') !== (next.id || '')) {
      now.replaceWith(document.importNode(next, true));
      return;
    }
    if (now.nodeType !== Node.ELEMENT_NODE) {
      if (now.data !== next.data) now.data = next.data;
      return;
    }
    for (const {name} of [...now.attributes]) {
      if (!next.hasAttribute(name) && !(name === 'open' && now.nodeName === 'DETAILS')) now.removeAttribute(name);
    }
    for (const {name, value} of next.attributes) {
      if (now.getAttribute(name) !== value) now.setAttribute(name, value);
    }
    const old = [...now.childNodes], wanted = [...next.childNodes];
    wanted.forEach((child, i) => {
      if (i < old.length) become(old[i], child);
      else now.append(document.importNode(child, true));
    });
    old.slice(wanted.length).forEach(child => child.remove());
  }

  // What a proxy says of a server that is away for a moment: what is shown stays.
  const AWAY = [502, 503, 504];

  let asked = 0;
  let timer;

  // Brings the page to what an address answers now. The last one that was asked for counts.
  async function load(address) {
    const mine = ++asked;
    clearTimeout(timer);
    try {
      const answer = await fetch(address, {headers: {Accept: 'text/html'}, credentials: 'same-origin', cache: 'no-store'});
      if (mine !== asked) return;
      if (AWAY.includes(answer.status)) {
        again();
        return;
      }
      if (answer.redirected || !answer.ok) {
        location.assign(address);   // a login, or a refusal: the reader is to see it
        return;
      }
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (mine !== asked) return;
      localize(next);
      document.title = next.title;
      const focused = document.activeElement;
      become(document.querySelector('main'), next.querySelector('main'));
      become(document.querySelector('footer'), next.querySelector('footer'));
      if (!focused.isConnected && focused.id) keep(focused);
    } catch (unreachable) {
      // the same without a proxy; the page says when it was read
    }
    if (mine === asked) again();
  }

  // What was typed goes on in the field that has taken the place of this one.
  function keep(field) {
    const other = document.getElementById(field.id);
    if (!other) return;
    other.focus({preventScroll: true});
    if ('value' in other) other.value = field.value;
  }

  // While a run goes on.
  function again() {
    const pause = Number(document.querySelector('main').dataset.refresh);
    if (pause > 0) timer = setTimeout(() => load(location.href), pause);
  }

  function find(form) {
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) {
      if (value !== '') address.searchParams.set(name, value);
    }
    history.replaceState(null, '', address);
    load(address);
  }

  let typing;
  document.addEventListener('input', event => {
    const form = event.target.closest('form[role=search]');
    if (!form) return;
    clearTimeout(typing);
    typing = setTimeout(() => find(form), 200);
  });
  document.addEventListener('submit', event => {
    if (!event.target.matches('form[role=search]')) return;
    event.preventDefault();
    clearTimeout(typing);
    find(event.target);
  });

  localize(document);
  again();
})();
